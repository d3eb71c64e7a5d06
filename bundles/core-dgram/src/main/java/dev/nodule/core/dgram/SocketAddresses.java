package dev.nodule.core.dgram;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text and as the {@code sockaddr_in} and {@code sockaddr_in6} of Linux. IPv6 takes
 * a zone ({@code fe80::1%eth0}). On the loop's thread.
 */
final class SocketAddresses {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /** Of the larger kind. */
  static final int MAX_BYTES = 28;

  static final int EINVAL = -22;

  private static final int IPV4_BYTES = 16;
  private static final int TEXT_BYTES = 64;
  private static final int ADDRESS_4 = 4;
  private static final int ADDRESS_6 = 8;
  private static final int SCOPE = 24;

  private static final MemorySegment INET_PTON = Libc.function("inet_pton");
  private static final MemorySegment INET_NTOP = Libc.function("inet_ntop");

  /** Where a datagram came from, or what a socket is bound to. */
  record Endpoint(String address, int port, boolean ipv6) {}

  private final MemorySegment text = Arena.ofAuto().allocate(TEXT_BYTES, 8);
  private byte[] lastBytes = new byte[0];
  private @Nullable Endpoint last;

  /** Writes an address; its length, or {@link #EINVAL} for what is no address of that family. */
  int encode(MemorySegment at, boolean ipv6, String address, int port) {
    at.asSlice(0, MAX_BYTES).fill((byte) 0);
    at.set(JAVA_SHORT, 0, (short) (ipv6 ? AF_INET6 : AF_INET));
    at.set(JAVA_SHORT, 2, Short.reverseBytes((short) port));
    if (!ipv6) {
      return parse(AF_INET, address, at.address() + ADDRESS_4) ? IPV4_BYTES : EINVAL;
    }
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    if (!parse(AF_INET6, plain, at.address() + ADDRESS_6)) {
      return EINVAL;
    }
    at.set(JAVA_INT, SCOPE, zone < 0 ? 0 : scope(address.substring(zone + 1)));
    return MAX_BYTES;
  }

  /** The scope of an address that {@link #encode} wrote. */
  static int scope(MemorySegment at) {
    return at.get(JAVA_INT, SCOPE);
  }

  /** Copies the bytes of an address that {@link #encode} wrote. */
  static void copyAddress(MemorySegment at, boolean ipv6, MemorySegment to, long offset) {
    MemorySegment.copy(at, ipv6 ? ADDRESS_6 : ADDRESS_4, to, offset, ipv6 ? 16 : 4);
  }

  private boolean parse(int family, String address, long target) {
    if (address.length() >= TEXT_BYTES / 2 + 14 || address.indexOf('\0') >= 0) {
      return false;
    }
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) > 126) {
        return false;
      }
    }
    text.setString(0, address);
    return Libc.call(INET_PTON, family, text.address(), target) == 1;
  }

  private int scope(String zone) {
    if (zone.isEmpty() || zone.length() >= TEXT_BYTES) {
      return 0;
    }
    text.setString(0, zone);
    int index = Libc.call("if_nametoindex", text.address());
    if (index > 0) {
      return index;
    }
    try {
      return Integer.parseUnsignedInt(zone);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Reads an address; null for another family. Datagrams in a row mostly come from one sender. */
  @Nullable Endpoint decode(MemorySegment at) {
    int family = at.get(JAVA_SHORT, 0);
    boolean ipv6 = family == AF_INET6;
    if (!ipv6 && family != AF_INET) {
      return null;
    }
    byte[] bytes = at.asSlice(0, ipv6 ? MAX_BYTES : IPV4_BYTES).toArray(JAVA_BYTE);
    Endpoint known = last;
    if (known != null && Arrays.equals(bytes, lastBytes)) {
      return known;
    }
    Libc.callForPointer(
        INET_NTOP,
        family,
        at.address() + (ipv6 ? ADDRESS_6 : ADDRESS_4),
        text.address(),
        TEXT_BYTES);
    String address = text.getString(0);
    if (ipv6 && address.startsWith("fe80:") && scope(at) != 0) {
      address += "%" + zone(scope(at));
    }
    Endpoint endpoint =
        new Endpoint(address, Short.reverseBytes(at.get(JAVA_SHORT, 2)) & 0xffff, ipv6);
    last = endpoint;
    lastBytes = bytes;
    return endpoint;
  }

  private String zone(int scope) {
    int status = Libc.callForPointer(Libc.function("if_indextoname"), scope, text.address());
    return status == 0 ? text.getString(0) : Integer.toString(scope);
  }
}
