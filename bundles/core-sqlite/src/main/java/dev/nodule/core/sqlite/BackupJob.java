package dev.nodule.core.sqlite;

import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Copies of databases, a number of pages at a time on the worker pool. SQLite's own locks keep
 * connection and copy apart.
 */
final class BackupJob {
  private static final int READ_WRITE_CREATE_URI = 2 | 4 | 0x40;

  private final ModuleContext context;

  BackupJob(ModuleContext context) {
    this.context = context;
  }

  /** open(connection, source, path, target, callback): [destination, backup]. */
  @Nullable Object open(Arguments call, long database) {
    String source = call.string(1);
    String path = call.string(2);
    String target = call.string(3);
    Callback callback = call.callback(4);
    return context.blocking(callback, () -> open(database, source, path, target));
  }

  private static Object open(long database, String source, String path, String target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
      int status =
          Sqlite.call(
              Api.OPEN_V2, cString(arena, path), address.address(), READ_WRITE_CREATE_URI, 0);
      long destination = address.get(ValueLayout.JAVA_LONG, 0);
      if (status != Sqlite.OK) {
        throw closing(destination);
      }
      Sqlite.call(Api.EXTENDED_RESULT_CODES, destination, 1);
      long backup =
          Sqlite.words(
              Api.BACKUP_INIT,
              destination,
              cString(arena, target),
              database,
              cString(arena, source),
              0,
              0);
      if (backup == 0) {
        throw closing(destination);
      }
      return new Object[] {destination, backup};
    }
  }

  private static NodeException closing(long destination) {
    NodeException error = Sqlite.error(destination);
    Sqlite.call(Api.CLOSE_V2, destination);
    return error;
  }

  private static long cString(Arena arena, String text) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, Utf8.terminated(text)).address();
  }

  /** step(backup, pages, callback): [status, pages left, pages in all]. */
  @Nullable Object step(Arguments call) {
    long backup = call.int64(0);
    int pages = call.int32(1);
    Callback callback = call.callback(2);
    return context.blocking(
        callback,
        () -> {
          int status = Sqlite.call(Api.BACKUP_STEP, backup, pages);
          return new Object[] {
            status,
            Sqlite.call(Api.BACKUP_REMAINING, backup),
            Sqlite.call(Api.BACKUP_PAGECOUNT, backup)
          };
        });
  }

  /** finish(destination, backup): the error that it ended with, if any, is thrown. */
  @Nullable Object finish(Arguments call) {
    long destination = call.int64(0);
    int status = Sqlite.call(Api.BACKUP_FINISH, call.int64(1));
    NodeException error = status == Sqlite.OK ? null : Sqlite.error(destination);
    Sqlite.call(Api.CLOSE_V2, destination);
    if (error != null) {
      throw error;
    }
    return null;
  }
}
