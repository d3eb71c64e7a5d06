package dev.nodule.container;

import dev.nodule.runtime.LauncherInfo;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** {@code process.versions} with the framework at hand. */
final class FrameworkVersions {
  private FrameworkVersions() {}

  static Map<String, String> of(BundleContext context) {
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
    return LauncherInfo.versions(
        String.valueOf(framework.getSymbolicName()), framework.getVersion().toString());
  }
}
