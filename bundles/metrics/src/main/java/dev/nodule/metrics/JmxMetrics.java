package dev.nodule.metrics;

import dev.nodule.api.ModuleManager;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/** {@code --metrics-jmx}: the figures in the platform's MBean server. */
public final class JmxMetrics implements ModulesMXBean {
  static final String NAME = "dev.nodule:type=Modules";

  private final Metrics metrics;

  private JmxMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  public static void register(Supplier<ModuleManager> manager) {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new JmxMetrics(new Metrics(manager)), new ObjectName(NAME));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<ModuleFigures> getModules() {
    return metrics.modules().stream().map(ModuleFigures::new).toList();
  }

  @Override
  public List<LoopFigures> getLoops() {
    return metrics.loops().stream().map(LoopFigures::new).toList();
  }

  @Override
  public Map<String, Long> getOperations() {
    Map<String, Long> counts = new LinkedHashMap<>();
    metrics
        .operations()
        .forEach((kind, count) -> counts.put(kind.operation() + " " + kind.result(), count));
    return counts;
  }
}
