package dev.nodule.core.fs;

import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * What {@code statx} and {@code statfs} report; {@code statx} because its structure is the same on
 * every machine.
 *
 * @param fields dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then seconds and
 *     nanoseconds of atime, mtime, ctime and birthtime
 */
record Stats(long[] fields) {
  static final int DIRECTORY = 0040000;
  static final int LINK = 0120000;
  static final int REGULAR = 0100000;

  private static final MemorySegment STATX = Libc.function("statx");
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS_AND_BTIME = 0xfff;
  private static final int SIZE = 256;
  private static final byte[] EMPTY = "".getBytes(StandardCharsets.UTF_8);

  static Stats stat(FilePath path) {
    return read(path.check(statx(path, 0, "stat"), "stat"));
  }

  static Stats lstat(FilePath path) {
    return read(path.check(statx(path, AT_SYMLINK_NOFOLLOW, "lstat"), "lstat"));
  }

  static Stats fstat(int fd) {
    long empty = Scratch.get().path(0, EMPTY);
    long buffer = Scratch.get().buffer(SIZE).address();
    return read(
        Descriptors.check(
            Libc.call(STATX, fd, empty, AT_EMPTY_PATH, STATX_BASIC_STATS_AND_BTIME, buffer),
            "fstat"));
  }

  /** The type bits of the file's mode, or the negated errno. */
  static int typeOf(FilePath path, boolean follow) {
    int result = statx(path, follow ? 0 : AT_SYMLINK_NOFOLLOW, follow ? "stat" : "lstat");
    return result < 0 ? result : read(result).type();
  }

  int type() {
    return (int) fields[1] & 0170000;
  }

  int mode() {
    return (int) fields[1];
  }

  long size() {
    return fields[8];
  }

  boolean isSameFile(Stats other) {
    return fields[0] == other.fields[0] && fields[7] == other.fields[7];
  }

  private static int statx(FilePath path, int flags, String syscall) {
    long address = path.address(0, syscall);
    long buffer = Scratch.get().buffer(SIZE).address();
    return Libc.call(STATX, FilePath.AT_FDCWD, address, flags, STATX_BASIC_STATS_AND_BTIME, buffer);
  }

  private static Stats read(int ignoredSuccess) {
    MemorySegment s = Scratch.get().buffer(SIZE);
    return new Stats(
        new long[] {
          device(u32(s, 136), u32(s, 140)),
          s.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
          u32(s, 16),
          u32(s, 20),
          u32(s, 24),
          device(u32(s, 128), u32(s, 132)),
          u32(s, 4),
          s.get(ValueLayout.JAVA_LONG, 32),
          s.get(ValueLayout.JAVA_LONG, 40),
          s.get(ValueLayout.JAVA_LONG, 48),
          s.get(ValueLayout.JAVA_LONG, 64),
          u32(s, 72),
          s.get(ValueLayout.JAVA_LONG, 112),
          u32(s, 120),
          s.get(ValueLayout.JAVA_LONG, 96),
          u32(s, 104),
          s.get(ValueLayout.JAVA_LONG, 80),
          u32(s, 88),
        });
  }

  private static long u32(MemorySegment segment, long offset) {
    return segment.get(ValueLayout.JAVA_INT, offset) & 0xffff_ffffL;
  }

  /** The C library's {@code makedev}. */
  private static long device(long major, long minor) {
    return (major & 0xffff_f000L) << 32
        | (major & 0xfff) << 8
        | (minor & 0xffff_ff00L) << 12
        | minor & 0xff;
  }
}
