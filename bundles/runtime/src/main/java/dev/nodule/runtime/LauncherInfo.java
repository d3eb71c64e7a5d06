package dev.nodule.runtime;

import java.util.Map;

/**
 * Facts that the launcher knows.
 *
 * @param execPath the launcher script
 * @param startNanos {@link System#nanoTime()} as early as possible
 * @param startMillis the wall clock's milliseconds since 1970 when the process started
 * @param versions for {@code process.versions}
 */
public record LauncherInfo(
    String execPath, long startNanos, double startMillis, Map<String, String> versions) {
  /** The level of Node.js that is implemented. */
  public static final String NODE_VERSION = "26.10.0";
}
