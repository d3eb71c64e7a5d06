package dev.nodule.swap;

import dev.nodule.api.HealthGate;
import dev.nodule.api.RealmStatus;
import dev.nodule.runtime.ModuleRealm;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.runtime.ModuleTraffic;
import dev.nodule.runtime.ModuleTraffic.Outcomes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at modules in the first seconds of new revisions. Errors are calls from outside that throw,
 * promises that are rejected, and work whose callback gets an error; lag is how late the loop comes
 * to a task.
 */
final class HealthWatch {
  private static final long PERIOD_MILLIS = 100;

  /** Fewer calls or errors say nothing. */
  private static final long CALLS = 20;

  private static final long ERRORS = 5;

  /** A single slow turn, such as one that compiles, is no lag: so many looks in a row are. */
  private static final int LATE_LOOKS = 10;

  private final ModuleRegistry registry;
  private final HealthGate gate;

  /** What the revisions before did, and what all had done when these began. */
  private final Map<String, ModuleTraffic> before = new LinkedHashMap<>();

  private final Map<String, ModuleTraffic> starts = new LinkedHashMap<>();
  private final double lagBefore;
  private volatile @Nullable String failure;
  private volatile boolean isOver;

  /** To be made before the switch: what the old revisions do is the measure. */
  HealthWatch(
      ModuleRegistry registry,
      HealthGate gate,
      Collection<String> modules,
      Map<String, ModuleTraffic> since) {
    this.registry = registry;
    this.gate = gate;
    for (String module : modules) {
      ModuleTraffic now = traffic(registry, module);
      before.put(module, now.since(since.getOrDefault(module, ModuleTraffic.NONE)));
      starts.put(module, now);
    }
    lagBefore = gate.limitsLag() ? usualLag() : 0;
  }

  /** The most of a second. */
  private double usualLag() {
    double most = 0;
    try {
      for (int look = 0; look < LATE_LOOKS; look++) {
        Thread.sleep(PERIOD_MILLIS);
        most = Math.max(most, lag());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return most;
  }

  static ModuleTraffic traffic(ModuleRegistry registry, String module) {
    return registry.realms().stream()
        .map(realm -> realm.traffic(module))
        .reduce(ModuleTraffic.NONE, ModuleTraffic::plus);
  }

  private double lag() {
    return registry.realms().stream()
        .map(ModuleRealm::status)
        .mapToDouble(RealmStatus::lagMillis)
        .max()
        .orElse(0);
  }

  /**
   * One of the revisions threw what nobody caught; from any thread.
   *
   * @return false if nobody watches any more
   */
  boolean fail(String module, String error) {
    failure = "'" + module + "' threw " + error;
    return !isOver;
  }

  /** Nobody watches any more. */
  void end() {
    isOver = true;
  }

  /**
   * Watches for as long as the gate says, or until {@code outdated}.
   *
   * @return what is wrong; null if nothing is
   */
  @Nullable String watch(java.util.function.BooleanSupplier outdated) throws InterruptedException {
    long end = System.nanoTime() + (long) (gate.seconds() * 1e9);
    int late = 0;
    while (System.nanoTime() < end && !outdated.getAsBoolean()) {
      Thread.sleep(PERIOD_MILLIS);
      if (failure != null) {
        return failure;
      }
      for (Map.Entry<String, ModuleTraffic> start : starts.entrySet()) {
        String module = start.getKey();
        String worse = worse(module, traffic(registry, module).since(start.getValue()));
        if (worse != null) {
          return worse;
        }
      }
      double lag = gate.limitsLag() ? lag() : 0;
      late = lag > lagBefore + gate.lagMillis() ? late + 1 : 0;
      if (late >= LATE_LOOKS) {
        return String.format("the loop is %.0f ms late, %.0f ms before", lag, lagBefore);
      }
    }
    return null;
  }

  private @Nullable String worse(String module, ModuleTraffic now) {
    ModuleTraffic then = before.getOrDefault(module, ModuleTraffic.NONE);
    String calls = worse("calls of '" + module + "' threw", now.calls(), then.calls());
    if (calls != null) {
      return calls;
    }
    String promises =
        worse("promises of '" + module + "' were rejected", now.promises(), then.promises());
    return promises != null
        ? promises
        : worse("callbacks of '" + module + "' got an error", now.work(), then.work());
  }

  private @Nullable String worse(String what, Outcomes now, Outcomes then) {
    boolean isWorse =
        now.all() >= CALLS
            && now.failed() >= ERRORS
            && now.failedShare() > then.failedShare() + gate.errorShare();
    return isWorse
        ? String.format(
            "%d of %d %s, %.1f %% against %.1f %% before",
            now.failed(), now.all(), what, now.failedShare() * 100, then.failedShare() * 100)
        : null;
  }
}
