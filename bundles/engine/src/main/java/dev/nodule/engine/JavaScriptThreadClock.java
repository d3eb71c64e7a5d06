package dev.nodule.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much CPU the first JavaScript thread has used, by the cheapest means: the management beans
 * cost more than they tell.
 */
final class JavaScriptThreadClock {
  private static volatile @Nullable Path statistics;

  private JavaScriptThreadClock() {}

  /** The calling thread is the one to watch, if it is the first. */
  static void watch() {
    if (statistics != null) {
      return;
    }
    try {
      Path self = Path.of("/proc/thread-self").toRealPath();
      statistics = self.resolve("schedstat");
    } catch (IOException e) {
      // Not Linux: elapsed time serves.
      statistics = null;
    }
  }

  /** Milliseconds of CPU; {@code elapsed} where the system does not tell. */
  static long cpuMillis(long elapsed) {
    Path file = statistics;
    if (file == null) {
      return elapsed;
    }
    try {
      String text = Files.readString(file);
      return Long.parseLong(text, 0, text.indexOf(' '), 10) / 1_000_000;
    } catch (IOException | RuntimeException e) {
      return elapsed;
    }
  }
}
