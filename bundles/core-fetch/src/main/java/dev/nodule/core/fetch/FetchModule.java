package dev.nodule.core.fetch;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** The {@code fetch} module: undici's files lie in the bundle and are read when they are needed. */
public final class FetchModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding.function("source", 1, arguments -> source(arguments.string(0)));
  }
}
