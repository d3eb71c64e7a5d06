package dev.nodule.core.url;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The host parser and serializer (https://url.spec.whatwg.org/#host-parsing). Null is failure. */
final class HostParser {
  private static final PercentEncoding.Set FORBIDDEN =
      PercentEncoding.Set.of("\0\t\n\r #/:<>?@[\\]^|");
  private static final PercentEncoding.Set FORBIDDEN_IN_DOMAIN =
      PercentEncoding.C0_CONTROL.and(" #/:<>?@[\\]^|%");

  private HostParser() {}

  static @Nullable String parse(String input, boolean isOpaque) {
    if (input.startsWith("[")) {
      return input.endsWith("]") ? ipv6(input.substring(1, input.length() - 1)) : null;
    }
    if (isOpaque) {
      return opaque(input);
    }
    String ascii = DomainName.toAscii(PercentEncoding.decode(input));
    if (ascii == null || ascii.isEmpty()) {
      return null;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (FORBIDDEN_IN_DOMAIN.contains(ascii.charAt(i))) {
        return null;
      }
    }
    return endsInNumber(ascii) ? ipv4(ascii) : ascii;
  }

  private static @Nullable String opaque(String input) {
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      if (c < 0x7F && FORBIDDEN.contains(c)) {
        return null;
      }
    }
    return PercentEncoding.encode(input, PercentEncoding.C0_CONTROL);
  }

  private static boolean endsInNumber(String host) {
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
    if (last.isEmpty()) {
      return false;
    }
    return last.chars().allMatch(c -> c >= '0' && c <= '9') || number(last) >= 0;
  }

  private static @Nullable String ipv4(String host) {
    String[] parts =
        (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long value = number(parts[i]);
      boolean last = i == parts.length - 1;
      if (value < 0 || value >= (last ? 1L << 8 * (5 - parts.length) : 256)) {
        return null;
      }
      address += last ? value : value << 8 * (3 - i);
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /**
   * A number in decimal, octal or hexadecimal; -1 if it is none. Too big ones are {@link
   * Long#MAX_VALUE}.
   */
  private static long number(String text) {
    int radix = 10;
    String digits = text;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      digits = digits.substring(1);
    }
    if (text.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value > 1L << 40 ? value : value * radix + digit;
    }
    return value > 1L << 40 ? Long.MAX_VALUE : value;
  }

  private static @Nullable String ipv6(String input) {
    int[] pieces = new int[8];
    int piece = 0;
    int compress = -1;
    int i = 0;
    int length = input.length();
    if (input.startsWith(":")) {
      if (!input.startsWith("::")) {
        return null;
      }
      i = 2;
      compress = ++piece;
    }
    while (i < length) {
      if (piece == 8) {
        return null;
      }
      if (input.charAt(i) == ':') {
        if (compress >= 0) {
          return null;
        }
        i++;
        compress = ++piece;
        continue;
      }
      int value = 0;
      int digits = 0;
      while (digits < 4 && i < length && hex(input.charAt(i)) >= 0) {
        value = value << 4 | hex(input.charAt(i++));
        digits++;
      }
      if (i < length && input.charAt(i) == '.') {
        if (digits == 0 || piece > 6) {
          return null;
        }
        int[] tail = dotted(input.substring(i - digits));
        if (tail == null) {
          return null;
        }
        pieces[piece++] = tail[0] << 8 | tail[1];
        pieces[piece++] = tail[2] << 8 | tail[3];
        break;
      }
      if (i < length) {
        if (input.charAt(i) != ':' || ++i == length) {
          return null;
        }
      }
      pieces[piece++] = value;
    }
    if (compress >= 0) {
      int moved = piece - compress;
      System.arraycopy(pieces.clone(), compress, pieces, 8 - moved, moved);
      Arrays.fill(pieces, compress, 8 - moved, 0);
    } else if (piece != 8) {
      return null;
    }
    return serialize(pieces);
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static int @Nullable [] dotted(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    int[] values = new int[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return null;
      }
      values[i] = Integer.parseInt(part);
    }
    return values;
  }

  /** With the first longest run of zeros left out. */
  private static String serialize(int[] pieces) {
    int start = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && pieces[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        out.append(i == 0 ? "::" : ":");
        i += longest - 1;
        continue;
      }
      out.append(Integer.toHexString(pieces[i]));
      if (i < 7) {
        out.append(':');
      }
    }
    return out.append(']').toString();
  }
}
