package dev.nodule.metrics;

import dev.nodule.api.ModuleStatus;
import dev.nodule.api.RealmStatus;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All figures as one page of Prometheus text. */
final class MetricsPage {
  private final Metrics metrics;
  private final PrometheusText text = new PrometheusText();

  private MetricsPage(Metrics metrics) {
    this.metrics = metrics;
  }

  static String of(Metrics metrics) {
    MetricsPage page = new MetricsPage(metrics);
    page.modules(metrics.modules());
    page.operations();
    page.loops(metrics.loops());
    return page.text.toString();
  }

  private void modules(List<ModuleStatus> modules) {
    text.family("nodule_module_info", "gauge", "Core modules that have a provider, by version.");
    for (ModuleStatus module : modules) {
      String version = module.version();
      if (version != null) {
        String shipped = module.shipped();
        text.sample(
            1,
            "module",
            module.name(),
            "version",
            version,
            "shipped",
            shipped == null ? "" : shipped);
      }
    }
    family(
        modules,
        "nodule_module_up",
        "gauge",
        "Whether the module has a provider.",
        module -> module.version() == null ? 0 : 1);
    family(
        modules,
        "nodule_module_calls_total",
        "counter",
        "Calls of the module's functions from outside of it.",
        ModuleStatus::calls);
    family(
        modules,
        "nodule_module_errors_total",
        "counter",
        "Calls that threw.",
        ModuleStatus::errors);
    family(
        modules,
        "nodule_module_handles",
        "gauge",
        "Open handles of the current revision.",
        ModuleStatus::handles);
    family(
        modules,
        "nodule_module_draining_handles",
        "gauge",
        "Open handles of earlier revisions.",
        ModuleStatus::draining);
  }

  private void family(
      List<ModuleStatus> modules,
      String name,
      String type,
      String help,
      ToDoubleFunction<ModuleStatus> value) {
    text.family(name, type, help);
    for (ModuleStatus module : modules) {
      text.sample(value.applyAsDouble(module), "module", module.name());
    }
  }

  private void operations() {
    text.family(
        "nodule_module_operations_total", "counter", "Changes of modules, done and refused.");
    metrics
        .operations()
        .forEach(
            (kind, count) ->
                text.sample(count, "operation", kind.operation(), "result", kind.result()));
  }

  private void loops(List<RealmStatus> loops) {
    text.family("nodule_loop_lag_seconds", "gauge", "How late the event loop comes to a task.");
    loops.forEach(loop -> text.sample(loop.lagMillis() / 1e3, "loop", loop.name()));
    text.family(
        "nodule_loop_idle_seconds_total", "counter", "What the event loop has spent waiting.");
    loops.forEach(loop -> text.sample(loop.idleNanos() / 1e9, "loop", loop.name()));
    text.family("nodule_loop_handles", "gauge", "What keeps the event loop alive.");
    loops.forEach(loop -> text.sample(loop.handles(), "loop", loop.name()));
  }
}
