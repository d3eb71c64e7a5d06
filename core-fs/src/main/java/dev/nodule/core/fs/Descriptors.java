package dev.nodule.core.fs;

import dev.nodule.api.Bytes;
import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The calls on numeric file descriptors. */
final class Descriptors {
  static final int O_CLOEXEC = 0x80000;

  private static final MemorySegment OPEN = Libc.function("open");
  private static final MemorySegment CLOSE = Libc.function("close");
  private static final MemorySegment READ = Libc.function("read");
  private static final MemorySegment PREAD = Libc.function("pread");
  private static final MemorySegment WRITE = Libc.function("write");
  private static final MemorySegment PWRITE = Libc.function("pwrite");
  private static final MemorySegment FTRUNCATE = Libc.function("ftruncate");
  private static final MemorySegment FSYNC = Libc.function("fsync");
  private static final MemorySegment FDATASYNC = Libc.function("fdatasync");

  private Descriptors() {}

  static int open(FilePath path, int flags, int mode) {
    return path.check(Libc.call(OPEN, path.address(0, "open"), flags | O_CLOEXEC, mode), "open");
  }

  /** As {@link #open}, but gives the negated errno. */
  static int tryOpen(FilePath path, int flags, int mode) {
    return Libc.call(OPEN, path.address(0, "open"), flags | O_CLOEXEC, mode);
  }

  static void close(int fd) {
    // Not to be repeated after EINTR: Linux has closed the descriptor by then.
    check(Libc.call(CLOSE, fd), "close");
  }

  static void closeQuietly(int fd) {
    Libc.call(CLOSE, fd);
  }

  /**
   * Reads up to {@code target}'s length at {@code position}, or where the file stands if that is
   * negative.
   */
  static int read(int fd, Bytes target, long position) {
    return read(fd, target.array(), target.offset(), target.length(), position);
  }

  static int read(int fd, byte[] array, int offset, int length, long position) {
    int done = 0;
    while (true) {
      int piece = Math.min(length - done, Scratch.MAX_BUFFER);
      MemorySegment buffer = Scratch.get().buffer(piece);
      int n =
          position < 0
              ? Libc.call(READ, fd, buffer.address(), piece)
              : Libc.call(PREAD, fd, buffer.address(), piece, position + done);
      if (n < 0) {
        if (done > 0) {
          return done;
        }
        throw new SystemException(Errno.of(-n), "read");
      }
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, array, offset + done, n);
      done += n;
      if (n < piece || n == 0 || done == length) {
        return done;
      }
    }
  }

  static long readInto(int fd, List<Bytes> targets, long position) {
    long done = 0;
    for (Bytes target : targets) {
      if (target.length() == 0) {
        continue;
      }
      int n = read(fd, target, position < 0 ? position : position + done);
      done += n;
      if (n < target.length()) {
        break;
      }
    }
    return done;
  }

  /**
   * Writes at {@code position}, or where the file stands if that is negative; the number of bytes
   * written.
   */
  static int write(int fd, byte[] array, int offset, int length, long position) {
    int done = 0;
    while (true) {
      int piece = Math.min(length - done, Scratch.MAX_BUFFER);
      MemorySegment buffer = Scratch.get().buffer(piece);
      MemorySegment.copy(array, offset + done, buffer, ValueLayout.JAVA_BYTE, 0, piece);
      int n =
          position < 0
              ? Libc.call(WRITE, fd, buffer.address(), piece)
              : Libc.call(PWRITE, fd, buffer.address(), piece, position + done);
      if (n < 0) {
        if (done > 0) {
          return done;
        }
        throw new SystemException(Errno.of(-n), "write");
      }
      done += n;
      if (n < piece || done == length) {
        return done;
      }
    }
  }

  /** Writes all of it, however many calls that takes. */
  static void writeAll(int fd, byte[] array, int offset, int length) {
    int done = 0;
    while (done < length) {
      done += write(fd, array, offset + done, length - done, -1);
    }
  }

  /**
   * One write of all sources, gathered: small ones are not worth a call each, and a pipe gets them
   * in one piece.
   */
  static long writeFrom(int fd, List<Bytes> sources, long position) {
    long total = 0;
    for (Bytes source : sources) {
      total += source.length();
    }
    if (total <= Scratch.MAX_BUFFER) {
      byte[] gathered = new byte[(int) total];
      int at = 0;
      for (Bytes source : sources) {
        System.arraycopy(source.array(), source.offset(), gathered, at, source.length());
        at += source.length();
      }
      return write(fd, gathered, 0, gathered.length, position);
    }
    long done = 0;
    for (Bytes source : sources) {
      int n =
          write(
              fd,
              source.array(),
              source.offset(),
              source.length(),
              position < 0 ? position : position + done);
      done += n;
      if (n < source.length()) {
        break;
      }
    }
    return done;
  }

  static void truncate(int fd, long length) {
    check(Libc.call(FTRUNCATE, fd, length), "ftruncate");
  }

  static void sync(int fd) {
    check(Libc.call(FSYNC, fd), "fsync");
  }

  static void dataSync(int fd) {
    check(Libc.call(FDATASYNC, fd), "fdatasync");
  }

  static int check(int result, String syscall) {
    if (result < 0) {
      throw new SystemException(Errno.of(-result), syscall);
    }
    return result;
  }
}
