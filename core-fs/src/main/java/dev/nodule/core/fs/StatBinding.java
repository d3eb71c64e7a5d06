package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.SystemException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * {@code stat}, {@code lstat}, {@code fstat}, {@code statfs}, {@code access} and {@code exists}.
 * Numbers are JavaScript numbers or, where asked for, BigInts.
 */
final class StatBinding {
  private final ModuleContext context;

  StatBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("stat", 4, this::stat);
    binding.function("lstat", 4, this::lstat);
    binding.function("fstat", 3, this::fstat);
    binding.function("statfs", 3, this::statfs);
    binding.function("access", 3, this::access);
    binding.function("exists", 2, this::exists);
    binding.function("typeOf", 2, this::typeOf);
  }

  /** {@code (path, bigint, throwIfNoEntry, callback)}. */
  private @Nullable Object stat(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean big = arguments.bool(1);
    boolean lenient = !arguments.bool(2);
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          try {
            return numbers(Stats.stat(path).fields(), big);
          } catch (SystemException e) {
            return absent(e, lenient);
          }
        });
  }

  private @Nullable Object lstat(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean big = arguments.bool(1);
    boolean lenient = !arguments.bool(2);
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          try {
            return numbers(Stats.lstat(path).fields(), big);
          } catch (SystemException e) {
            return absent(e, lenient);
          }
        });
  }

  private static @Nullable Object absent(SystemException e, boolean lenient) {
    if (lenient && (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR)) {
      return null;
    }
    throw e;
  }

  private @Nullable Object fstat(Arguments arguments) {
    int fd = arguments.int32(0);
    boolean big = arguments.bool(1);
    return context.blocking(
        arguments.callbackOrNull(2), () -> numbers(Stats.fstat(fd).fields(), big));
  }

  private @Nullable Object statfs(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean big = arguments.bool(1);
    return context.blocking(
        arguments.callbackOrNull(2), () -> numbers(FileSystems.statfs(path), big));
  }

  private @Nullable Object access(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    int mode = arguments.int32(1);
    return Work.run(context, arguments.callbackOrNull(2), () -> Attributes.access(path, mode));
  }

  /** The JDK's own look-up does here, and spares a starting program the C library's linking. */
  private @Nullable Object exists(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    return context.blocking(
        arguments.callbackOrNull(1),
        () -> {
          Path jdk = path.toPath();
          if (jdk == null) {
            return path.bytes().length > 0 && Stats.typeOf(path, true) >= 0;
          }
          try {
            // A trailing slash asks for a directory; Path drops it.
            byte[] bytes = path.bytes();
            boolean directory = bytes.length > 1 && bytes[bytes.length - 1] == '/';
            return Files.readAttributes(jdk, BasicFileAttributes.class).isDirectory() || !directory;
          } catch (NoSuchFileException e) {
            return false;
          } catch (IOException e) {
            return Stats.typeOf(path, true) >= 0;
          }
        });
  }

  /** {@code (path, follow)}: the type bits of the mode, or the negated errno; synchronous. */
  private @Nullable Object typeOf(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    return Stats.typeOf(path, arguments.bool(1));
  }

  private static Object[] numbers(long[] fields, boolean big) {
    Object[] numbers = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      numbers[i] = big ? BigInteger.valueOf(fields[i]) : (Object) (double) fields[i];
    }
    return numbers;
  }
}
