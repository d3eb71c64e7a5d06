package dev.nodule.core.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as the Encoding standard of the WHATWG has it: each maximal ill-formed part decodes to one
 * U+FFFD, and a lone surrogate encodes as U+FFFD. The JDK's own coder does the work where both
 * agree.
 */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUESTION_MARKS = '?' * ONES;

  private Utf8() {}

  static String decode(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    // The JDK takes an encoded surrogate as one error, the standard as three.
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeIllFormed(bytes, offset, length);
  }

  private static String decodeIllFormed(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int first = bytes[i] & 0xFF;
      if (first < 0x80) {
        text.append((char) first);
        i++;
        continue;
      }
      int sequence = sequenceLength(bytes, i, end);
      if (sequence > 0) {
        text.appendCodePoint(codePoint(bytes, i, sequence));
        i += sequence;
      } else {
        text.append(REPLACEMENT);
        i -= sequence;
      }
    }
    return text.toString();
  }

  /** Whether all is well-formed. */
  static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int sequence = sequenceLength(bytes, i, end);
      if (sequence <= 0) {
        return false;
      }
      i += sequence;
    }
    return true;
  }

  /**
   * The length of the sequence of two to four bytes at {@code i}, or the negative length of the
   * maximal ill-formed part there (Unicode, table 3-7).
   */
  private static int sequenceLength(byte[] bytes, int i, int end) {
    int first = bytes[i] & 0xFF;
    int length;
    int lower = 0x80;
    int upper = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
      length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
      length = 3;
      lower = first == 0xE0 ? 0xA0 : lower;
      upper = first == 0xED ? 0x9F : upper;
    } else if (first >= 0xF0 && first <= 0xF4) {
      length = 4;
      lower = first == 0xF0 ? 0x90 : lower;
      upper = first == 0xF4 ? 0x8F : upper;
    } else {
      return -1;
    }
    for (int k = 1; k < length; k++) {
      int next = i + k < end ? bytes[i + k] & 0xFF : -1;
      if (next < lower || next > upper) {
        return -k;
      }
      lower = 0x80;
      upper = 0xBF;
    }
    return length;
  }

  private static int codePoint(byte[] bytes, int i, int length) {
    int point = bytes[i] & (0xFF >> (length + 1));
    for (int k = 1; k < length; k++) {
      point = point << 6 | bytes[i + k] & 0x3F;
    }
    return point;
  }

  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // A lone surrogate has become a question mark.
    return hasQuestionMark(bytes) && hasLoneSurrogate(text) ? encodeLoneSurrogates(text) : bytes;
  }

  private static boolean hasQuestionMark(byte[] bytes) {
    int i = 0;
    for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
      long difference = (long) LONGS.get(bytes, i) ^ QUESTION_MARKS;
      if ((difference - ONES & ~difference & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        if (!isPair(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static byte[] encodeLoneSurrogates(String text) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isPair(text, i)) {
          i++;
        } else {
          repaired.setCharAt(i, REPLACEMENT);
        }
      }
    }
    return repaired.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** How many bytes {@link #encode} gives. */
  static int length(String text) {
    int units = text.length();
    int length = units;
    for (int i = 0; i < units; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        if (unit < 0x800) {
          length++;
        } else if (Character.isSurrogate(unit) && isPair(text, i)) {
          length += 2;
          i++;
        } else {
          length += 2;
        }
      }
    }
    return length;
  }

  /**
   * The longest prefix of whole characters, not more than {@code limit} bytes of what {@link
   * #encode} gave.
   */
  static int wholeCharacters(byte[] encoded, int limit) {
    if (encoded.length <= limit) {
      return encoded.length;
    }
    int end = limit;
    while (end > 0 && (encoded[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }
}
