package dev.nodule.core.net;

import java.nio.charset.StandardCharsets;

/** Strings as bytes on the wire, where Java's own encoders differ from Node.js. */
final class Utf8 {
  private Utf8() {}

  /** Lone surrogates become U+FFFD; Java would write a question mark. */
  static byte[] encode(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          repaired = repaired == null ? new StringBuilder(text) : repaired;
          repaired.setCharAt(i, '\ufffd');
        }
      }
    }
    return (repaired == null ? text : repaired.toString()).getBytes(StandardCharsets.UTF_8);
  }

  static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 255) {
        return false;
      }
    }
    return true;
  }

  /** Every character's low byte. */
  static byte[] lowBytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }
}
