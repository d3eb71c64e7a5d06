package dev.nodule.core.dgram;

import static dev.nodule.core.dgram.SocketAddresses.EINVAL;
import static dev.nodule.core.dgram.SocketAddresses.MAX_BYTES;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Multicast groups of a socket; 0 or a negated error number. */
final class Multicast {
  private static final int STORAGE_BYTES = 128;

  private final SocketAddresses addresses;

  Multicast(SocketAddresses addresses) {
    this.addresses = addresses;
  }

  /** Whether a group's address is IPv6; null for what is no address. */
  @Nullable Boolean isIpv6(String group) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(MAX_BYTES, 8);
      if (addresses.encode(at, false, group, 0) > 0) {
        return false;
      }
      return addresses.encode(at, true, group, 0) > 0 ? true : null;
    }
  }

  int membership(int fd, boolean ipv6, String group, @Nullable String local, boolean join) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(MAX_BYTES, 8);
      MemorySegment request = arena.allocate(ipv6 ? 20 : 8, 4);
      if (addresses.encode(at, ipv6, group, 0) < 0) {
        return EINVAL;
      }
      SocketAddresses.copyAddress(at, ipv6, request, 0);
      if (local != null) {
        if (addresses.encode(at, ipv6, local, 0) < 0) {
          return EINVAL;
        }
        if (ipv6) {
          request.set(JAVA_INT, 16, SocketAddresses.scope(at));
        } else {
          SocketAddresses.copyAddress(at, false, request, 4);
        }
      }
      if (ipv6) {
        int option = join ? SocketOptions.IPV6_JOIN_GROUP : SocketOptions.IPV6_LEAVE_GROUP;
        return SocketOptions.set(fd, SocketOptions.IPPROTO_IPV6, option, request);
      }
      int option = join ? SocketOptions.IP_ADD_MEMBERSHIP : SocketOptions.IP_DROP_MEMBERSHIP;
      return SocketOptions.set(fd, SocketOptions.IPPROTO_IP, option, request);
    }
  }

  /** Membership for what one source sends. */
  int sourceMembership(
      int fd, boolean ipv6, String source, String group, @Nullable String local, boolean join) {
    return ipv6
        ? sourceMembership6(fd, source, group, local, join)
        : sourceMembership4(fd, source, group, local, join);
  }

  private int sourceMembership4(
      int fd, String source, String group, @Nullable String local, boolean join) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(MAX_BYTES, 8);
      MemorySegment request = arena.allocate(12, 4);
      String[] parts = {group, local == null ? "0.0.0.0" : local, source};
      for (int i = 0; i < parts.length; i++) {
        if (addresses.encode(at, false, parts[i], 0) < 0) {
          return EINVAL;
        }
        SocketAddresses.copyAddress(at, false, request, i * 4L);
      }
      int option =
          join ? SocketOptions.IP_ADD_SOURCE_MEMBERSHIP : SocketOptions.IP_DROP_SOURCE_MEMBERSHIP;
      return SocketOptions.set(fd, SocketOptions.IPPROTO_IP, option, request);
    }
  }

  private int sourceMembership6(
      int fd, String source, String group, @Nullable String local, boolean join) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(MAX_BYTES, 8);
      MemorySegment request = arena.allocate(8 + 2 * STORAGE_BYTES, 8);
      if (local != null) {
        if (addresses.encode(at, true, local, 0) < 0) {
          return EINVAL;
        }
        request.set(JAVA_INT, 0, SocketAddresses.scope(at));
      }
      String[] parts = {group, source};
      for (int i = 0; i < parts.length; i++) {
        if (addresses.encode(at, true, parts[i], 0) < 0) {
          return EINVAL;
        }
        MemorySegment.copy(at, 0, request, 8 + (long) i * STORAGE_BYTES, MAX_BYTES);
      }
      int option =
          join ? SocketOptions.MCAST_JOIN_SOURCE_GROUP : SocketOptions.MCAST_LEAVE_SOURCE_GROUP;
      return SocketOptions.set(fd, SocketOptions.IPPROTO_IPV6, option, request);
    }
  }

  /** The interface that what is sent to groups leaves by. */
  int setInterface(int fd, String local) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(MAX_BYTES, 8);
      if (addresses.encode(at, false, local, 0) > 0) {
        MemorySegment value = arena.allocate(4, 4);
        SocketAddresses.copyAddress(at, false, value, 0);
        return SocketOptions.set(
            fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_MULTICAST_IF, value);
      }
      if (addresses.encode(at, true, local, 0) > 0) {
        return SocketOptions.set(
            fd,
            SocketOptions.IPPROTO_IPV6,
            SocketOptions.IPV6_MULTICAST_IF,
            SocketAddresses.scope(at));
      }
      return EINVAL;
    }
  }
}
