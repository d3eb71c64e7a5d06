package dev.nodule.core.fs;

import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The mounted file system that holds a path. */
final class FileSystems {
  private static final MemorySegment STATFS = Libc.function("statfs");
  private static final int SIZE = 256;

  private FileSystems() {}

  /**
   * type, bsize, frsize, blocks, bfree, bavail, files, ffree: words of the structure on each 64-bit
   * Linux.
   */
  static long[] statfs(FilePath path) {
    long address = path.address(0, "statfs");
    MemorySegment buffer = Scratch.get().buffer(SIZE);
    path.check(Libc.call(STATFS, address, buffer.address()), "statfs");
    return new long[] {
      word(buffer, 0),
      word(buffer, 1),
      word(buffer, 9),
      word(buffer, 2),
      word(buffer, 3),
      word(buffer, 4),
      word(buffer, 5),
      word(buffer, 6),
    };
  }

  private static long word(MemorySegment segment, int index) {
    return segment.getAtIndex(ValueLayout.JAVA_LONG, index);
  }
}
