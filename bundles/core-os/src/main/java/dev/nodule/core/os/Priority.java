package dev.nodule.core.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** getpriority(2) and setpriority(2) for one process. */
final class Priority {
  private static final int PRIO_PROCESS = 0;
  private static final int FAILED = 1000;

  private static final int ESRCH = 3;

  private Priority() {}

  /** The nice value, or the negated errno less {@value #FAILED}. */
  static int get(int pid) {
    return invoke(
        "getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), PRIO_PROCESS, pid);
  }

  /** 0, or the negated errno less {@value #FAILED}. */
  static int set(int pid, int nice) {
    return invoke(
        "setpriority",
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
        PRIO_PROCESS,
        pid,
        nice);
  }

  private static int invoke(String name, FunctionDescriptor descriptor, Object... arguments) {
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().find(name).orElseThrow(),
            descriptor,
            Linker.Option.captureCallState("errno"));
    try (Arena arena = Arena.ofConfined()) {
      // -1 is a priority too: errno alone tells a failure.
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      Object[] all = new Object[arguments.length + 1];
      all[0] = errno;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      int result = (int) handle.invokeWithArguments(all);
      int failure = errno.get(JAVA_INT, 0);
      // The C library leaves errno as it was on success, and -1 is a priority too: getpriority can
      // fail with ESRCH alone here.
      boolean failed = result == -1 && (failure == ESRCH || name.equals("setpriority"));
      return failed ? -failure - FAILED : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
