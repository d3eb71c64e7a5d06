package dev.nodule.core.process;

import dev.nodule.posix.CStrings;
import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.util.List;

/** execve(2): the process goes on as another program. */
final class Execution {
  private static final int F_SETFD = 2;
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private Execution() {}

  /** The negated errno; does not return if the program runs. */
  static int replaceProcess(
      String directory, String path, List<String> arguments, List<String> environment) {
    try (Arena arena = Arena.ofConfined()) {
      Libc.call("chdir", arena.allocateFrom(directory).address());
      // Descriptors of the JVM and of Netty that do not close by themselves.
      Libc.call("close_range", 3, 0xffff_ffffL, CLOSE_RANGE_CLOEXEC);
      for (int fd = 0; fd < 3; fd++) {
        Libc.call("fcntl", fd, F_SETFD, 0);
      }
      return Libc.call(
          "execve",
          arena.allocateFrom(path).address(),
          CStrings.array(arena, arguments).address(),
          CStrings.array(arena, environment).address());
    }
  }
}
