package dev.nodule.npm.command;

import dev.nodule.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@code util.inspect} of Node.js prints them: how {@code view} shows what is no text.
 */
final class JsNotation {
  private static final int WIDTH = 80;
  private static final int DEPTH = 5;

  /** Up to this many levels go on one line. */
  private static final int COMPACT = 3;

  private int indent;

  /** How deep the value lies that was begun last. */
  private int deepest;

  private JsNotation() {}

  static String of(@Nullable Object value) {
    return new JsNotation().value(value, 0);
  }

  private String value(@Nullable Object value, int level) {
    return switch (value) {
      case String s -> quoted(s);
      case List<?> list -> list(list, level);
      case Map<?, ?> map -> map(Json.object(map), level);
      case null, default -> Json.write(value, "");
    };
  }

  private String list(List<?> list, int level) {
    if (list.isEmpty() || level > DEPTH) {
      return list.isEmpty() ? "[]" : "[Array]";
    }
    deepest = level;
    var parts = new ArrayList<String>();
    indent += 2;
    list.forEach(item -> parts.add(value(item, level + 1)));
    indent -= 2;
    var grouped = parts.size() > 6 ? grouped(parts) : parts;
    return joined(grouped, grouped == parts, "[", "]", level);
  }

  private String map(Map<String, @Nullable Object> map, int level) {
    if (map.isEmpty() || level > DEPTH) {
      return map.isEmpty() ? "{}" : "[Object]";
    }
    deepest = level;
    var parts = new ArrayList<String>();
    indent += 2;
    map.forEach(
        (key, item) ->
            parts.add(
                (key.matches("[a-zA-Z_][a-zA-Z_0-9]*") ? key : quoted(key))
                    + ": "
                    + value(item, level + 1)));
    indent -= 2;
    return joined(parts, true, "{", "}", level);
  }

  private String joined(List<String> parts, boolean mayFit, String open, String close, int level) {
    int total = parts.stream().mapToInt(String::length).sum() + 2 * parts.size() + indent + 11;
    if (mayFit
        && deepest - level < COMPACT
        && total <= WIDTH
        && parts.stream().noneMatch(p -> p.contains("\n"))) {
      return open + " " + String.join(", ", parts) + " " + close;
    }
    String line = "\n" + " ".repeat(indent);
    return open + line + "  " + String.join("," + line + "  ", parts) + line + close;
  }

  /** Many short items go into columns, about as wide as they are high. */
  private List<String> grouped(List<String> parts) {
    int longest = parts.stream().mapToInt(String::length).max().orElse(0);
    int total = parts.stream().mapToInt(p -> p.length() + 2).sum();
    int cell = longest + 2;
    if (cell * 3 + indent >= WIDTH || (double) total / cell <= 5 && longest > 6) {
      return parts;
    }
    double biased = Math.max(cell - Math.sqrt(cell - (double) total / parts.size()), 1);
    int columns =
        (int)
            Math.min(
                Math.min(
                    Math.round(Math.sqrt(2.5 * biased * parts.size()) / biased),
                    Math.floorDiv(WIDTH - indent, cell)),
                Math.min(COMPACT * 4, 15));
    if (columns <= 1) {
      return parts;
    }
    int[] widths = new int[columns];
    for (int i = 0; i < parts.size(); i++) {
      widths[i % columns] = Math.max(widths[i % columns], parts.get(i).length() + 2);
    }
    var rows = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i += columns) {
      var row = new StringBuilder();
      int end = Math.min(i + columns, parts.size());
      for (int j = i; j < end; j++) {
        String text = j < end - 1 ? parts.get(j) + ", " : parts.get(j);
        row.append(text);
        if (j < end - 1) {
          row.append(" ".repeat(Math.max(0, widths[j - i] - text.length())));
        }
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static String quoted(String s) {
    char quote = !s.contains("'") ? '\'' : !s.contains("\"") ? '"' : !s.contains("`") ? '`' : '\'';
    var sb = new StringBuilder().append(quote);
    for (char c : s.toCharArray()) {
      switch (c) {
        case '\n' -> sb.append("\\n");
        case '\r' -> sb.append("\\r");
        case '\t' -> sb.append("\\t");
        case '\b' -> sb.append("\\b");
        case '\f' -> sb.append("\\f");
        case '\\' -> sb.append("\\\\");
        default -> {
          if (c == quote) {
            sb.append('\\').append(c);
          } else if (c < 0x20 || c == 0x7f) {
            sb.append(String.format("\\x%02X", (int) c));
          } else {
            sb.append(c);
          }
        }
      }
    }
    return sb.append(quote).toString();
  }
}
