package dev.nodule.swap;

import dev.nodule.api.Binding;
import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module whose JavaScript is held in memory: its functions may require files of their own long
 * after the bundle was uninstalled.
 */
final class HeldModule implements CoreModule {
  private final CoreModule module;
  private final Map<String, String> sources;

  HeldModule(CoreModule module, Map<String, String> sources) {
    this.module = module;
    this.sources = sources;
  }

  @Override
  public String name() {
    return module.name();
  }

  @Override
  public String version() {
    return module.version();
  }

  @Override
  public List<String> ids() {
    return module.ids();
  }

  @Override
  public @Nullable String source(String id) {
    return sources.get(ScriptModule.path(name(), id));
  }

  @Override
  public void bind(ModuleContext context, Binding binding) {
    module.bind(context, binding);
  }
}
