package dev.nodule.core.fs;

import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Names and what they stand for: links, renames, real paths. */
final class Links {
  private static final MemorySegment LINK = Libc.function("link");
  private static final MemorySegment SYMLINK = Libc.function("symlink");
  private static final MemorySegment READLINK = Libc.function("readlink");
  private static final MemorySegment REALPATH = Libc.function("realpath");
  private static final MemorySegment RENAME = Libc.function("rename");
  private static final MemorySegment UNLINK = Libc.function("unlink");

  private Links() {}

  static void link(FilePath existing, FilePath path) {
    pair(LINK, "link", existing, path);
  }

  static void symlink(FilePath target, FilePath path) {
    pair(SYMLINK, "symlink", target, path);
  }

  static void rename(FilePath from, FilePath to) {
    pair(RENAME, "rename", from, to);
  }

  private static void pair(MemorySegment function, String syscall, FilePath from, FilePath to) {
    int result = Libc.call(function, from.address(0, syscall), to.address(1, syscall));
    if (result < 0) {
      throw new SystemException(Errno.of(-result), syscall, from.text(), to.text());
    }
  }

  static void unlink(FilePath path) {
    path.check(tryUnlink(path), "unlink");
  }

  static int tryUnlink(FilePath path) {
    return Libc.call(UNLINK, path.address(0, "unlink"));
  }

  static byte[] readlink(FilePath path) {
    long address = path.address(0, "readlink");
    MemorySegment buffer = Scratch.get().buffer(Scratch.PATH_MAX);
    int n =
        path.check(Libc.call(READLINK, address, buffer.address(), Scratch.PATH_MAX), "readlink");
    return buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
  }

  /** As the C library resolves it. */
  static byte[] realpath(FilePath path) {
    long address = path.address(0, "realpath");
    MemorySegment buffer = Scratch.get().buffer(Scratch.PATH_MAX);
    path.check(Libc.callForPointer(REALPATH, address, buffer.address()), "realpath");
    int end = 0;
    while (buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return buffer.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Fails as Node's own walk does that resolves name by name: by {@code lstat} of the first name
   * that is missing, or {@code stat} of a link that leads nowhere. Returns if there is none.
   */
  static void explainRealpath(FilePath path) {
    byte[] bytes = path.bytes();
    for (int end = 1; end <= bytes.length; end++) {
      if (end < bytes.length && bytes[end] != '/' || bytes[end - 1] == '/') {
        continue;
      }
      FilePath part = FilePath.of(Arrays.copyOf(bytes, end));
      if (Stats.lstat(part).type() == Stats.LINK) {
        Stats.stat(part);
        FilePath real = FilePath.of(realpath(part));
        if (end < bytes.length) {
          explainRealpath(real.child(Arrays.copyOfRange(bytes, end + 1, bytes.length)));
        }
        return;
      }
    }
  }
}
