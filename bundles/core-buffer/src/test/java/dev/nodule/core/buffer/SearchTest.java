package dev.nodule.core.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nodule.api.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Finding bytes in bytes. */
class SearchTest {
  private static Bytes bytes(String text) {
    byte[] padded = ("<<" + text + ">>").getBytes(StandardCharsets.ISO_8859_1);
    return new Bytes(padded, 2, text.length());
  }

  private static int forward(String haystack, String needle, int from) {
    return Search.indexOf(bytes(haystack), bytes(needle), from, true, 1);
  }

  private static int backward(String haystack, String needle, int from) {
    return Search.indexOf(bytes(haystack), bytes(needle), from, false, 1);
  }

  @Test
  void findsTheFirstFromAPlaceOn() {
    assertEquals(0, forward("abcabc", "abc", 0));
    assertEquals(3, forward("abcabc", "abc", 1));
    assertEquals(-1, forward("abcabc", "abc", 4));
    assertEquals(-1, forward("abc", "abcd", 0));
    assertEquals(2, forward("aab", "b", 0));
  }

  @Test
  void findsTheLastUpToAPlace() {
    assertEquals(3, backward("abcabc", "abc", 5));
    assertEquals(0, backward("abcabc", "abc", 2));
    assertEquals(-1, backward("xabc", "abc", 0));
    assertEquals(1, backward("xabc", "abc", 3));
  }

  @Test
  void doesNotLookOutsideTheView() {
    assertEquals(-1, forward("ab", ">", 0));
    assertEquals(-1, backward("ab", "<", 1));
    assertEquals(-1, forward("ab", "b>", 0));
  }

  @Test
  void wideCharactersAreFoundAtEvenPlaces() {
    Bytes haystack = bytes("\1a\0b");
    Bytes needle = bytes("a\0");
    assertEquals(1, Search.indexOf(haystack, needle, 0, true, 1));
    assertEquals(-1, Search.indexOf(haystack, needle, 0, true, 2));
    assertEquals(2, Search.indexOf(haystack, bytes("\0b"), 3, false, 2));
  }
}
