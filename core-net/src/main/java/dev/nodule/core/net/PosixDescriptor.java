package dev.nodule.core.net;

import dev.nodule.api.Errno;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

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

  private static final Linker LINKER = Linker.nativeLinker();
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle FCNTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("fcntl"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle GETSOCKOPT =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("getsockopt"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              POINTER,
              POINTER));

  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private PosixDescriptor() {}

  /** Makes the descriptor non-blocking; 0 or an error. */
  static int unblock(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int flags = (int) FCNTL.invokeExact(state, fd, F_GETFL, 0);
      if (flags >= 0 && (flags & O_NONBLOCK) == 0) {
        flags = (int) FCNTL.invokeExact(state, fd, F_SETFL, flags | O_NONBLOCK);
      }
      return flags < 0 ? -(int) ERRNO.get(state, 0L) : 0;
    } catch (Throwable e) {
      return -Errno.ENOSYS.number();
    }
  }

  /**
   * Another open file description of the same file, not shared with other processes; the number
   * given if there is none.
   */
  static int reopen(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int opened =
          (int)
              OPEN.invokeExact(
                  arena.allocateFrom("/proc/self/fd/" + fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
      return opened < 0 ? fd : opened;
    } catch (Throwable e) {
      return fd;
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
      int status = (int) GETSOCKOPT.invokeExact(fd, SOL_SOCKET, name, value, length);
      return status == 0 ? value.get(ValueLayout.JAVA_INT, 0) : -1;
    } catch (Throwable e) {
      return -1;
    }
  }
}
