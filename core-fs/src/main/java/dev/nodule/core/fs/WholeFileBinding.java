package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.posix.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A whole file read or written in one go, on one thread: the callers see the first byte only with
 * the last anyway.
 */
final class WholeFileBinding {
  private static final int FIRST_OF_UNKNOWN_SIZE = 1 << 16;
  private static final char REPLACEMENT = '\uFFFD';

  private final ModuleContext context;

  WholeFileBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("readFile", 4, this::readFile);
    binding.function("writeFile", 6, this::writeFile);
  }

  /** {@code (path or fd, flags, asText, callback)}: bytes, or UTF-8 text unless it is malformed. */
  private @Nullable Object readFile(Arguments arguments) {
    FilePath path = pathOrNull(arguments);
    int fd = path == null ? arguments.int32(0) : -1;
    int flags = arguments.int32(1);
    boolean asText = arguments.bool(2);
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          byte[] bytes = path == null ? readAll(fd) : read(path, flags);
          if (asText) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            // JavaScript's rule where malformed bytes begin anew is not Java's: its own decoder has
            // to see them.
            if (text.indexOf(REPLACEMENT) < 0) {
              return text;
            }
          }
          return bytes;
        });
  }

  private static byte[] read(FilePath path, int flags) {
    if (flags == 0) {
      // The JDK's way spares a starting program the C library's linking; only the C library knows
      // what an error is.
      Path jdk = path.toPath();
      byte[] given = path.bytes();
      if (jdk != null && given[given.length - 1] != '/') {
        try {
          return Files.readAllBytes(jdk);
        } catch (IOException | OutOfMemoryError e) {
          // As below.
        }
      }
    }
    int fd = Descriptors.open(path, flags, 0666);
    try {
      return readAll(fd);
    } finally {
      Descriptors.closeQuietly(fd);
    }
  }

  private static byte[] readAll(int fd) {
    Stats stats = Stats.fstat(fd);
    boolean regular = stats.type() == Stats.REGULAR;
    long size = regular ? stats.size() : 0;
    if (size > Integer.MAX_VALUE) {
      throw new NodeException(
          NodeException.Kind.RANGE_ERROR,
          "ERR_FS_FILE_TOO_LARGE",
          "File size (" + size + ") is greater than 2 GiB");
    }
    byte[] bytes = new byte[size > 0 ? (int) size : FIRST_OF_UNKNOWN_SIZE];
    int length = 0;
    while (true) {
      if (length == bytes.length) {
        if (size > 0) {
          return bytes;
        }
        bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
      }
      int n =
          Descriptors.read(
              fd, bytes, length, Math.min(bytes.length - length, Scratch.MAX_BUFFER), -1);
      if (n == 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      length += n;
    }
  }

  /**
   * {@code (path or fd, bytes or string, flags, mode, flush, callback)}; a string is written as
   * UTF-8.
   */
  private @Nullable Object writeFile(Arguments arguments) {
    FilePath path = pathOrNull(arguments);
    int given = path == null ? arguments.int32(0) : -1;
    Bytes data;
    if (arguments.isString(1)) {
      byte[] utf8 = arguments.string(1).getBytes(StandardCharsets.UTF_8);
      data = new Bytes(utf8, 0, utf8.length);
    } else {
      data = arguments.bytes(1);
    }
    int flags = arguments.int32(2);
    int mode = arguments.int32(3);
    boolean flush = arguments.bool(4);
    return Work.run(
        context,
        arguments.callbackOrNull(5),
        () -> {
          int fd = path == null ? given : Descriptors.open(path, flags, mode);
          try {
            Descriptors.writeAll(fd, data.array(), data.offset(), data.length());
            if (flush) {
              Descriptors.sync(fd);
            }
          } finally {
            if (path != null) {
              Descriptors.closeQuietly(fd);
            }
          }
        });
  }

  private @Nullable FilePath pathOrNull(Arguments arguments) {
    return arguments.isString(0) || arguments.isBytes(0)
        ? FilePath.of(arguments, 0, context.process())
        : null;
  }
}
