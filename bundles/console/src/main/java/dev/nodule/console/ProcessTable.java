package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nodule ps}. */
final class ProcessTable {
  private final PrintStream out;

  ProcessTable(PrintStream out) {
    this.out = out;
  }

  void print(List<Map<String, @Nullable Object>> processes, boolean json) {
    if (json) {
      out.println(Json.write(processes, ""));
      return;
    }
    TextTable table = new TextTable("PID", "UP", "SCRIPT", "FOLDER");
    for (Map<String, @Nullable Object> process : processes) {
      long started = process.get("started") instanceof Number number ? number.longValue() : 0;
      table.add(
          String.valueOf(process.get("pid")),
          time(Duration.ofMillis(System.currentTimeMillis() - started)),
          process.get("script") == null ? "-" : String.valueOf(process.get("script")),
          Json.string(process.get("folder")));
    }
    table.print(out);
  }

  private static String time(Duration up) {
    if (up.toDays() > 0) {
      return up.toDays() + "d" + up.toHoursPart() + "h";
    }
    if (up.toHours() > 0) {
      return up.toHours() + "h" + up.toMinutesPart() + "m";
    }
    return up.toMinutes() + "m" + up.toSecondsPart() + "s";
  }
}
