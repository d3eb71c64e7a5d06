package dev.nodule.core.perfhooks;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** Node.js's {@code perf_hooks}. */
public final class PerfHooksModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    long[] loopStart = new long[1];
    context.loop().execute(() -> loopStart[0] = System.nanoTime());
    binding
        .function("idleMillis", 0, arguments -> context.loop().idleNanos() / 1e6)
        // How long ago the loop began to turn; negative before.
        .function(
            "loopMillis",
            0,
            arguments -> loopStart[0] == 0 ? -1.0 : (System.nanoTime() - loopStart[0]) / 1e6);
  }
}
