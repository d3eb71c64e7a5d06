package dev.nodule.core.buffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 in both alphabets, read leniently: characters of neither are skipped, {@code =} ends the
 * text.
 */
final class Base64Text {
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
    VALUES['-'] = 62;
    VALUES['_'] = 63;
  }

  private Base64Text() {}

  static String encode(byte[] bytes, int offset, int length, boolean url) {
    byte[] source =
        offset == 0 && length == bytes.length
            ? bytes
            : Arrays.copyOfRange(bytes, offset, offset + length);
    byte[] text =
        (url ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder()).encode(source);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static byte[] decode(String text) {
    int units = text.length();
    byte[] out = new byte[(int) (units * 3L / 4) + 3];
    int size = 0;
    int bits = 0;
    int count = 0;
    for (int i = 0; i < units; i++) {
      char unit = text.charAt(i);
      int value = unit < 256 ? VALUES[unit] : -1;
      if (value < 0) {
        if (unit == '=') {
          break;
        }
        continue;
      }
      bits = bits << 6 | value;
      if (++count == 4) {
        out[size++] = (byte) (bits >> 16);
        out[size++] = (byte) (bits >> 8);
        out[size++] = (byte) bits;
        count = 0;
        bits = 0;
      }
    }
    if (count >= 2) {
      bits <<= 6 * (4 - count);
      out[size++] = (byte) (bits >> 16);
      if (count == 3) {
        out[size++] = (byte) (bits >> 8);
      }
    }
    return size == out.length ? out : Arrays.copyOf(out, size);
  }

  /** The size as Node.js reckons it from the length alone. */
  static int length(String text) {
    int units = text.length();
    if (units > 0 && text.charAt(units - 1) == '=') {
      units--;
    }
    if (units > 1 && text.charAt(units - 1) == '=') {
      units--;
    }
    return (int) (units * 3L >>> 2);
  }

  /**
   * Decodes as {@code atob} does (https://infra.spec.whatwg.org/#forgiving-base64-decode).
   *
   * @return null if the text is not correctly encoded
   */
  static byte @Nullable [] decodeForgiving(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit != ' ' && unit != '\t' && unit != '\n' && unit != '\f' && unit != '\r') {
        kept.append(unit);
      }
    }
    int length = kept.length();
    if (length % 4 == 0 && length > 0 && kept.charAt(length - 1) == '=') {
      length -= kept.charAt(length - 2) == '=' ? 2 : 1;
    }
    if (length % 4 == 1) {
      return null;
    }
    for (int i = 0; i < length; i++) {
      char unit = kept.charAt(i);
      if (unit >= 256 || VALUES[unit] < 0 || unit == '-' || unit == '_') {
        return null;
      }
    }
    return decode(kept.substring(0, length));
  }
}
