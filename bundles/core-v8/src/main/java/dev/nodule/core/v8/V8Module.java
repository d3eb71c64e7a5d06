package dev.nodule.core.v8;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** The {@code v8} module. */
public final class V8Module extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("heap", 0, arguments -> HeapFigures.heap())
        .function("spaces", 0, arguments -> HeapFigures.spaces());
  }
}
