package dev.nodule.core.process;

import dev.nodule.api.Binding;
import dev.nodule.api.NodeException;

/** What an application must not do to a process that it shares with others. */
final class SharedProcess {
  private SharedProcess() {}

  /** Puts refusals in the place of those functions. */
  static void restrict(Binding binding) {
    refuse(binding, "abort", "process.abort()");
    refuse(binding, "execve", "process.execve()");
    refuse(binding, "setId", "Changing the user or group");
    refuse(binding, "setgroups", "process.setgroups()");
    refuse(binding, "initgroups", "process.initgroups()");
    binding
        .function(
            "umask",
            1,
            arguments -> {
              if (arguments.int32(0) >= 0) {
                throw refusal("Setting process.umask()");
              }
              return ProcessModule.umask(-1);
            })
        .function("setTitle", 1, arguments -> null)
        // The container's signals are its own; it tells the application by process.emit.
        .function("watchSignal", 2, arguments -> 1)
        .function("rewatchSignal", 2, arguments -> null)
        .function("unwatchSignal", 1, arguments -> null);
  }

  private static void refuse(Binding binding, String function, String what) {
    binding.function(
        function,
        0,
        arguments -> {
          throw refusal(what);
        });
  }

  /** Node.js refuses the same to its worker threads, by this code. */
  private static NodeException refusal(String what) {
    return new NodeException(
        NodeException.Kind.TYPE_ERROR,
        "ERR_WORKER_UNSUPPORTED_OPERATION",
        what + " is not supported in a container");
  }
}
