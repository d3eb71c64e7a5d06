package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nodule modules}. */
final class ModuleTable {
  private final PrintStream out;

  ModuleTable(PrintStream out) {
    this.out = out;
  }

  void print(@Nullable Object modules, boolean json) {
    if (json) {
      out.println(Json.write(modules, ""));
      return;
    }
    TextTable table =
        new TextTable(
            "MODULE", "VERSION", "PREVIOUS", "STATE", "HANDLES", "DRAINING", "CALLS", "ERRORS");
    if (modules instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, @Nullable Object> module = Json.object(entry);
        table.add(
            text(module, "module"),
            text(module, "version"),
            text(module, "previous"),
            text(module, "state"),
            text(module, "handles"),
            text(module, "draining"),
            text(module, "calls"),
            text(module, "errors"));
      }
    }
    table.print(out);
  }

  static String text(Map<String, @Nullable Object> fields, String key) {
    Object value = fields.get(key);
    return value == null ? "" : String.valueOf(value);
  }
}
