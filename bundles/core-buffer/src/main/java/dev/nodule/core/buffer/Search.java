package dev.nodule.core.buffer;

import dev.nodule.api.Bytes;

/** Finding bytes in bytes. */
final class Search {
  private Search() {}

  /**
   * The first place, not before {@code from} (or the last, not after it), where {@code needle}
   * stands, in steps of {@code step} bytes; -1 if there is none.
   */
  static int indexOf(Bytes haystack, Bytes needle, int from, boolean forward, int step) {
    int last = haystack.length() - needle.length();
    byte[] bytes = haystack.array();
    byte[] wanted = needle.array();
    if (needle.length() == 0 || last < 0) {
      return -1;
    }
    byte first = wanted[needle.offset()];
    int increment = forward ? step : -step;
    int start = forward ? from : Math.min(from, last - last % step);
    for (int i = start; i >= 0 && i <= last; i += increment) {
      if (bytes[haystack.offset() + i] == first && matches(haystack, needle, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(Bytes haystack, Bytes needle, int at) {
    byte[] bytes = haystack.array();
    byte[] wanted = needle.array();
    int start = haystack.offset() + at;
    for (int i = 1; i < needle.length(); i++) {
      if (bytes[start + i] != wanted[needle.offset() + i]) {
        return false;
      }
    }
    return true;
  }
}
