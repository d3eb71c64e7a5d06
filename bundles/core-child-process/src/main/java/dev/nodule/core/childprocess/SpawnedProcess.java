package dev.nodule.core.childprocess;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A child, or the reason why there is none.
 *
 * @param pid the negated errno if it could not be started
 * @param parentEnds for each descriptor of the child this process's end of the pipe, or -1; to be
 *     closed by who takes them
 */
record SpawnedProcess(int pid, int[] parentEnds) {
  /** How a process ended: one of the two is not 0, or both are. */
  record Exit(int code, int signal) {}

  /** Blocks until the child has ended. */
  Exit await() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      if (Libc.call("waitpid", pid, status.address(), 0) < 0) {
        return new Exit(0, 0);
      }
      int value = status.get(JAVA_INT, 0);
      int signal = value & 0x7f;
      return signal == 0 ? new Exit(value >> 8 & 0xff, 0) : new Exit(0, signal);
    }
  }
}
