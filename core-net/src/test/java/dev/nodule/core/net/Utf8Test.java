package dev.nodule.core.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Strings on the wire. */
class Utf8Test {
  private static void assertEncodes(String expected, String text) {
    assertEquals(expected, new String(Utf8.encode(text), StandardCharsets.UTF_8));
  }

  @Test
  void loneSurrogatesBecomeReplacements() {
    assertEncodes("a\ufffdb", "a\ud800b");
    assertEncodes("\ufffd", "\udc00");
    assertEncodes("?\ufffd", "?\ud83d");
    assertEncodes("\ufffd\ud83d\ude00", "\ud83d\ud83d\ude00");
    assertEncodes("\ufffd\ufffd", "\ude00\ud83d");
  }

  @Test
  void manyOfThemAreNoDanger() {
    String text = "\ud800".repeat(200_000);
    assertEquals(600_000, Utf8.encode(text).length);
  }

  @Test
  void latin1IsToldAndWrittenByLowBytes() {
    assertTrue(Utf8.isLatin1("a\u00ff"));
    assertFalse(Utf8.isLatin1("a\u0100"));
    assertArrayEquals(new byte[] {'a', (byte) 0xff, 0x01}, Utf8.lowBytes("a\u00ff\u0101"));
  }
}
