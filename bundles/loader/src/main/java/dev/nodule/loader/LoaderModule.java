package dev.nodule.loader;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.SystemException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The core module {@code module}. */
public final class LoaderModule extends ScriptModule {
  private static final int IS_FILE = 0;
  private static final int IS_DIRECTORY = 1;
  private static final int IS_ABSENT = -2;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("stat", 1, arguments -> stat(path(context, arguments)))
        .function(
            "readText", 1, arguments -> readText(arguments.string(0), path(context, arguments)))
        .function("readTextOrUndefined", 1, arguments -> readTextOrNull(path(context, arguments)))
        .function(
            "realpath", 1, arguments -> realpath(arguments.string(0), path(context, arguments)));
  }

  private static Path path(ModuleContext context, Arguments arguments) {
    return context.process().resolve(arguments.string(0));
  }

  /** One system call, no exceptions: most look-ups of a resolution miss. */
  private static int stat(Path path) {
    File file = path.toFile();
    if (file.isDirectory()) {
      return IS_DIRECTORY;
    }
    return file.exists() ? IS_FILE : IS_ABSENT;
  }

  private static String readText(String name, Path path) {
    try {
      return decode(Files.readAllBytes(path));
    } catch (IOException e) {
      throw systemException(e, "open", name);
    }
  }

  private static @Nullable String readTextOrNull(Path path) {
    if (!path.toFile().isFile()) {
      return null;
    }
    try {
      return decode(Files.readAllBytes(path));
    } catch (IOException e) {
      return null;
    }
  }

  private static String decode(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String realpath(String name, Path path) {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      throw systemException(e, "realpath", name);
    }
  }

  private static SystemException systemException(IOException e, String syscall, String path) {
    Errno errno =
        switch (e) {
          case NoSuchFileException missing -> Errno.ENOENT;
          case AccessDeniedException denied -> Errno.EACCES;
          case FileSystemException other when Files.isDirectory(Path.of(path)) -> Errno.EISDIR;
          default -> Files.isDirectory(Path.of(path)) ? Errno.EISDIR : Errno.EIO;
        };
    return errno == Errno.EISDIR
        ? new SystemException(errno, "read")
        : new SystemException(errno, syscall, path);
  }
}
