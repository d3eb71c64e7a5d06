package dev.nodule.core.net;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * fcntl and getsockopt for descriptors that JavaScript names by number; loaded when the first one
 * comes.
 */
final class PosixDescriptor {
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_NONBLOCK = 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_DOMAIN = 39;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int EINVAL = -22;
  private static final int FAMILY_BYTES = 2;
  private static final int UNIX_PATH_BYTES = 108;

  private PosixDescriptor() {}

  /** Makes the descriptor non-blocking; 0 or an error. */
  static int unblock(int fd) {
    int flags = Libc.call("fcntl", fd, F_GETFL);
    if (flags >= 0 && (flags & O_NONBLOCK) == 0) {
      flags = Libc.call("fcntl", fd, F_SETFL, flags | O_NONBLOCK);
    }
    return Math.min(flags, 0);
  }

  /**
   * Another open file description of the same file, not shared with other processes; the number
   * given if there is none.
   */
  static int reopen(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom("/proc/self/fd/" + fd).address();
      int opened = Libc.call("open", path, O_RDWR | O_NOCTTY | O_CLOEXEC);
      return opened < 0 ? fd : opened;
    }
  }

  /**
   * Binds a Unix domain socket; 0 or an error. (Netty would delete what stands at the path.) A path
   * that begins with a zero is a name of Linux without a file.
   */
  static int bind(int fd, String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > UNIX_PATH_BYTES - 1) {
      return EINVAL;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(FAMILY_BYTES + UNIX_PATH_BYTES, 8);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, name.length);
      boolean isAbstract = name.length > 0 && name[0] == 0;
      int length = FAMILY_BYTES + name.length + (isAbstract ? 0 : 1);
      return Libc.call("bind", fd, address.address(), length);
    }
  }

  static boolean isSocket(int fd) {
    return option(fd, SO_TYPE) >= 0;
  }

  /** PIPE, TCP or UDP, as libuv calls what the socket is. */
  static String family(int fd) {
    int domain = option(fd, SO_DOMAIN);
    if (domain == AF_UNIX) {
      return "PIPE";
    }
    return domain != AF_INET && domain != AF_INET6
        ? "UNKNOWN"
        : option(fd, SO_TYPE) == SOCK_STREAM ? "TCP" : "UDP";
  }

  private static int option(int fd, int name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 4);
      int status = Libc.call("getsockopt", fd, SOL_SOCKET, name, value.address(), length.address());
      return status == 0 ? value.get(ValueLayout.JAVA_INT, 0) : -1;
    }
  }
}
