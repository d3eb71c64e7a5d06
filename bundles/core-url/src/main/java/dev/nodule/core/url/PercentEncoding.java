package dev.nodule.core.url;

import java.nio.charset.StandardCharsets;

/** Percent-encoding and its sets (https://url.spec.whatwg.org/#percent-encoded-bytes). */
final class PercentEncoding {
  /** The ASCII characters that a set encodes; all beyond U+007E are encoded in any. */
  record Set(long low, long high) {
    static Set of(String characters) {
      return new Set(0, 0).and(characters);
    }

    Set and(String characters) {
      long low = this.low;
      long high = this.high;
      for (int i = 0; i < characters.length(); i++) {
        char c = characters.charAt(i);
        if (c < 64) {
          low |= 1L << c;
        } else {
          high |= 1L << c;
        }
      }
      return new Set(low, high);
    }

    boolean contains(int c) {
      return c >= 0x7F || ((c < 64 ? low >>> c : high >>> c) & 1) != 0;
    }
  }

  static final Set C0_CONTROL = new Set(0xFFFFFFFFL, 0);
  static final Set FRAGMENT = C0_CONTROL.and(" \"<>`");
  static final Set QUERY = C0_CONTROL.and(" \"#<>");
  static final Set SPECIAL_QUERY = QUERY.and("'");
  static final Set PATH = QUERY.and("?^`{}");
  static final Set USERINFO = PATH.and("/:;=@[\\]|");

  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  static void append(StringBuilder out, int codePoint, Set set) {
    if (!set.contains(codePoint)) {
      out.append((char) codePoint);
      return;
    }
    for (byte each : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(HEX.charAt(each >> 4 & 0xF)).append(HEX.charAt(each & 0xF));
    }
  }

  static String encode(String text, Set set) {
    int i = 0;
    while (i < text.length() && !set.contains(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, i);
    text.codePoints().skip(text.codePointCount(0, i)).forEach(each -> append(out, each, set));
    return out.toString();
  }

  /** Decodes the bytes, and those as UTF-8 with U+FFFD for what is ill-formed. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int size = 0;
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' && i + 2 < in.length ? hex(in[i + 1]) << 4 | hex(in[i + 2]) : -1;
      if (value >= 0) {
        out[size++] = (byte) value;
        i += 2;
      } else {
        out[size++] = in[i];
      }
    }
    return new String(out, 0, size, StandardCharsets.UTF_8);
  }

  private static int hex(int c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
