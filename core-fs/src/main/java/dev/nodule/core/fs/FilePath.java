package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Errno;
import dev.nodule.api.ProcessInfo;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Scratch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A path as JavaScript gave it (a string, or bytes where names are not text) and as the system gets
 * it: the process's current directory is not the JVM's, so a relative path is put behind it,
 * without normalization.
 *
 * @param bytes what the system gets, without the terminator
 * @param text what errors show
 */
record FilePath(byte[] bytes, String text) {
  /** "Relative to the current directory", in the {@code ...at} functions. */
  static final long AT_FDCWD = -100;

  private static final boolean NAMES_ARE_UTF8 =
      StandardCharsets.UTF_8.equals(
          Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));

  static FilePath of(Arguments arguments, int index, ProcessInfo process) {
    FilePath given = verbatim(arguments, index);
    byte[] bytes = given.bytes;
    if (bytes.length == 0 || bytes[0] == '/') {
      return given;
    }
    byte[] directory = process.currentDirectory().toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(directory, directory.length + 1 + bytes.length);
    whole[directory.length] = '/';
    System.arraycopy(bytes, 0, whole, directory.length + 1, bytes.length);
    return new FilePath(whole, given.text);
  }

  /** The path as it is: the target of a symbolic link, the prefix of a temporary directory. */
  static FilePath verbatim(Arguments arguments, int index) {
    if (arguments.isString(index)) {
      String text = arguments.string(index);
      return new FilePath(text.getBytes(StandardCharsets.UTF_8), text);
    }
    Bytes bytes = arguments.bytes(index);
    byte[] copy = bytes.copy();
    return new FilePath(copy, new String(copy, StandardCharsets.UTF_8));
  }

  static FilePath of(byte[] bytes) {
    return new FilePath(bytes, new String(bytes, StandardCharsets.UTF_8));
  }

  FilePath child(byte[] name) {
    boolean slash = bytes.length > 0 && bytes[bytes.length - 1] == '/';
    byte[] whole = Arrays.copyOf(bytes, bytes.length + (slash ? 0 : 1) + name.length);
    if (!slash) {
      whole[bytes.length] = '/';
    }
    System.arraycopy(name, 0, whole, whole.length - name.length, name.length);
    return new FilePath(
        whole, text + (slash ? "" : "/") + new String(name, StandardCharsets.UTF_8));
  }

  /** The address of the C string, in the first or second slot of this thread. */
  long address(int slot, String syscall) {
    if (bytes.length >= Scratch.PATH_MAX) {
      throw new SystemException(Errno.ENAMETOOLONG, syscall, text);
    }
    return Scratch.get().path(slot, bytes);
  }

  /** The same for the JDK, or null where the JDK cannot say that name. */
  @Nullable Path toPath() {
    if (bytes.length == 0) {
      return null;
    }
    if (!NAMES_ARE_UTF8) {
      for (byte b : bytes) {
        if (b < 0) {
          return null;
        }
      }
    }
    try {
      return Path.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Fails as the system call did, unless {@code result} is one of success. */
  int check(int result, String syscall) {
    if (result < 0) {
      throw new SystemException(Errno.of(-result), syscall, text);
    }
    return result;
  }
}
