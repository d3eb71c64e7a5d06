package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation in words. */
final class OperationText {
  private final PrintStream out;

  OperationText(PrintStream out) {
    this.out = out;
  }

  void print(Map<String, @Nullable Object> operation) {
    String kind = Json.string(operation.get("operation"));
    if (operation.get("refused") != null) {
      out.println(kind + " refused: " + operation.get("message"));
      return;
    }
    if (operation.get("changes") instanceof List<?> changes) {
      for (Object entry : changes) {
        Map<String, @Nullable Object> change = Json.object(entry);
        out.println(
            change.get("module")
                + ": "
                + version(change.get("from"))
                + " -> "
                + version(change.get("to"))
                + handles(change.get("draining")));
      }
    }
    out.println(
        kind
            + " done: prepared in "
            + operation.get("prepareMs")
            + " ms, switched in "
            + operation.get("switchMs")
            + " ms");
  }

  private static String version(@Nullable Object version) {
    return version == null ? "none" : version.toString();
  }

  private static String handles(@Nullable Object draining) {
    return draining instanceof Number number && number.intValue() > 0
        ? ", " + number + (number.intValue() == 1 ? " handle drains" : " handles drain")
        : "";
  }
}
