package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code nodule top}: modules with their calls and errors per second, and the loops' lag, once a
 * second until the process ends or the user has seen enough. Where standard output is no terminal,
 * one page after another; with {@code --json} one line for each.
 */
final class TopView {
  private static final long PERIOD_MILLIS = 1000;
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final PrintStream out;
  private final boolean json;
  private final boolean once;
  private final Map<String, long[]> before = new HashMap<>();
  private long beforeNanos;

  TopView(PrintStream out, boolean json, boolean once) {
    this.out = out;
    this.json = json;
    this.once = once;
  }

  void run(AdminClient client) throws AdminException {
    sample(client);
    do {
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      Map<String, @Nullable Object> page = sample(client);
      if (json) {
        out.println(Json.write(page, ""));
      } else {
        print(page);
      }
      out.flush();
    } while (!once && !out.checkError());
  }

  private Map<String, @Nullable Object> sample(AdminClient client) throws AdminException {
    Object modules = client.request(AdminClient.request("modules"));
    Object realms = client.request(AdminClient.request("realms"));
    long now = System.nanoTime();
    double seconds = (now - beforeNanos) / 1e9;
    beforeNanos = now;
    if (modules instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, @Nullable Object> module = Json.object(entry);
        long[] counts = {number(module, "calls"), number(module, "errors")};
        long[] last = before.put(ModuleTable.text(module, "module"), counts);
        module.put(
            "callsPerSecond", last == null ? 0 : Math.round((counts[0] - last[0]) / seconds));
        module.put(
            "errorsPerSecond", last == null ? 0 : Math.round((counts[1] - last[1]) / seconds));
      }
    }
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("realms", realms);
    page.put("modules", modules);
    return page;
  }

  private void print(Map<String, @Nullable Object> page) {
    if (System.console() != null && System.console().isTerminal()) {
      out.print(HOME_AND_CLEAR);
    }
    if (page.get("realms") instanceof List<?> realms) {
      for (Object entry : realms) {
        Map<String, @Nullable Object> realm = Json.object(entry);
        out.println(
            "loop "
                + realm.get("realm")
                + ": lag "
                + realm.get("lagMs")
                + " ms, "
                + realm.get("handles")
                + " handles");
      }
    }
    out.println();
    TextTable table =
        new TextTable("MODULE", "VERSION", "HANDLES", "DRAINING", "CALLS/S", "ERRORS/S");
    if (page.get("modules") instanceof List<?> modules) {
      modules.stream()
          .map(Json::object)
          .filter(module -> !"ready".equals(module.get("state")))
          .sorted(
              Comparator.comparing(
                  (Map<String, @Nullable Object> module) -> -number(module, "callsPerSecond")))
          .forEach(
              module ->
                  table.add(
                      ModuleTable.text(module, "module"),
                      ModuleTable.text(module, "version"),
                      ModuleTable.text(module, "handles"),
                      ModuleTable.text(module, "draining"),
                      ModuleTable.text(module, "callsPerSecond"),
                      ModuleTable.text(module, "errorsPerSecond")));
    }
    table.print(out);
  }

  private static long number(Map<String, @Nullable Object> fields, String key) {
    return fields.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
