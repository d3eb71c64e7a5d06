package dev.nodule.core.fs;

import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Permissions, owners and times. */
final class Attributes {
  private static final MemorySegment ACCESS = Libc.function("access");
  private static final MemorySegment CHMOD = Libc.function("chmod");
  private static final MemorySegment FCHMOD = Libc.function("fchmod");
  private static final MemorySegment CHOWN = Libc.function("chown");
  private static final MemorySegment FCHOWN = Libc.function("fchown");
  private static final MemorySegment LCHOWN = Libc.function("lchown");
  private static final MemorySegment UTIMENSAT = Libc.function("utimensat");
  private static final MemorySegment FUTIMENS = Libc.function("futimens");
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final long UTIME_NOW = (1L << 30) - 1;
  private static final long UTIME_OMIT = (1L << 30) - 2;

  private Attributes() {}

  static void access(FilePath path, int mode) {
    path.check(Libc.call(ACCESS, path.address(0, "access"), mode), "access");
  }

  static void chmod(FilePath path, int mode) {
    path.check(Libc.call(CHMOD, path.address(0, "chmod"), mode), "chmod");
  }

  static void chmod(int fd, int mode) {
    Descriptors.check(Libc.call(FCHMOD, fd, mode), "fchmod");
  }

  static void chown(FilePath path, int uid, int gid) {
    path.check(Libc.call(CHOWN, path.address(0, "chown"), uid, gid), "chown");
  }

  static void chown(int fd, int uid, int gid) {
    Descriptors.check(Libc.call(FCHOWN, fd, uid, gid), "fchown");
  }

  static void lchown(FilePath path, int uid, int gid) {
    path.check(Libc.call(LCHOWN, path.address(0, "lchown"), uid, gid), "lchown");
  }

  /** Times in seconds; infinity is now, NaN leaves one as it is. */
  static void utimes(FilePath path, double accessed, double modified) {
    long address = path.address(0, "utime");
    path.check(
        Libc.call(UTIMENSAT, FilePath.AT_FDCWD, address, times(accessed, modified), 0), "utime");
  }

  static void lutimes(FilePath path, double accessed, double modified) {
    long address = path.address(0, "lutime");
    path.check(
        Libc.call(
            UTIMENSAT, FilePath.AT_FDCWD, address, times(accessed, modified), AT_SYMLINK_NOFOLLOW),
        "lutime");
  }

  static void utimes(int fd, double accessed, double modified) {
    Descriptors.check(Libc.call(FUTIMENS, fd, times(accessed, modified)), "futime");
  }

  private static long times(double accessed, double modified) {
    MemorySegment buffer = Scratch.get().buffer(32);
    put(buffer, 0, accessed);
    put(buffer, 2, modified);
    return buffer.address();
  }

  private static void put(MemorySegment buffer, int index, double seconds) {
    long whole = 0;
    long nanos;
    if (Double.isNaN(seconds)) {
      nanos = UTIME_OMIT;
    } else if (Double.isInfinite(seconds)) {
      nanos = UTIME_NOW;
    } else {
      whole = (long) seconds;
      // To whole microseconds, as libuv does: a double holds little more of today's time.
      nanos = (long) ((seconds - whole) * 1e9);
      nanos -= nanos % 1000;
      if (nanos < 0) {
        nanos += 1_000_000_000;
        whole--;
      }
    }
    buffer.setAtIndex(ValueLayout.JAVA_LONG, index, whole);
    buffer.setAtIndex(ValueLayout.JAVA_LONG, index + 1, nanos);
  }
}
