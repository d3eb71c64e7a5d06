package dev.nodule.console;

import dev.nodule.api.ModuleOperation;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.ModuleStatus;
import dev.nodule.api.RealmStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the manager says, as JSON. */
public final class AdminReports {
  private AdminReports() {}

  public static List<Object> modules(List<ModuleStatus> modules) {
    return modules.stream().map(AdminReports::module).toList();
  }

  private static Object module(ModuleStatus status) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("module", status.name());
    report.put("version", status.version());
    report.put("shipped", status.shipped());
    report.put("previous", status.previous());
    report.put(
        "state", status.version() == null ? "stopped" : status.loaded() ? "loaded" : "ready");
    report.put("calls", status.calls());
    report.put("errors", status.errors());
    report.put("handles", status.handles());
    report.put("draining", status.draining());
    report.put("ids", status.ids());
    return report;
  }

  public static Object operation(ModuleOperation operation) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("operation", operation.kind());
    report.put("at", operation.at().toString());
    report.put("changes", operation.changes().stream().map(AdminReports::change).toList());
    report.put("prepareMs", rounded(operation.prepareMillis()));
    report.put("switchMs", rounded(operation.switchMillis()));
    if (operation.refusal() != null) {
      report.put("refused", operation.refusal().reason().name());
      report.put("message", operation.refusal().getMessage());
    }
    return report;
  }

  private static Object change(Change change) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("module", change.module());
    report.put("from", change.from());
    report.put("to", change.to());
    report.put("draining", change.draining());
    return report;
  }

  static List<Object> realms(List<RealmStatus> realms) {
    return realms.stream().map(AdminReports::realm).toList();
  }

  private static Object realm(RealmStatus status) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("realm", status.name());
    report.put("idleMs", rounded(status.idleNanos() / 1e6));
    report.put("lagMs", rounded(status.lagMillis()));
    report.put("handles", status.handles());
    return report;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }
}
