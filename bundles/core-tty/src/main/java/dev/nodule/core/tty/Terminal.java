package dev.nodule.core.tty;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
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

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO_OPTION = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle ISATTY =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("isatty"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2),
          ERRNO_OPTION);
  private static final MethodHandle TCGETATTR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("tcgetattr"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
          ERRNO_OPTION);
  private static final MethodHandle TCSETATTR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("tcsetattr"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS),
          ERRNO_OPTION);

  /** The modes that terminals had before they were made raw. */
  private static final Map<Integer, byte[]> ORIGINALS = new HashMap<>();

  private Terminal() {}

  static boolean isTerminal(int fd) {
    try {
      return (int) ISATTY.invokeExact(fd) == 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** [columns, rows], or null if the descriptor has none. */
  static @Nullable Object windowSize(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment size = arena.allocate(8);
      if ((int) IOCTL.invokeExact(state, fd, TIOCGWINSZ, size) != 0) {
        return null;
      }
      int rows = size.get(ValueLayout.JAVA_SHORT, 0) & 0xffff;
      int columns = size.get(ValueLayout.JAVA_SHORT, 2) & 0xffff;
      return new Object[] {columns, rows};
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** 0 or an error. */
  static synchronized int setRawMode(int fd, boolean raw) {
    if (!raw) {
      return restore(fd);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment modes = arena.allocate(TERMIOS_SIZE, 4);
      if ((int) TCGETATTR.invokeExact(state, fd, modes) != 0) {
        return error(state);
      }
      ORIGINALS.putIfAbsent(fd, modes.toArray(ValueLayout.JAVA_BYTE));
      change(modes, IFLAG, BRKINT | ICRNL | INPCK | ISTRIP | IXON, 0);
      change(modes, OFLAG, 0, ONLCR);
      change(modes, CFLAG, 0, CS8);
      change(modes, LFLAG, ECHO | ICANON | IEXTEN | ISIG, 0);
      modes.set(ValueLayout.JAVA_BYTE, CC + VMIN, (byte) 1);
      modes.set(ValueLayout.JAVA_BYTE, CC + VTIME, (byte) 0);
      return (int) TCSETATTR.invokeExact(state, fd, TCSADRAIN, modes) == 0 ? 0 : error(state);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Back to the modes from before; 0 or an error. */
  static synchronized int restore(int fd) {
    byte[] original = ORIGINALS.remove(fd);
    if (original == null) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment modes = arena.allocate(TERMIOS_SIZE, 4);
      modes.copyFrom(MemorySegment.ofArray(original));
      return (int) TCSETATTR.invokeExact(state, fd, TCSADRAIN, modes) == 0 ? 0 : error(state);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void change(MemorySegment modes, long offset, int cleared, int set) {
    modes.set(
        ValueLayout.JAVA_INT, offset, modes.get(ValueLayout.JAVA_INT, offset) & ~cleared | set);
  }

  private static int error(MemorySegment state) {
    return -(int) ERRNO.get(state, 0L);
  }
}
