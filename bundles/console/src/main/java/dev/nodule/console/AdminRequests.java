package dev.nodule.console;

import dev.nodule.api.HealthGate;
import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.SwapOptions;
import dev.nodule.json.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests of the admin socket: { op, ... } gives { ok, result } or { ok, reason, message
 * }.
 */
final class AdminRequests {
  private final Supplier<ModuleManager> manager;
  private final ProcessDescription process;

  AdminRequests(Supplier<ModuleManager> manager, ProcessDescription process) {
    this.manager = manager;
    this.process = process;
  }

  Object answer(@Nullable Object request) {
    Map<String, @Nullable Object> fields = Json.object(request);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    try {
      Object result = perform(Json.string(fields.get("op")), fields);
      answer.put("ok", true);
      answer.put("result", result);
    } catch (ModuleOperationException e) {
      refuse(answer, e.reason().name(), e.getMessage());
    } catch (IllegalArgumentException e) {
      refuse(answer, "BAD_REQUEST", e.getMessage());
    } catch (RuntimeException e) {
      refuse(answer, "INTERNAL", String.valueOf(e));
    }
    return answer;
  }

  private static void refuse(
      Map<String, @Nullable Object> answer, String reason, @Nullable String message) {
    answer.put("ok", false);
    answer.put("reason", reason);
    answer.put("message", message);
  }

  private Object perform(String operation, Map<String, @Nullable Object> fields)
      throws ModuleOperationException {
    String module = Json.string(fields.get("module"));
    return switch (operation) {
      case "describe" -> process.report();
      case "modules" -> AdminReports.modules(manager.get().modules());
      case "realms" -> AdminReports.realms(manager.get().realms());
      case "history" -> manager.get().history().stream().map(AdminReports::operation).toList();
      case "swap" ->
          AdminReports.operation(manager.get().swap(paths(fields.get("jars")), options(fields)));
      case "update" ->
          AdminReports.operation(
              manager
                  .get()
                  .update(
                      paths(List.of(Json.string(fields.get("file")))).getFirst(), options(fields)));
      case "rollback" ->
          AdminReports.operation(
              manager.get().rollback(module, Boolean.TRUE.equals(fields.get("shipped"))));
      case "stop" -> AdminReports.operation(manager.get().stop(module));
      case "start" -> AdminReports.operation(manager.get().start(module));
      default -> throw new IllegalArgumentException("unknown operation '" + operation + "'");
    };
  }

  private static SwapOptions options(Map<String, @Nullable Object> fields) {
    return SwapOptions.DEFAULT
        .with(
            Boolean.TRUE.equals(fields.get("allowOlder")),
            !Boolean.FALSE.equals(fields.get("persist")))
        .with(gate(fields));
  }

  private static HealthGate gate(Map<String, @Nullable Object> fields) {
    if (Boolean.FALSE.equals(fields.get("gate"))) {
      return HealthGate.OFF;
    }
    HealthGate gate = HealthGate.DEFAULT;
    return new HealthGate(
        number(fields, "gateSeconds", gate.seconds()),
        number(fields, "gateErrors", gate.errorShare()),
        number(fields, "gateLagMs", gate.lagMillis()));
  }

  private static double number(Map<String, @Nullable Object> fields, String key, double otherwise) {
    return fields.get(key) instanceof Number number ? number.doubleValue() : otherwise;
  }

  private static List<Path> paths(@Nullable Object jars) {
    List<Path> paths = new ArrayList<>();
    if (jars instanceof List<?> list) {
      for (Object jar : list) {
        try {
          paths.add(Path.of(String.valueOf(jar)));
        } catch (InvalidPathException e) {
          throw new IllegalArgumentException("not a path: " + jar, e);
        }
      }
    }
    return paths;
  }
}
