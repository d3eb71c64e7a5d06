package dev.nodule.builder.trim;

import java.util.HashSet;
import java.util.Set;

/**
 * The texts in a native library, among them the names by which it looks for Java's classes and
 * methods.
 */
final class NativeStrings {
  private static final int SHORTEST = 3;

  private NativeStrings() {}

  /** Runs of printable characters. */
  static Set<String> of(byte[] library) {
    Set<String> strings = new HashSet<>();
    StringBuilder run = new StringBuilder();
    for (byte b : library) {
      if (b >= ' ' && b <= '~') {
        run.append((char) b);
        continue;
      }
      if (run.length() >= SHORTEST) {
        strings.add(run.toString());
      }
      run.setLength(0);
    }
    return strings;
  }
}
