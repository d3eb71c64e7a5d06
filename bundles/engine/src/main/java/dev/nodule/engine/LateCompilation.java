package dev.nodule.engine;

import com.oracle.truffle.api.TruffleRuntime;
import com.oracle.truffle.api.TruffleRuntimeAccess;
import com.oracle.truffle.api.impl.DefaultTruffleRuntime;
import com.oracle.truffle.compiler.TruffleCompilationSupport;
import com.oracle.truffle.compiler.TruffleCompiler;
import com.oracle.truffle.compiler.TruffleCompilerOptionDescriptor;
import com.oracle.truffle.compiler.TruffleCompilerRuntime;
import com.oracle.truffle.runtime.OptimizedTruffleRuntime;
import com.oracle.truffle.runtime.hotspot.HotSpotTruffleRuntimeAccess;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;

/**
 * The Truffle runtime with a compiler that starts when there is something worth compiling. Truffle
 * starts it at the first function that exists; its own start costs more CPU than a short program,
 * on cores that such a program needs itself.
 *
 * <p>Found by Truffle as a service. {@code nodule.compiler.delay} is how many milliseconds of CPU
 * the JavaScript thread must have used.
 */
public final class LateCompilation implements TruffleRuntimeAccess {
  private static final int ABOVE_THE_DEFAULT = 1_000_000;
  private static final long DEFAULT_DELAY = 2000;
  private static final long POLL_MILLIS = 50;

  @Override
  public int getPriority() {
    return ABOVE_THE_DEFAULT;
  }

  @Override
  public TruffleRuntime getRuntime() {
    TruffleRuntime runtime;
    try {
      runtime = new HotSpotTruffleRuntimeAccess().getRuntime();
    } catch (Error e) {
      // InternalError: JVMCI is off or missing. NoClassDefFoundError: the module is not in this
      // Java.
      System.err.println(
          "nodule: this Java virtual machine cannot take the JIT compiler; JavaScript is interpreted and slow");
      return new DefaultTruffleRuntime();
    }
    if (runtime instanceof OptimizedTruffleRuntime optimized) {
      try {
        // A final field without a setter; whether Truffle offers a later start is asked at each
        // upgrade.
        Field support = OptimizedTruffleRuntime.class.getDeclaredField("compilationSupport");
        support.setAccessible(true);
        support.set(optimized, new Delayed((TruffleCompilationSupport) support.get(optimized)));
      } catch (ReflectiveOperationException e) {
        // Another Truffle: it compiles from the start.
        return runtime;
      }
    }
    return runtime;
  }

  private record Delayed(TruffleCompilationSupport support) implements TruffleCompilationSupport {
    @Override
    public TruffleCompiler createCompiler(TruffleCompilerRuntime runtime) {
      try {
        long delay = Long.getLong("nodule.compiler.delay", DEFAULT_DELAY);
        long waited = 0;
        while (JavaScriptThreadClock.cpuMillis(waited) < delay) {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
          waited += POLL_MILLIS;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return support.createCompiler(runtime);
    }

    @Override
    public void registerRuntime(TruffleCompilerRuntime runtime) {
      support.registerRuntime(runtime);
    }

    @Override
    public TruffleCompilerOptionDescriptor[] listCompilerOptions() {
      return support.listCompilerOptions();
    }

    @Override
    public boolean compilerOptionExists(String key) {
      return support.compilerOptionExists(key);
    }

    @Override
    public String validateCompilerOption(String key, String value) {
      return support.validateCompilerOption(key, value);
    }

    @Override
    public String getCompilerConfigurationName(TruffleCompilerRuntime runtime) {
      return support.getCompilerConfigurationName(runtime);
    }

    @Override
    public AutoCloseable openCompilerThreadScope() {
      return support.openCompilerThreadScope();
    }

    @Override
    public boolean isSuppressedCompilationFailure(Throwable failure) {
      return support.isSuppressedCompilationFailure(failure);
    }

    @Override
    public String getCompilerVersion() {
      return support.getCompilerVersion();
    }
  }
}
