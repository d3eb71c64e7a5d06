package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.SystemException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code rm} of whole trees, with retries while something is busy. */
final class RemoveBinding {
  private static final Set<Errno> WORTH_A_RETRY =
      EnumSet.of(Errno.EBUSY, Errno.EMFILE, Errno.ENFILE, Errno.ENOTEMPTY, Errno.EPERM);

  private final ModuleContext context;

  RemoveBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("rm", 4, this::rm);
    binding.function(
        "sleep",
        1,
        arguments -> {
          pause(arguments.int64(0));
          return null;
        });
  }

  /**
   * {@code (path, maxRetries, retryDelay, callback)}: a name that is gone already is no failure.
   */
  private @Nullable Object rm(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    int maxRetries = arguments.int32(1);
    int retryDelay = arguments.int32(2);
    return Work.run(
        context,
        arguments.callbackOrNull(3),
        () -> {
          for (int tried = 0; ; tried++) {
            try {
              remove(path);
              return;
            } catch (SystemException e) {
              if (tried >= maxRetries || !WORTH_A_RETRY.contains(e.errno())) {
                throw e;
              }
              pause((long) retryDelay * (tried + 1));
            }
          }
        });
  }

  private static void remove(FilePath path) {
    int type = Stats.typeOf(path, false);
    if (type == -Errno.ENOENT.number()) {
      return;
    }
    if (type < 0) {
      throw new SystemException(Errno.of(-type), "rm", path.text());
    }
    if (type != Stats.DIRECTORY) {
      check(Links.tryUnlink(path), path);
      return;
    }
    int result = Directories.tryRemove(path);
    if (result == 0 || result == -Errno.ENOENT.number()) {
      return;
    }
    if (result != -Errno.ENOTEMPTY.number() && result != -Errno.EEXIST.number()) {
      check(result, path);
    }
    int fd = path.check(Descriptors.tryOpen(path, 0, 0), "rm");
    Descriptors.closeQuietly(fd);
    for (Directories.Entry entry : Directories.list(path)) {
      remove(path.child(entry.name()));
    }
    check(Directories.tryRemove(path), path);
  }

  private static void check(int result, FilePath path) {
    if (result != -Errno.ENOENT.number()) {
      path.check(result, "rm");
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
