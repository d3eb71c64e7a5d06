package dev.nodule.core.sqlite;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.api.ScriptModule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The module's binding. A connection is a number of a table that all revisions share; a statement,
 * a context of a function and a backup are the numbers that their addresses are. JavaScript sees to
 * it that none is used after its end.
 */
public final class SqliteModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private static final int UTF8 = 1;
    private static final int FREE_ON_CLOSE_RESIZABLE = 3;

    private final JavaScript javaScript;
    private final Values values;
    private final Callbacks callbacks;
    private final Connections connections;
    private final BackupJob backups;

    Functions(ModuleContext context) {
      javaScript = context.javaScript();
      values = new Values(javaScript);
      callbacks = new Callbacks(javaScript, values);
      connections = new Connections(context);
      backups = new BackupJob(context);
    }

    void bind(Binding binding) {
      bindConnection(binding);
      bindStatement(binding);
      bindFunctions(binding);
      binding
          .function("backupOpen", 5, call -> backups.open(call, database(call)))
          .function("backupStep", 3, backups::step)
          .function("backupFinish", 2, backups::finish);
    }

    private long database(Arguments call) {
      return connections.address(call.int32(0));
    }

    private void bindConnection(Binding binding) {
      binding
          .function("open", 2, this::open)
          .function("close", 1, this::close)
          .function("fail", 1, this::fail)
          .function("configure", 3, this::configure)
          .function(
              "busyTimeout",
              2,
              call -> Sqlite.call(Api.BUSY_TIMEOUT, database(call), call.int32(1)))
          .function(
              "limit",
              3,
              call -> Sqlite.call(Api.LIMIT, database(call), call.int32(1), call.int32(2)))
          .function("exec", 2, this::exec)
          .function("prepare", 2, this::prepare)
          .function("isAutocommit", 1, call -> Sqlite.call(Api.GET_AUTOCOMMIT, database(call)) != 0)
          .function("filename", 2, this::filename)
          .function("changes", 2, this::changes)
          .function("loadExtension", 3, this::loadExtension)
          .function("serialize", 2, this::serialize)
          .function("deserialize", 3, this::deserialize);
    }

    /** open(path, flags): a number, or the error that Node.js throws. */
    private Object open(Arguments call) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
        int status =
            Sqlite.call(
                Api.OPEN_V2, cString(arena, call.string(0)), address.address(), call.int32(1), 0);
        long database = address.get(ValueLayout.JAVA_LONG, 0);
        if (status != Sqlite.OK) {
          NodeException error = Sqlite.error(database);
          Sqlite.call(Api.CLOSE_V2, database);
          throw error;
        }
        Sqlite.call(Api.EXTENDED_RESULT_CODES, database, 1);
        return connections.add(database);
      }
    }

    private static long cString(Arena arena, String text) {
      return arena.allocateFrom(ValueLayout.JAVA_BYTE, Utf8.terminated(text)).address();
    }

    private @Nullable Object close(Arguments call) {
      connections.close(call.int32(0));
      return null;
    }

    /** Throws what went wrong last. */
    private @Nullable Object fail(Arguments call) {
      throw Sqlite.error(database(call));
    }

    /** configure(connection, option, on): those options that take an int. */
    private Object configure(Arguments call) {
      return Sqlite.call(Api.DB_CONFIG, database(call), call.int32(1), call.bool(2) ? 1 : 0, 0);
    }

    private Object exec(Arguments call) {
      try (Arena arena = Arena.ofConfined()) {
        int status =
            (int)
                Sqlite.words(Api.EXEC, database(call), cString(arena, call.string(1)), 0, 0, 0, 0);
        callbacks.check();
        return status;
      }
    }

    /** prepare(connection, sql): the statement, 0 if there is none in it, or a status below 0. */
    private Object prepare(Arguments call) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment statement = arena.allocate(ValueLayout.JAVA_LONG);
        int status =
            (int)
                Sqlite.words(
                    Api.PREPARE_V2,
                    database(call),
                    cString(arena, call.string(1)),
                    -1,
                    statement.address(),
                    0,
                    0);
        callbacks.check();
        return status == Sqlite.OK ? statement.get(ValueLayout.JAVA_LONG, 0) : (Object) (-1);
      }
    }

    private @Nullable Object filename(Arguments call) {
      try (Arena arena = Arena.ofConfined()) {
        long name = cString(arena, call.string(1));
        String file = Sqlite.text(Sqlite.words(Api.DB_FILENAME, database(call), name, 0, 0, 0, 0));
        return file == null || file.isEmpty() ? javaScript.nullValue() : file;
      }
    }

    /** changes(connection, asBigInts): [changes, lastInsertRowid]. */
    private Object changes(Arguments call) {
      long database = database(call);
      boolean bigInts = call.bool(1);
      return new Object[] {
        Values.integer(Sqlite.quick(Api.CHANGES64, database, 0), bigInts),
        Values.integer(Sqlite.quick(Api.LAST_INSERT_ROWID, database, 0), bigInts)
      };
    }

    /** loadExtension(connection, path, entry): what went wrong, if something did. */
    private @Nullable Object loadExtension(Arguments call) {
      String entry = call.stringOrNull(2);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment message = arena.allocate(ValueLayout.JAVA_LONG);
        int status =
            Sqlite.call(
                Api.LOAD_EXTENSION,
                database(call),
                cString(arena, call.string(1)),
                entry == null ? 0 : cString(arena, entry),
                message.address());
        if (status == Sqlite.OK) {
          return null;
        }
        long text = message.get(ValueLayout.JAVA_LONG, 0);
        String reason = Sqlite.text(text);
        Sqlite.words(Api.FREE, text, 0, 0, 0, 0, 0);
        return reason == null ? "" : reason;
      }
    }

    private @Nullable Object serialize(Arguments call) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        long bytes =
            Sqlite.words(
                Api.SERIALIZE,
                database(call),
                cString(arena, call.string(1)),
                size.address(),
                0,
                0,
                0);
        if (bytes == 0) {
          return size.get(ValueLayout.JAVA_LONG, 0) == 0
              ? javaScript.newUint8Array(new byte[0], 0, 0)
              : null;
        }
        byte[] copy = Sqlite.bytes(bytes, size.get(ValueLayout.JAVA_LONG, 0));
        Sqlite.words(Api.FREE, bytes, 0, 0, 0, 0, 0);
        return javaScript.newUint8Array(copy, 0, copy.length);
      }
    }

    /** deserialize(connection, name, bytes): a status; SQLite owns a copy of the bytes. */
    private Object deserialize(Arguments call) {
      Bytes bytes = call.bytes(2);
      int length = bytes.length();
      long copy = Sqlite.words(Api.MALLOC64, length, 0, 0, 0, 0, 0);
      if (copy == 0) {
        throw new NodeException("ERR_MEMORY_ALLOCATION_FAILED", "Failed to allocate memory");
      }
      MemorySegment.copy(
          bytes.array(),
          bytes.offset(),
          MemorySegment.ofAddress(copy).reinterpret(length),
          ValueLayout.JAVA_BYTE,
          0,
          length);
      try (Arena arena = Arena.ofConfined()) {
        long name = cString(arena, call.string(1));
        return (int)
            Sqlite.words(
                Api.DESERIALIZE,
                database(call),
                name,
                copy,
                length,
                length,
                FREE_ON_CLOSE_RESIZABLE);
      }
    }

    private void bindStatement(Binding binding) {
      binding
          .function("finalize", 1, call -> Sqlite.call(Api.FINALIZE, call.int64(0)))
          .function("reset", 1, this::reset)
          .function(
              "clearBindings", 1, call -> (int) Sqlite.quick(Api.CLEAR_BINDINGS, call.int64(0), 0))
          .function("step", 1, this::step)
          .function("rows", 3, this::rows)
          .function(
              "parameterCount",
              1,
              call -> (int) Sqlite.quick(Api.BIND_PARAMETER_COUNT, call.int64(0), 0))
          .function("parameterName", 2, this::parameterName)
          .function("columnNames", 1, this::columnNames)
          .function("columns", 1, this::columns)
          .function("sql", 1, call -> Sqlite.text(Sqlite.quick(Api.SQL, call.int64(0), 0)))
          .function("expandedSql", 1, this::expandedSql)
          .function(
              "status",
              3,
              call ->
                  Sqlite.call(Api.STMT_STATUS, call.int64(0), call.int32(1), call.bool(2) ? 1 : 0))
          .function(
              "bindNull",
              2,
              call -> (int) Sqlite.quick(Api.BIND_NULL, call.int64(0), call.int32(1)))
          .function(
              "bindNumber",
              3,
              call ->
                  Sqlite.putDouble(Api.BIND_DOUBLE, call.int64(0), call.int32(1), call.number(2)))
          .function(
              "bindInteger",
              3,
              call ->
                  (int) Sqlite.quick(Api.BIND_INT64, call.int64(0), call.int32(1), call.int64(2)))
          .function("bindText", 3, Functions::bindText)
          .function("bindBlob", 3, Functions::bindBlob);
    }

    private static Object bindText(Arguments call) {
      byte[] text = Utf8.encode(call.string(2));
      return Sqlite.bind(Api.BIND_TEXT, call.int64(0), call.int32(1), text, 0, text.length);
    }

    private static Object bindBlob(Arguments call) {
      Bytes bytes = call.bytes(2);
      return Sqlite.bind(
          Api.BIND_BLOB,
          call.int64(0),
          call.int32(1),
          bytes.array(),
          bytes.offset(),
          bytes.length());
    }

    private Object reset(Arguments call) {
      int status = Sqlite.call(Api.RESET, call.int64(0));
      callbacks.check();
      return status;
    }

    private Object step(Arguments call) {
      int status = Sqlite.call(Api.STEP, call.int64(0));
      callbacks.check();
      return status;
    }

    /**
     * rows(statement, limit, asBigInts): the last status, and the values of one row after another.
     */
    private Object rows(Arguments call) {
      long statement = call.int64(0);
      int limit = call.int32(1);
      boolean bigInts = call.bool(2);
      int columns = 0;
      List<@Nullable Object> rows = new ArrayList<>();
      rows.add(null);
      int status = Sqlite.ROW;
      for (int i = 0; i < limit; i++) {
        status = Sqlite.call(Api.STEP, statement);
        callbacks.check();
        if (status != Sqlite.ROW) {
          break;
        }
        if (i == 0) {
          // Not before: the first step prepares a statement anew whose tables have changed.
          columns = (int) Sqlite.quick(Api.COLUMN_COUNT, statement, 0);
        }
        values.addRow(rows, statement, columns, bigInts);
      }
      rows.set(0, status);
      return rows;
    }

    private Object parameterName(Arguments call) {
      String name =
          Sqlite.text(Sqlite.quick(Api.BIND_PARAMETER_NAME, call.int64(0), call.int32(1)));
      return name == null ? javaScript.nullValue() : name;
    }

    private Object columnNames(Arguments call) {
      long statement = call.int64(0);
      int count = (int) Sqlite.quick(Api.COLUMN_COUNT, statement, 0);
      List<Object> names = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        names.add(name(Api.COLUMN_NAME, statement, i));
      }
      return names;
    }

    private Object name(Api api, long statement, int column) {
      String name = Sqlite.text(Sqlite.words(api, statement, column, 0, 0, 0, 0));
      return name == null ? javaScript.nullValue() : name;
    }

    /** For each column: origin, database, name, table, type. */
    private Object columns(Arguments call) {
      long statement = call.int64(0);
      int count = (int) Sqlite.quick(Api.COLUMN_COUNT, statement, 0);
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(name(Api.COLUMN_ORIGIN_NAME, statement, i));
        all.add(name(Api.COLUMN_DATABASE_NAME, statement, i));
        all.add(name(Api.COLUMN_NAME, statement, i));
        all.add(name(Api.COLUMN_TABLE_NAME, statement, i));
        all.add(name(Api.COLUMN_DECLTYPE, statement, i));
      }
      return all;
    }

    private @Nullable Object expandedSql(Arguments call) {
      long pointer = Sqlite.words(Api.EXPANDED_SQL, call.int64(0), 0, 0, 0, 0, 0);
      String sql = Sqlite.text(pointer);
      Sqlite.words(Api.FREE, pointer, 0, 0, 0, 0, 0);
      return sql;
    }

    private void bindFunctions(Binding binding) {
      binding
          .function("createFunction", 6, this::createFunction)
          .function("createAggregate", 9, this::createAggregate)
          .function("setAuthorizer", 2, this::setAuthorizer)
          .function("resultNull", 1, call -> (int) Sqlite.quick(Api.RESULT_NULL, call.int64(0), 0))
          .function(
              "resultNumber",
              2,
              call -> {
                Sqlite.resultDouble(call.int64(0), call.number(1));
                return null;
              })
          .function(
              "resultInteger",
              2,
              call -> (int) Sqlite.quick(Api.RESULT_INT64, call.int64(0), call.int64(1)))
          .function(
              "resultText",
              2,
              call -> {
                byte[] text = Utf8.encode(call.string(1));
                Sqlite.result(Api.RESULT_TEXT, call.int64(0), text, 0, text.length);
                return null;
              })
          .function(
              "resultBlob",
              2,
              call -> {
                Bytes bytes = call.bytes(1);
                Sqlite.result(
                    Api.RESULT_BLOB, call.int64(0), bytes.array(), bytes.offset(), bytes.length());
                return null;
              })
          .function(
              "resultError",
              2,
              call -> {
                byte[] text = Utf8.encode(call.string(1));
                Sqlite.result(Api.RESULT_ERROR, call.int64(0), text, 0, text.length);
                return null;
              });
    }

    /** createFunction(connection, name, arguments, flags, function, withBigInts): a status. */
    private Object createFunction(Arguments call) {
      int id = call.int32(0);
      Callback function = call.callback(4);
      MemorySegment stub = callbacks.scalar(connections.arena(id), function, call.bool(5));
      try (Arena arena = Arena.ofConfined()) {
        return Sqlite.register(
            Api.CREATE_FUNCTION_V2,
            connections.address(id),
            cString(arena, call.string(1)),
            call.int32(2),
            UTF8 | call.int32(3),
            0,
            stub.address(),
            0,
            0,
            0);
      }
    }

    /**
     * createAggregate(connection, name, arguments, flags, step, inverse, result, withBigInts): a
     * status.
     */
    private Object createAggregate(Arguments call) {
      int id = call.int32(0);
      Arena life = connections.arena(id);
      boolean bigInts = call.bool(7);
      Callback inverse = call.callbackOrNull(5);
      Callback result = call.callback(6);
      long step = callbacks.step(life, call.callback(4), bigInts).address();
      long last = callbacks.result(life, result, true).address();
      long value = inverse == null ? 0 : callbacks.result(life, result, false).address();
      long undo = inverse == null ? 0 : callbacks.step(life, inverse, bigInts).address();
      try (Arena arena = Arena.ofConfined()) {
        return Sqlite.register(
            Api.CREATE_WINDOW_FUNCTION,
            connections.address(id),
            cString(arena, call.string(1)),
            call.int32(2),
            UTF8 | call.int32(3),
            0,
            step,
            last,
            value,
            undo);
      }
    }

    private Object setAuthorizer(Arguments call) {
      int id = call.int32(0);
      Callback function = call.callbackOrNull(1);
      long stub =
          function == null ? 0 : callbacks.authorizer(connections.arena(id), function).address();
      return Sqlite.call(Api.SET_AUTHORIZER, connections.address(id), stub, 0);
    }
  }
}
