package dev.nodule.core.tty;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** termios and the window size of Linux. */
final class Terminal {
  private static final long TIOCGWINSZ = 0x5413;
  private static final int TCSADRAIN = 1;

  // struct termios: four flags, a line discipline, the control characters, two speeds.
  private static final long TERMIOS_SIZE = 60;
  private static final long IFLAG = 0;
  private static final long OFLAG = 4;
  private static final long CFLAG = 8;
  private static final long LFLAG = 12;
  private static final long CC = 17;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private static final int BRKINT = 2;
  private static final int INPCK = 020;
  private static final int ISTRIP = 040;
  private static final int ICRNL = 0400;
  private static final int IXON = 02000;
  private static final int ONLCR = 4;
  private static final int CS8 = 060;
  private static final int ISIG = 1;
  private static final int ICANON = 2;
  private static final int ECHO = 010;
  private static final int IEXTEN = 0100000;

  /** The modes that terminals had before they were made raw. */
  private static final Map<Integer, byte[]> ORIGINALS = new HashMap<>();

  private Terminal() {}

  static boolean isTerminal(int fd) {
    return Libc.call("isatty", fd) == 1;
  }

  /** [columns, rows], or null if the descriptor has none. */
  static @Nullable Object windowSize(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(8);
      if (Libc.call("ioctl", fd, TIOCGWINSZ, size.address()) != 0) {
        return null;
      }
      int rows = size.get(ValueLayout.JAVA_SHORT, 0) & 0xffff;
      int columns = size.get(ValueLayout.JAVA_SHORT, 2) & 0xffff;
      return new Object[] {columns, rows};
    }
  }

  /** 0 or an error. */
  static synchronized int setRawMode(int fd, boolean raw) {
    if (!raw) {
      return restore(fd);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment modes = arena.allocate(TERMIOS_SIZE, 4);
      int error = Libc.call("tcgetattr", fd, modes.address());
      if (error != 0) {
        return error;
      }
      ORIGINALS.putIfAbsent(fd, modes.toArray(ValueLayout.JAVA_BYTE));
      change(modes, IFLAG, BRKINT | ICRNL | INPCK | ISTRIP | IXON, 0);
      change(modes, OFLAG, 0, ONLCR);
      change(modes, CFLAG, 0, CS8);
      change(modes, LFLAG, ECHO | ICANON | IEXTEN | ISIG, 0);
      modes.set(ValueLayout.JAVA_BYTE, CC + VMIN, (byte) 1);
      modes.set(ValueLayout.JAVA_BYTE, CC + VTIME, (byte) 0);
      return Libc.call("tcsetattr", fd, TCSADRAIN, modes.address());
    }
  }

  /** Back to the modes from before; 0 or an error. */
  static synchronized int restore(int fd) {
    byte[] original = ORIGINALS.remove(fd);
    if (original == null) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment modes = arena.allocate(TERMIOS_SIZE, 4);
      modes.copyFrom(MemorySegment.ofArray(original));
      return Libc.call("tcsetattr", fd, TCSADRAIN, modes.address());
    }
  }

  private static void change(MemorySegment modes, long offset, int cleared, int set) {
    modes.set(
        ValueLayout.JAVA_INT, offset, modes.get(ValueLayout.JAVA_INT, offset) & ~cleared | set);
  }
}
