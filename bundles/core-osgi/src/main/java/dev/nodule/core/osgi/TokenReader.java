package dev.nodule.core.osgi;

import dev.nodule.api.Arguments;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that {@code internal/osgi.js} has written as a flat list: a tag, and what belongs to
 * it; the length and the elements of an array, the size and the keys and values of an object.
 */
final class TokenReader {
  private final Arguments tokens;
  private int next;

  TokenReader(Arguments tokens, int first) {
    this.tokens = tokens;
    next = first;
  }

  /** All values up to the end. */
  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    while (next < tokens.length()) {
      values.add(value());
    }
    return values;
  }

  private @Nullable Object value() {
    String tag = tokens.string(next++);
    return switch (tag) {
      case "string" -> tokens.string(next++);
      case "number" -> tokens.number(next++);
      case "boolean" -> tokens.bool(next++);
      case "bigint" -> new BigInteger(tokens.string(next++));
      case "bytes" -> tokens.bytes(next++).copy();
      case "array" -> array(tokens.int32(next++));
      case "object" -> object(tokens.int32(next++));
      default -> null;
    };
  }

  private List<@Nullable Object> array(int length) {
    List<@Nullable Object> array = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      array.add(value());
    }
    return array;
  }

  private Map<String, @Nullable Object> object(int size) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String key = tokens.string(next++);
      object.put(key, value());
    }
    return object;
  }
}
