package @package@;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** The Java of {@code @id@}: what its JavaScript sees as {@code binding}. */
public final class @class@ extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("greet", 1, arguments -> "Hello, " + arguments.string(0) + "!")
        // With a callback the work runs on the worker pool, without one here and now.
        .function(
            "compute",
            2,
            arguments -> {
              long number = arguments.int64(0);
              return context.blocking(arguments.callbackOrNull(1), () -> sum(number));
            });
  }

  private static long sum(long number) {
    long sum = 0;
    for (long i = 1; i <= number; i++) {
      sum += i;
    }
    return sum;
  }
}
