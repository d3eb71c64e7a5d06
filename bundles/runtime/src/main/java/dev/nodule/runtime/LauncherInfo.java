package dev.nodule.runtime;

import java.util.LinkedHashMap;
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

  /** {@code process.versions} in a framework of this name and version. */
  public static Map<String, String> versions(String framework, String frameworkVersion) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("node", NODE_VERSION);
    versions.put("nodule", "0.1.0");
    versions.put("graaljs", "25.0.3");
    versions.put("netty", "4.2.18.Final");
    versions.put(framework, frameworkVersion);
    versions.put("java", Runtime.version().toString());
    versions.put("modules", "147");
    // What crypto is compatible with; programs ask for it to see whether there is any.
    versions.put("openssl", "3.5.8");
    // Where its module is: process takes it out otherwise.
    versions.put("sqlite", "3.53.4");
    return versions;
  }
}
