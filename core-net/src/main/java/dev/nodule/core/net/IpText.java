package dev.nodule.core.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text: what {@code net.isIP} accepts, and the canonical form of RFC 5952 as
 * inet_ntop writes it.
 */
final class IpText {
  private IpText() {}

  /** 4, 6 or 0. */
  static int version(String text) {
    return isIpv4(text, 0, text.length()) ? 4 : isIpv6(text) ? 6 : 0;
  }

  /** Four decimal numbers up to 255 without leading zeros. */
  private static boolean isIpv4(String text, int start, int end) {
    if (end - start < 7 || end - start > 15) {
      return false;
    }
    int parts = 0;
    int position = start;
    while (true) {
      int value = 0;
      int digits = 0;
      while (position < end && digits < 4) {
        int digit = text.charAt(position) - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        if (digits == 1 && value == 0) {
          return false;
        }
        value = value * 10 + digit;
        digits++;
        position++;
      }
      if (digits == 0 || value > 255) {
        return false;
      }
      parts++;
      if (position == end) {
        return parts == 4;
      }
      if (parts == 4 || text.charAt(position) != '.') {
        return false;
      }
      position++;
    }
  }

  private static boolean isIpv6(String text) {
    int end = text.indexOf('%');
    if (end >= 0) {
      if (end == text.length() - 1 || !isZone(text, end + 1)) {
        return false;
      }
    } else {
      end = text.length();
    }
    int groups = 0;
    boolean compressed = false;
    int position = 0;
    if (end >= 2 && text.charAt(0) == ':') {
      if (text.charAt(1) != ':') {
        return false;
      }
      compressed = true;
      position = 2;
    }
    while (position < end) {
      int start = position;
      while (position < end
          && position - start < 5
          && Character.digit(text.charAt(position), 16) >= 0
          && text.charAt(position) < 128) {
        position++;
      }
      if (position < end && text.charAt(position) == '.') {
        if (!isIpv4(text, start, end)) {
          return false;
        }
        groups += 2;
        position = end;
        break;
      }
      int digits = position - start;
      if (digits == 0 || digits > 4) {
        return false;
      }
      groups++;
      if (position == end) {
        break;
      }
      if (text.charAt(position) != ':') {
        return false;
      }
      position++;
      if (position < end && text.charAt(position) == ':') {
        if (compressed) {
          return false;
        }
        compressed = true;
        position++;
      } else if (position == end) {
        return false;
      }
    }
    return compressed ? groups < 8 : groups == 8;
  }

  private static boolean isZone(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c < 128 && Character.isLetterOrDigit(c)) && c != '-' && c != '.' && c != ':') {
        return false;
      }
    }
    return true;
  }

  /** The address of a literal; a zone that does not exist here is left out. */
  static InetAddress parse(String literal) {
    String text = literal;
    int zone = text.indexOf('%');
    while (true) {
      try {
        byte[] mapped = version(text) == 6 ? mappedIpv6(text) : null;
        return mapped != null
            ? java.net.Inet6Address.getByAddress(null, mapped, -1)
            : InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        if (zone < 0) {
          throw new IllegalArgumentException("no IP address: " + literal);
        }
        text = text.substring(0, zone);
        zone = -1;
      }
    }
  }

  /** The JDK makes IPv4 of ::ffff:a.b.c.d, but the socket is to be one of IPv6. */
  private static byte @Nullable [] mappedIpv6(String text) throws UnknownHostException {
    byte[] address = InetAddress.getByName(text).getAddress();
    if (address.length == 16) {
      return null;
    }
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(address, 0, mapped, 12, 4);
    return mapped;
  }

  static @Nullable String of(@Nullable InetSocketAddress address) {
    return address == null ? null : of(address.getAddress().getAddress());
  }

  static String of(byte[] address) {
    if (address.length == 4) {
      return (address[0] & 255)
          + "."
          + (address[1] & 255)
          + "."
          + (address[2] & 255)
          + "."
          + (address[3] & 255);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (address[2 * i] & 255) << 8 | address[2 * i + 1] & 255;
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int j = i;
      while (j < 8 && groups[j] == 0) {
        j++;
      }
      if (j - i > bestLength) {
        bestStart = i;
        bestLength = j - i;
      }
      i = Math.max(i, j - 1);
    }
    boolean embedsIpv4 =
        bestStart == 0
            && (bestLength == 6
                || bestLength == 7 && groups[7] != 1
                || bestLength == 5 && groups[5] == 0xffff);
    StringBuilder text = new StringBuilder(40);
    for (int i = 0; i < 8; i++) {
      if (i >= bestStart && i < bestStart + bestLength && bestStart >= 0) {
        if (i == bestStart) {
          text.append(':');
        }
        continue;
      }
      if (i > 0) {
        text.append(':');
      }
      if (i == 6 && embedsIpv4) {
        return text.append(of(java.util.Arrays.copyOfRange(address, 12, 16))).toString();
      }
      text.append(Integer.toHexString(groups[i]));
    }
    if (bestStart >= 0 && bestStart + bestLength == 8) {
      text.append(':');
    }
    return text.toString();
  }
}
