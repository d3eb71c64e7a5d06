package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.SystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mkdir}, {@code mkdtemp}, {@code rmdir}, {@code readdir} and {@code opendir}. */
final class DirectoryBinding {
  private static final byte[] NO_PARENT = {};

  private final ModuleContext context;

  DirectoryBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("mkdir", 4, this::mkdir);
    binding.function("mkdtemp", 3, this::mkdtemp);
    binding.function("rmdir", 2, this::rmdir);
    binding.function("readdir", 5, this::readdir);
    binding.function("opendir", 2, this::opendir);
    binding.function("readEntries", 3, this::readEntries);
    binding.function("closedir", 2, this::closedir);
  }

  /** {@code (path, mode, recursive, callback)}: the first directory that was made, if recursive. */
  private @Nullable Object mkdir(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    int mode = arguments.int32(1);
    boolean recursive = arguments.bool(2);
    boolean relative = path.bytes().length != FilePath.verbatim(arguments, 0).bytes().length;
    Path current = context.process().currentDirectory();
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          if (recursive) {
            if (relative && !Files.isDirectory(current)) {
              throw new SystemException(
                  Errno.ENOENT, "mkdir", path.text()); // it is not ours to bring back
            }
            FilePath first = Directories.makeAll(path, mode);
            return first == null ? null : Directories.text(first.bytes());
          }
          Directories.make(path, mode);
          return null;
        });
  }

  /** {@code (prefix, asBuffer, callback)}: the name, relative where the prefix was. */
  private @Nullable Object mkdtemp(Arguments arguments) {
    FilePath prefix = FilePath.of(arguments, 0, context.process());
    int added = prefix.bytes().length - FilePath.verbatim(arguments, 0).bytes().length;
    boolean asBuffer = arguments.bool(1);
    return context.blocking(
        arguments.callbackOrNull(2),
        () -> {
          byte[] made = Directories.makeTemporary(prefix);
          byte[] name = java.util.Arrays.copyOfRange(made, added, made.length);
          return asBuffer ? name : Directories.text(name);
        });
  }

  private @Nullable Object rmdir(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    return Work.run(context, arguments.callbackOrNull(1), () -> Directories.remove(path));
  }

  /**
   * {@code (path, asBuffers, withTypes, recursive, callback)}: the names; with types {@code [names,
   * types, parents]}, the parents relative to the path. Recursive names are relative to the path.
   */
  private @Nullable Object readdir(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    boolean asBuffers = arguments.bool(1);
    boolean withTypes = arguments.bool(2);
    boolean recursive = arguments.bool(3);
    return context.blocking(
        arguments.callbackOrNull(4),
        () -> {
          List<Object> names = new ArrayList<>();
          List<Object> types = new ArrayList<>();
          List<Object> parents = new ArrayList<>();
          Deque<Level> levels = new ArrayDeque<>();
          levels.add(new Level(path, FilePath.of(NO_PARENT)));
          while (!levels.isEmpty()) {
            Level level = levels.poll();
            for (Directories.Entry entry : Directories.list(level.directory)) {
              boolean root = level.relative.bytes().length == 0;
              FilePath below =
                  root ? FilePath.of(entry.name()) : level.relative.child(entry.name());
              byte[] shown = withTypes ? entry.name() : below.bytes();
              names.add(asBuffers ? shown : Directories.text(shown));
              if (withTypes || recursive) {
                int type = Directories.typeOf(level.directory, entry);
                if (withTypes) {
                  types.add(type);
                  parents.add(level.relative.text());
                }
                if (recursive && type == 2) {
                  levels.add(new Level(level.directory.child(entry.name()), below));
                }
              }
            }
          }
          return withTypes ? new Object[] {names, types, parents} : names;
        });
  }

  private record Level(FilePath directory, FilePath relative) {}

  private @Nullable Object opendir(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    return context.blocking(arguments.callbackOrNull(1), () -> Directories.open(path, "opendir"));
  }

  /**
   * {@code (fd, asBuffers, callback)}: some {@code [name, type, name, type, ...]}; empty at the
   * end.
   */
  private @Nullable Object readEntries(Arguments arguments) {
    int fd = arguments.int32(0);
    boolean asBuffers = arguments.bool(1);
    return context.blocking(
        arguments.callbackOrNull(2),
        () -> {
          List<Object> flat = new ArrayList<>();
          for (Directories.Entry entry : Directories.next(fd, "scandir")) {
            flat.add(asBuffers ? entry.name() : Directories.text(entry.name()));
            flat.add(entry.type());
          }
          return flat;
        });
  }

  private @Nullable Object closedir(Arguments arguments) {
    int fd = arguments.int32(0);
    return Work.run(context, arguments.callbackOrNull(1), () -> Descriptors.closeQuietly(fd));
  }
}
