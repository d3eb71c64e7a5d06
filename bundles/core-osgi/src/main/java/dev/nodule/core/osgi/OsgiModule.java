package dev.nodule.core.osgi;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The {@code osgi} module: it has no id of its own, the loader asks it for services. */
public final class OsgiModule extends ScriptModule {
  private @Nullable BundleContext bundles;

  @Override
  public void start(BundleContext context) {
    bundles = context;
    super.start(context);
  }

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new ServiceBinding(context, Objects.requireNonNull(bundles)).bind(binding);
  }
}
