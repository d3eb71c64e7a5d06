package dev.nodule.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain maps, lists, strings, numbers and booleans; the last of equal keys wins, as in
 * JavaScript.
 */
public final class Json {
  public static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  public static @Nullable Object parse(byte[] bytes) throws IOException {
    int start = bytes.length > 2 && bytes[0] == (byte) 0xEF ? 3 : 0;
    try (JsonParser p = FACTORY.createParser(bytes, start, bytes.length - start)) {
      if (p.nextToken() == null) {
        throw new IOException("Unexpected end of JSON input");
      }
      var value = read(p);
      if (p.nextToken() != null) {
        throw new IOException("Unexpected data after the JSON value");
      }
      return value;
    }
  }

  /** The value whose first token is the current one. */
  public static @Nullable Object read(JsonParser p) throws IOException {
    return switch (p.currentToken()) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
          String key = p.currentName();
          p.nextToken();
          map.put(key, read(p));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(p));
        }
        yield list;
      }
      case VALUE_STRING -> p.getText();
      case VALUE_NUMBER_INT -> p.getNumberValue();
      case VALUE_NUMBER_FLOAT -> p.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> m ? (Map<String, @Nullable Object>) m : Map.of();
  }

  /** The string entries of an object. */
  public static Map<String, String> strings(@Nullable Object value) {
    var result = new LinkedHashMap<String, String>();
    object(value)
        .forEach(
            (k, v) -> {
              if (v instanceof String s) {
                result.put(k, s);
              }
            });
    return result;
  }

  public static String string(@Nullable Object value) {
    return value instanceof String s ? s : "";
  }

  /**
   * Values with simple ones before objects, each group in collation order, {@code preferred} keys
   * first.
   */
  public static @Nullable Object sorted(@Nullable Object value, List<String> preferred) {
    if (value instanceof List<?> list) {
      return list.stream()
          .map(v -> sorted(v, preferred))
          .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    var entries = new ArrayList<>(object(value).entrySet());
    entries.sort(
        (a, b) -> {
          boolean oa = a.getValue() instanceof Map;
          boolean ob = b.getValue() instanceof Map;
          if (oa != ob) {
            return oa ? 1 : -1;
          }
          int pa = preferred.indexOf(a.getKey());
          int pb = preferred.indexOf(b.getKey());
          if (pa >= 0 || pb >= 0) {
            return pa < 0 ? 1 : pb < 0 ? -1 : pa - pb;
          }
          return LocaleOrder.compare(a.getKey(), b.getKey());
        });
    var result = new LinkedHashMap<String, @Nullable Object>();
    for (var e : entries) {
      result.put(e.getKey(), sorted(e.getValue(), preferred));
    }
    return result;
  }

  public static String write(@Nullable Object value, String indent) {
    var sb = new StringBuilder();
    write(value, indent, indent.isEmpty() ? "" : "\n", sb);
    return sb.toString();
  }

  /** Adds a value as {@link #write} has it that many levels deep. */
  public static void append(@Nullable Object value, String indent, int level, StringBuilder sb) {
    write(value, indent, indent.isEmpty() ? "" : "\n" + indent.repeat(level), sb);
  }

  private static void write(@Nullable Object value, String indent, String line, StringBuilder sb) {
    // No switch over types: what it compiles to is linked anew in each process.
    if (value instanceof String s) {
      quote(s, sb);
    } else if (value instanceof Map<?, ?> map) {
      String inner = line + indent;
      String separator = "{";
      for (var e : map.entrySet()) {
        sb.append(separator).append(inner);
        quote((String) e.getKey(), sb);
        sb.append(indent.isEmpty() ? ":" : ": ");
        write(e.getValue(), indent, inner, sb);
        separator = ",";
      }
      sb.append(map.isEmpty() ? "{}" : line + "}");
    } else if (value instanceof List<?> list) {
      String inner = line + indent;
      String separator = "[";
      for (var v : list) {
        sb.append(separator).append(inner);
        write(v, indent, inner, sb);
        separator = ",";
      }
      sb.append(list.isEmpty() ? "[]" : line + "]");
    } else if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) {
      sb.append(d.longValue());
    } else {
      sb.append(value);
    }
  }

  private static boolean isPlain(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void quote(String s, StringBuilder sb) {
    sb.append('"');
    if (isPlain(s)) {
      sb.append(s).append('"');
      return;
    }
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> sb.append("\\\"");
        case '\\' -> sb.append("\\\\");
        case '\n' -> sb.append("\\n");
        case '\r' -> sb.append("\\r");
        case '\t' -> sb.append("\\t");
        case '\b' -> sb.append("\\b");
        case '\f' -> sb.append("\\f");
        default -> {
          boolean lone =
              Character.isHighSurrogate(c)
                      && (i + 1 == s.length() || !Character.isLowSurrogate(s.charAt(i + 1)))
                  || Character.isLowSurrogate(c)
                      && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)));
          if (c < 0x20 || lone) {
            sb.append(String.format("\\u%04x", (int) c));
          } else {
            sb.append(c);
          }
        }
      }
    }
    sb.append('"');
  }
}
