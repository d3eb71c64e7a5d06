package dev.nodule.core.fs;

import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Libc;
import java.lang.foreign.MemorySegment;

/** Copies one regular file inside the kernel, as libuv's {@code uv_fs_copyfile} does. */
final class FileCopy {
  private static final MemorySegment IOCTL = Libc.function("ioctl");
  private static final MemorySegment COPY_FILE_RANGE = Libc.function("copy_file_range");
  private static final int EXCL = 1;
  private static final int FICLONE = 2;
  private static final int FICLONE_FORCE = 4;
  private static final long FICLONE_REQUEST = 0x40049409L;
  private static final int O_WRONLY_CREAT = 0101;
  private static final int O_EXCL = 0200;
  private static final long PIECE = 1L << 30;

  private FileCopy() {}

  static void copy(FilePath from, FilePath to, int mode) {
    int in = check(Descriptors.tryOpen(from, 0, 0), from, to);
    try {
      Stats source = Stats.fstat(in);
      if (source.type() == Stats.DIRECTORY) {
        // A directory opens for reading, but has no bytes to copy.
        int out =
            Descriptors.tryOpen(
                to, O_WRONLY_CREAT | ((mode & EXCL) != 0 ? O_EXCL : 0), source.mode() & 0777);
        if (out >= 0) {
          Descriptors.closeQuietly(out);
          Links.tryUnlink(to);
        }
        throw new SystemException(
            out == -Errno.EEXIST.number() ? Errno.EEXIST : out < 0 ? Errno.of(-out) : Errno.EISDIR,
            "copyfile",
            from.text(),
            to.text());
      }
      int out =
          check(
              Descriptors.tryOpen(
                  to, O_WRONLY_CREAT | ((mode & EXCL) != 0 ? O_EXCL : 0), source.mode()),
              from,
              to);
      boolean whole = false;
      boolean same = false;
      try {
        Stats target = Stats.fstat(out);
        same = target.isSameFile(source);
        if (!same) {
          if (target.size() > 0) {
            Descriptors.truncate(out, 0);
          }
          Attributes.chmod(out, source.mode() & 07777);
          fill(in, out, mode, from, to);
        }
        whole = true;
      } finally {
        Descriptors.closeQuietly(out);
        if (!whole && !same) {
          Links.tryUnlink(to);
        }
      }
    } finally {
      Descriptors.closeQuietly(in);
    }
  }

  private static void fill(int in, int out, int mode, FilePath from, FilePath to) {
    if ((mode & (FICLONE | FICLONE_FORCE)) != 0) {
      int result = Libc.call(IOCTL, out, FICLONE_REQUEST, in);
      if (result >= 0) {
        return;
      }
      if ((mode & FICLONE_FORCE) != 0) {
        check(result, from, to);
      }
    }
    boolean first = true;
    while (true) {
      int n = Libc.call(COPY_FILE_RANGE, in, 0, out, 0, PIECE, 0);
      if (n > 0) {
        first = false;
        continue;
      }
      if (n == 0 && !first) {
        return;
      }
      // Not between these file systems, or a file (of /proc) that says 0: by hand, from where it
      // stands.
      byte[] piece = new byte[1 << 16];
      for (int read = Descriptors.read(in, piece, 0, piece.length, -1); read > 0; ) {
        Descriptors.writeAll(out, piece, 0, read);
        read = Descriptors.read(in, piece, 0, piece.length, -1);
      }
      return;
    }
  }

  private static int check(int result, FilePath from, FilePath to) {
    if (result < 0) {
      throw new SystemException(Errno.of(-result), "copyfile", from.text(), to.text());
    }
    return result;
  }
}
