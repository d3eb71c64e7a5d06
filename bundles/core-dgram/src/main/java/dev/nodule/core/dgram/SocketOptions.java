package dev.nodule.core.dgram;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** setsockopt(2) and getsockopt(2) with the numbers of Linux; 0 or a negated error number. */
final class SocketOptions {
  static final int IPPROTO_IP = 0;
  static final int IPPROTO_IPV6 = 41;
  static final int SOL_SOCKET = 1;

  static final int IP_TTL = 2;
  static final int IP_MULTICAST_IF = 32;
  static final int IP_MULTICAST_TTL = 33;
  static final int IP_MULTICAST_LOOP = 34;
  static final int IP_ADD_MEMBERSHIP = 35;
  static final int IP_DROP_MEMBERSHIP = 36;
  static final int IP_ADD_SOURCE_MEMBERSHIP = 39;
  static final int IP_DROP_SOURCE_MEMBERSHIP = 40;
  static final int MCAST_JOIN_SOURCE_GROUP = 46;
  static final int MCAST_LEAVE_SOURCE_GROUP = 47;

  static final int IPV6_UNICAST_HOPS = 16;
  static final int IPV6_MULTICAST_IF = 17;
  static final int IPV6_MULTICAST_HOPS = 18;
  static final int IPV6_MULTICAST_LOOP = 19;
  static final int IPV6_JOIN_GROUP = 20;
  static final int IPV6_LEAVE_GROUP = 21;
  static final int IPV6_V6ONLY = 26;

  static final int AF_UNIX = 1;
  static final int SOCK_DGRAM = 2;

  static final int SO_REUSEADDR = 2;
  static final int SO_TYPE = 3;
  static final int SO_BROADCAST = 6;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_DOMAIN = 39;

  private SocketOptions() {}

  static int set(int fd, int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      return set(fd, level, option, arena.allocateFrom(JAVA_INT, value));
    }
  }

  static int set(int fd, int level, int option, MemorySegment value) {
    return Libc.call("setsockopt", fd, level, option, value.address(), value.byteSize());
  }

  /** The value, which is not negative, or an error. */
  static int get(int fd, int level, int option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
      int status = Libc.call("getsockopt", fd, level, option, value.address(), length.address());
      return status < 0 ? status : value.get(JAVA_INT, 0);
    }
  }
}
