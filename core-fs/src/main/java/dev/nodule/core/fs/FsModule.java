package dev.nodule.core.fs;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** The {@code fs} module: its binding is the sum of the families of calls. */
public final class FsModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding.value("aarch64", "aarch64".equals(System.getProperty("os.arch")));
    new DescriptorBinding(context).bind(binding);
    new StatBinding(context).bind(binding);
    new DirectoryBinding(context).bind(binding);
    new LinkBinding(context).bind(binding);
    new AttributeBinding(context).bind(binding);
    new WholeFileBinding(context).bind(binding);
    new RemoveBinding(context).bind(binding);
    new WatchBinding(context).bind(binding);
  }
}
