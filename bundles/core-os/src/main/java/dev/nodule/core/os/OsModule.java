package dev.nodule.core.os;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.List;

/** Node.js's {@code os}. */
public final class OsModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("uname", 0, arguments -> Kernel.uname())
        .function("hostname", 0, arguments -> Kernel.hostname())
        .function("cpus", 0, arguments -> Processors.list())
        .function("memory", 1, arguments -> Kernel.memory(arguments.string(0)))
        .function("loadavg", 0, arguments -> Kernel.loadAverage())
        .function("uptime", 0, arguments -> Kernel.uptime())
        .function(
            "availableParallelism", 0, arguments -> Runtime.getRuntime().availableProcessors())
        .function("networkInterfaces", 0, arguments -> Network.interfaces())
        .function(
            "user",
            0,
            arguments -> {
              Accounts.Account account = Accounts.ofProcess();
              return account == null
                  ? null
                  : List.of(
                      account.uid(),
                      account.gid(),
                      account.name(),
                      account.home(),
                      account.shell());
            })
        .function("getPriority", 1, arguments -> Priority.get(arguments.int32(0)))
        .function(
            "setPriority", 2, arguments -> Priority.set(arguments.int32(0), arguments.int32(1)));
  }
}
