package dev.nodule.core.fs;

import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Libc;
import dev.nodule.posix.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Making, reading and removing directories. */
final class Directories {
  private static final MemorySegment MKDIR = Libc.function("mkdir");
  private static final MemorySegment MKDTEMP = Libc.function("mkdtemp");
  private static final MemorySegment RMDIR = Libc.function("rmdir");
  private static final MemorySegment GETDENTS = Libc.function("getdents64");
  private static final int O_DIRECTORY =
      "aarch64".equals(System.getProperty("os.arch")) ? 0x4000 : 0x10000;
  private static final int BATCH = 1 << 15;

  private Directories() {}

  /**
   * One entry.
   *
   * @param type one of the UV_DIRENT numbers
   */
  record Entry(byte[] name, int type) {}

  static void make(FilePath path, int mode) {
    path.check(Libc.call(MKDIR, path.address(0, "mkdir"), mode), "mkdir");
  }

  /**
   * Makes the directory and its missing parents; the first that was made, or null if all were
   * there.
   */
  static @Nullable FilePath makeAll(FilePath path, int mode) {
    Deque<FilePath> missing = new ArrayDeque<>();
    missing.push(path);
    FilePath first = null;
    FilePath refused = null;
    while (!missing.isEmpty()) {
      FilePath next = missing.peek();
      int result = Libc.call(MKDIR, next.address(0, "mkdir"), mode);
      if (result == 0) {
        missing.pop();
        first = first == null ? next : first;
      } else if (result == -Errno.ENOENT.number()) {
        FilePath parent = parent(next);
        if (parent == null) {
          throw new SystemException(Errno.ENOENT, "mkdir", path.text());
        }
        missing.push(parent);
      } else if (result == -Errno.ENOTDIR.number()
          || result == -Errno.EACCES.number()
          || result == -Errno.EPERM.number()) {
        throw new SystemException(Errno.of(-result), "mkdir", path.text());
      } else {
        missing.pop();
        int type = Stats.typeOf(next, true);
        if (type != Stats.DIRECTORY) {
          boolean inTheWay = result == -Errno.EEXIST.number() && !missing.isEmpty();
          throw new SystemException(
              inTheWay ? Errno.ENOTDIR : Errno.of(-result), "mkdir", path.text());
        }
        if (!missing.isEmpty() && missing.peek() == refused) {
          // A file system that makes no directories says so again and again.
          throw new SystemException(Errno.ENOENT, "mkdir", path.text());
        }
        refused = missing.peek();
      }
    }
    return first;
  }

  private static @Nullable FilePath parent(FilePath path) {
    byte[] bytes = path.bytes();
    int end = bytes.length;
    while (end > 1 && bytes[end - 1] == '/') {
      end--;
    }
    while (end > 0 && bytes[end - 1] != '/') {
      end--;
    }
    while (end > 1 && bytes[end - 1] == '/') {
      end--;
    }
    return end == 0 || end == bytes.length ? null : FilePath.of(Arrays.copyOf(bytes, end));
  }

  /**
   * Makes a directory of a fresh name; the system fills in the six characters behind {@code
   * prefix}.
   */
  static byte[] makeTemporary(FilePath prefix) {
    byte[] template = Arrays.copyOf(prefix.bytes(), prefix.bytes().length + 6);
    Arrays.fill(template, template.length - 6, template.length, (byte) 'X');
    String shown = prefix.text() + "XXXXXX";
    long address = new FilePath(template, shown).address(0, "mkdtemp");
    int result = Libc.callForPointer(MKDTEMP, address);
    if (result < 0) {
      throw new SystemException(Errno.of(-result), "mkdtemp", shown);
    }
    MemorySegment segment = MemorySegment.ofAddress(address).reinterpret(template.length);
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }

  static void remove(FilePath path) {
    path.check(tryRemove(path), "rmdir");
  }

  static int tryRemove(FilePath path) {
    return Libc.call(RMDIR, path.address(0, "rmdir"));
  }

  /** A descriptor of the directory, to be read by {@link #next} and closed. */
  static int open(FilePath path, String syscall) {
    return path.check(Descriptors.tryOpen(path, O_DIRECTORY, 0), syscall);
  }

  /**
   * The next entries, in the file system's order and without {@code .} and {@code ..}; none at the
   * end.
   */
  static List<Entry> next(int fd, String syscall) {
    List<Entry> entries = new ArrayList<>();
    while (entries.isEmpty()) {
      MemorySegment buffer = Scratch.get().buffer(BATCH);
      int size = Descriptors.check(Libc.call(GETDENTS, fd, buffer.address(), BATCH), syscall);
      if (size == 0) {
        break;
      }
      // struct dirent64: inode 8 bytes, offset 8, record length 2, type 1, name.
      for (int at = 0; at < size; ) {
        int length = buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16) & 0xffff;
        int end = at + 19;
        while (buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
          end++;
        }
        byte[] name = buffer.asSlice(at + 19, end - at - 19).toArray(ValueLayout.JAVA_BYTE);
        if (!isDots(name)) {
          entries.add(new Entry(name, direntType(buffer.get(ValueLayout.JAVA_BYTE, at + 18))));
        }
        at += length;
      }
    }
    return entries;
  }

  /** All entries in the order of their names' bytes. */
  static List<Entry> list(FilePath path) {
    int fd = open(path, "scandir");
    try {
      List<Entry> all = new ArrayList<>();
      for (List<Entry> some = next(fd, "scandir"); !some.isEmpty(); some = next(fd, "scandir")) {
        all.addAll(some);
      }
      all.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
      return all;
    } finally {
      Descriptors.closeQuietly(fd);
    }
  }

  /** The type of an entry, by {@code lstat} where the file system does not tell. */
  static int typeOf(FilePath directory, Entry entry) {
    return entry.type != 0
        ? entry.type
        : direntType(Stats.typeOf(directory.child(entry.name), false) >>> 12);
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.');
  }

  /** The kernel's DT number, which is a mode's type bits, as libuv's. */
  private static int direntType(int dt) {
    return switch (dt) {
      case 8 -> 1;
      case 4 -> 2;
      case 10 -> 3;
      case 1 -> 4;
      case 12 -> 5;
      case 2 -> 6;
      case 6 -> 7;
      default -> 0;
    };
  }

  static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
