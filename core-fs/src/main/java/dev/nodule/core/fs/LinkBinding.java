package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.SystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code link}, {@code symlink}, {@code readlink}, {@code rename}, {@code unlink}, {@code realpath}
 * and {@code copyFile}.
 */
final class LinkBinding {
  private final ModuleContext context;

  LinkBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("link", 3, arguments -> pair(arguments, Links::link));
    binding.function("rename", 3, arguments -> pair(arguments, Links::rename));
    binding.function("symlink", 3, this::symlink);
    binding.function("readlink", 3, this::readlink);
    binding.function("unlink", 2, this::unlink);
    binding.function("realpath", 4, this::realpath);
    binding.function("copyFile", 4, this::copyFile);
  }

  private interface Pair {
    void run(FilePath from, FilePath to);
  }

  private @Nullable Object pair(Arguments arguments, Pair call) {
    FilePath from = FilePath.of(arguments, 0, context.process());
    FilePath to = FilePath.of(arguments, 1, context.process());
    return Work.run(context, arguments.callbackOrNull(2), () -> call.run(from, to));
  }

  private @Nullable Object symlink(Arguments arguments) {
    FilePath target = FilePath.verbatim(arguments, 0);
    FilePath path = FilePath.of(arguments, 1, context.process());
    return Work.run(context, arguments.callbackOrNull(2), () -> Links.symlink(target, path));
  }

  private @Nullable Object readlink(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean asBuffer = arguments.bool(1);
    return context.blocking(
        arguments.callbackOrNull(2), () -> name(Links.readlink(path), asBuffer));
  }

  private @Nullable Object unlink(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    return Work.run(context, arguments.callbackOrNull(1), () -> Links.unlink(path));
  }

  /**
   * {@code (path, asBuffer, byWalk, callback)}: with {@code byWalk}, errors as of a walk name by
   * name.
   */
  private @Nullable Object realpath(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean asBuffer = arguments.bool(1);
    boolean byWalk = arguments.bool(2);
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          Path jdk = path.toPath();
          if (jdk != null) {
            try {
              return name(jdk.toRealPath().toString().getBytes(StandardCharsets.UTF_8), asBuffer);
            } catch (IOException e) {
              // The C library says what is wrong.
            }
          }
          try {
            return name(Links.realpath(path), asBuffer);
          } catch (SystemException e) {
            if (byWalk) {
              Links.explainRealpath(path);
            }
            throw e;
          }
        });
  }

  private @Nullable Object copyFile(Arguments arguments) {
    FilePath from = FilePath.of(arguments, 0, context.process());
    FilePath to = FilePath.of(arguments, 1, context.process());
    int mode = arguments.int32(2);
    return Work.run(context, arguments.callbackOrNull(3), () -> FileCopy.copy(from, to, mode));
  }

  private static Object name(byte[] name, boolean asBuffer) {
    return asBuffer ? name : Directories.text(name);
  }
}
