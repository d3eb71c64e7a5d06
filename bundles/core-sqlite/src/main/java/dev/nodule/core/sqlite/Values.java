package dev.nodule.core.sqlite;

import dev.nodule.api.JavaScript;
import dev.nodule.api.NodeException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What SQLite holds, as JavaScript gets it. */
final class Values {
  private static final int INTEGER = 1;
  private static final int FLOAT = 2;
  private static final int TEXT = 3;
  private static final int BLOB = 4;

  private static final long MAX_SAFE = (1L << 53) - 1;

  private final JavaScript javaScript;

  Values(JavaScript javaScript) {
    this.javaScript = javaScript;
  }

  static boolean isSafe(long value) {
    return value <= MAX_SAFE && value >= -MAX_SAFE;
  }

  static NodeException tooLarge(long value) {
    return new NodeException(
        NodeException.Kind.RANGE_ERROR,
        "ERR_OUT_OF_RANGE",
        "Value is too large to be represented as a JavaScript number: " + value);
  }

  /** A number, or a BigInt if that is asked for. */
  static Object integer(long value, boolean asBigInt) {
    if (asBigInt) {
      return BigInteger.valueOf(value);
    }
    if (!isSafe(value)) {
      throw tooLarge(value);
    }
    return value;
  }

  /** Appends the columns of the row that a statement is at. */
  void addRow(List<@Nullable Object> to, long statement, int columns, boolean bigInts) {
    for (int i = 0; i < columns; i++) {
      to.add(column(statement, i, bigInts));
    }
  }

  private Object column(long statement, int i, boolean bigInts) {
    return switch ((int) Sqlite.quick(Api.COLUMN_TYPE, statement, i)) {
      case INTEGER -> integer(Sqlite.quick(Api.COLUMN_INT64, statement, i), bigInts);
      case FLOAT -> Sqlite.getDouble(Api.COLUMN_DOUBLE, statement, i);
      case TEXT -> {
        long pointer = Sqlite.words(Api.COLUMN_TEXT, statement, i, 0, 0, 0, 0);
        yield Sqlite.text(pointer, length(Api.COLUMN_BYTES, statement, i));
      }
      case BLOB -> {
        long pointer = Sqlite.words(Api.COLUMN_BLOB, statement, i, 0, 0, 0, 0);
        yield bytes(pointer, length(Api.COLUMN_BYTES, statement, i));
      }
      default -> javaScript.nullValue();
    };
  }

  private static long length(Api api, long a, long b) {
    return (int) Sqlite.quick(api, a, b);
  }

  private Object bytes(long pointer, long length) {
    byte[] copy = Sqlite.bytes(pointer, length);
    return javaScript.newUint8Array(copy, 0, copy.length);
  }

  /**
   * The arguments that a function of the user is called with, behind what is in the list. An
   * integer that is no number of JavaScript is a BigInt even where numbers are asked for: the
   * JavaScript above refuses it.
   */
  void addArguments(List<@Nullable Object> to, int count, long values, boolean bigInts) {
    for (int i = 0; i < count; i++) {
      to.add(argument(word(values, i), bigInts));
    }
  }

  private static long word(long array, int i) {
    return java.lang.foreign.MemorySegment.ofAddress(array + (long) i * Long.BYTES)
        .reinterpret(Long.BYTES)
        .get(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
  }

  private Object argument(long value, boolean bigInts) {
    return switch ((int) Sqlite.quick(Api.VALUE_TYPE, value, 0)) {
      case INTEGER -> {
        long number = Sqlite.quick(Api.VALUE_INT64, value, 0);
        yield integer(number, bigInts || !isSafe(number));
      }
      case FLOAT -> Sqlite.getDouble(Api.VALUE_DOUBLE, value, 0);
      case TEXT -> {
        long pointer = Sqlite.words(Api.VALUE_TEXT, value, 0, 0, 0, 0, 0);
        yield Sqlite.text(pointer, length(Api.VALUE_BYTES, value, 0));
      }
      case BLOB -> {
        long pointer = Sqlite.words(Api.VALUE_BLOB, value, 0, 0, 0, 0, 0);
        yield bytes(pointer, length(Api.VALUE_BYTES, value, 0));
      }
      default -> javaScript.nullValue();
    };
  }

  static List<@Nullable Object> list(@Nullable Object first) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(first);
    return list;
  }
}
