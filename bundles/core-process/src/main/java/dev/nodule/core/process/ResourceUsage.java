package dev.nodule.core.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** getrusage(2). */
final class ResourceUsage {
  private static final int FIELDS = 18;

  private ResourceUsage() {}

  /**
   * The fields of {@code struct rusage} in its order, the two times in microseconds.
   *
   * @param who 0 for the process, 1 for the calling thread
   */
  static Object[] of(int who) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(JAVA_LONG, FIELDS);
      Libc.call("getrusage", who, usage.address());
      Object[] result = new Object[FIELDS - 2];
      result[0] = usage.getAtIndex(JAVA_LONG, 0) * 1e6 + usage.getAtIndex(JAVA_LONG, 1);
      result[1] = usage.getAtIndex(JAVA_LONG, 2) * 1e6 + usage.getAtIndex(JAVA_LONG, 3);
      for (int i = 4; i < FIELDS; i++) {
        result[i - 2] = (double) usage.getAtIndex(JAVA_LONG, i);
      }
      return result;
    }
  }
}
