package dev.nodule.npm;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the installer. */
public final class Activator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    context.registerService(NpmInstaller.class, new DefaultInstaller(), null);
  }

  @Override
  public void stop(BundleContext context) {}
}
