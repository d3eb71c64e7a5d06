package dev.nodule.metrics;

import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperation;
import dev.nodule.api.ModuleStatus;
import dev.nodule.api.RealmStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The figures of one process at one moment, for whatever way they go out. Thread-safe. */
final class Metrics {
  /** How long a loop may take to answer before its lag is told as it is by then. */
  private static final long PROBE_MILLIS = 20;

  private final Supplier<ModuleManager> manager;
  private final SortedMap<OperationKind, Long> operations = new TreeMap<>();
  private @Nullable ModuleOperation lastCounted;

  Metrics(Supplier<ModuleManager> manager) {
    this.manager = manager;
  }

  /**
   * What an operation was and how it ended.
   *
   * @param result {@code done}, or the reason of the refusal in lower case
   */
  record OperationKind(String operation, String result) implements Comparable<OperationKind> {
    static OperationKind of(ModuleOperation operation) {
      return new OperationKind(
          operation.kind(),
          operation.refusal() == null
              ? "done"
              : operation.refusal().reason().name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public int compareTo(OperationKind other) {
      int order = operation.compareTo(other.operation);
      return order != 0 ? order : result.compareTo(other.result);
    }
  }

  List<ModuleStatus> modules() {
    return manager.get().modules();
  }

  /** The lag is measured now: a probe is sent, and its answer waited for a moment. */
  List<RealmStatus> loops() {
    manager.get().realms();
    try {
      Thread.sleep(PROBE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return manager.get().realms();
  }

  /** How many operations of each kind there were: the manager's own list is bounded. */
  synchronized SortedMap<OperationKind, Long> operations() {
    List<ModuleOperation> history = manager.get().history();
    int first = 0;
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i) == lastCounted) {
        first = i + 1;
        break;
      }
    }
    for (ModuleOperation operation : history.subList(first, history.size())) {
      operations.merge(OperationKind.of(operation), 1L, Long::sum);
    }
    if (!history.isEmpty()) {
      lastCounted = history.getLast();
    }
    return new TreeMap<>(operations);
  }
}
