package dev.nodule.core.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The encodings of {@code Buffer}, in the order of the numbers by which the JavaScript names them.
 */
enum Encoding {
  UTF8 {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      return Utf8.decode(bytes, offset, length);
    }

    @Override
    byte[] encode(String text) {
      return Utf8.encode(text);
    }

    @Override
    int byteLength(String text) {
      return Utf8.length(text);
    }

    @Override
    int write(String text, byte[] bytes, int offset, int limit) {
      // No character takes less than a byte: the rest cannot fit.
      byte[] encoded = Utf8.encode(text.length() > limit ? text.substring(0, limit + 1) : text);
      int size = Utf8.wholeCharacters(encoded, limit);
      System.arraycopy(encoded, 0, bytes, offset, size);
      return size;
    }
  },

  UTF16LE {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      char[] units = new char[length >> 1];
      ByteBuffer.wrap(bytes, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asCharBuffer()
          .get(units);
      return new String(units);
    }

    @Override
    byte[] encode(String text) {
      byte[] bytes = new byte[text.length() * 2];
      put(text, text.length(), bytes, 0);
      return bytes;
    }

    @Override
    int byteLength(String text) {
      return text.length() * 2;
    }

    @Override
    int write(String text, byte[] bytes, int offset, int limit) {
      int units = Math.min(text.length(), limit >> 1);
      put(text, units, bytes, offset);
      return units * 2;
    }

    private void put(String text, int units, byte[] bytes, int offset) {
      ByteBuffer.wrap(bytes, offset, units * 2)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asCharBuffer()
          .put(text, 0, units);
    }
  },

  LATIN1 {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    byte[] encode(String text) {
      byte[] bytes = new byte[text.length()];
      lowBytes(text, text.length(), bytes, 0);
      return bytes;
    }

    @Override
    int byteLength(String text) {
      return text.length();
    }

    @Override
    int write(String text, byte[] bytes, int offset, int limit) {
      int units = Math.min(text.length(), limit);
      lowBytes(text, units, bytes, offset);
      return units;
    }
  },

  /** Written as Latin-1; read without the highest bit. */
  ASCII {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      byte[] low = Arrays.copyOfRange(bytes, offset, offset + length);
      for (int i = 0; i < low.length; i++) {
        low[i] &= 0x7F;
      }
      return new String(low, StandardCharsets.ISO_8859_1);
    }

    @Override
    byte[] encode(String text) {
      return LATIN1.encode(text);
    }

    @Override
    int byteLength(String text) {
      return text.length();
    }

    @Override
    int write(String text, byte[] bytes, int offset, int limit) {
      return LATIN1.write(text, bytes, offset, limit);
    }
  },

  BASE64 {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      return Base64Text.encode(bytes, offset, length, false);
    }

    @Override
    byte[] encode(String text) {
      return Base64Text.decode(text);
    }

    @Override
    int byteLength(String text) {
      return Base64Text.length(text);
    }
  },

  BASE64URL {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      return Base64Text.encode(bytes, offset, length, true);
    }

    @Override
    byte[] encode(String text) {
      return Base64Text.decode(text);
    }

    @Override
    int byteLength(String text) {
      return Base64Text.length(text);
    }
  },

  HEX {
    @Override
    String decode(byte[] bytes, int offset, int length) {
      return HexFormat.of().formatHex(bytes, offset, offset + length);
    }

    /** Up to the first pair that is none of hexadecimal digits. */
    @Override
    byte[] encode(String text) {
      byte[] bytes = new byte[text.length() >> 1];
      for (int i = 0; i < bytes.length; i++) {
        int value = digit(text.charAt(2 * i)) << 4 | digit(text.charAt(2 * i + 1));
        if (value < 0) {
          return Arrays.copyOf(bytes, i);
        }
        bytes[i] = (byte) value;
      }
      return bytes;
    }

    @Override
    int byteLength(String text) {
      return text.length() >> 1;
    }

    private int digit(char unit) {
      return HexFormat.isHexDigit(unit) ? HexFormat.fromHexDigit(unit) : -1;
    }
  };

  private static final Encoding[] BY_NUMBER = values();

  static Encoding of(int number) {
    return BY_NUMBER[number];
  }

  /** The text that the bytes stand for ({@code buffer.toString}). */
  abstract String decode(byte[] bytes, int offset, int length);

  /** The bytes that the text stands for ({@code Buffer.from}). */
  abstract byte[] encode(String text);

  abstract int byteLength(String text);

  /**
   * Writes as many whole characters as fit.
   *
   * @return how many bytes were written
   */
  int write(String text, byte[] bytes, int offset, int limit) {
    byte[] encoded = encode(text);
    int size = Math.min(encoded.length, limit);
    System.arraycopy(encoded, 0, bytes, offset, size);
    return size;
  }

  @SuppressWarnings("deprecation") // It drops the high bytes, which is just what latin1 does here.
  private static void lowBytes(String text, int units, byte[] bytes, int offset) {
    text.getBytes(0, units, bytes, offset);
  }
}
