package dev.nodule.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Datagrams to Unix domain sockets, which Java has not: unix(7). */
public final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PATH_OFFSET = 2;
  private static final int PATH_MAX = 108;
  private static final int ENAMETOOLONG = 36;

  private UnixDatagram() {}

  /**
   * Sends one datagram.
   *
   * @param path of the socket; a leading {@code @} stands for Linux's abstract names
   * @return 0, or the negated errno
   */
  public static int send(String path, byte[] message) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= PATH_MAX) {
      return -ENAMETOOLONG;
    }
    int fd = Libc.call("socket", AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    if (fd < 0) {
      return fd;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(PATH_OFFSET + PATH_MAX, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      boolean isAbstract = name.length > 0 && name[0] == '@';
      for (int i = isAbstract ? 1 : 0; i < name.length; i++) {
        address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET + (long) i, name[i]);
      }
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      // An abstract name is as long as the address says; a path ends with a zero byte.
      int length = PATH_OFFSET + name.length + (isAbstract ? 0 : 1);
      int sent =
          Libc.call(
              "sendto",
              fd,
              bytes.address(),
              message.length,
              MSG_NOSIGNAL,
              address.address(),
              length);
      return Math.min(sent, 0);
    } finally {
      Libc.close(fd);
    }
  }
}
