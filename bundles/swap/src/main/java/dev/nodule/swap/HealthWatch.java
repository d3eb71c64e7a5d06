package dev.nodule.swap;

import dev.nodule.api.HealthGate;
import dev.nodule.api.RealmStatus;
import dev.nodule.runtime.ModuleRealm;
import dev.nodule.runtime.ModuleRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at modules in the first seconds of new revisions. Errors are calls from outside that throw;
 * lag is how late the loop comes to a task.
 */
final class HealthWatch {
  private static final long PERIOD_MILLIS = 100;

  /** Fewer calls or errors say nothing. */
  private static final long CALLS = 20;

  private static final long ERRORS = 5;

  /** A single slow turn, such as one that compiles, is no lag: so many looks in a row are. */
  private static final int LATE_LOOKS = 10;

  /** What the functions of a module have done until now. */
  record Traffic(long calls, long errors) {
    double share() {
      return calls == 0 ? 0 : (double) errors / calls;
    }

    Traffic since(Traffic earlier) {
      return new Traffic(calls - earlier.calls, errors - earlier.errors);
    }
  }

  private final ModuleRegistry registry;
  private final HealthGate gate;

  /** The share of errors that the revisions before had. */
  private final Map<String, Double> sharesBefore = new LinkedHashMap<>();

  private final Map<String, Traffic> starts = new LinkedHashMap<>();
  private final double lagBefore;
  private volatile @Nullable String failure;
  private volatile boolean isOver;

  /** To be made before the switch: what the old revisions do is the measure. */
  HealthWatch(
      ModuleRegistry registry,
      HealthGate gate,
      Collection<String> modules,
      Map<String, Traffic> since) {
    this.registry = registry;
    this.gate = gate;
    for (String module : modules) {
      Traffic now = traffic(registry, module);
      Traffic earlier = since.getOrDefault(module, new Traffic(0, 0));
      sharesBefore.put(module, now.since(earlier).share());
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

  static Traffic traffic(ModuleRegistry registry, String module) {
    long calls = 0;
    long errors = 0;
    for (ModuleRealm realm : registry.realms()) {
      long[] traffic = realm.traffic(module);
      calls += traffic[0];
      errors += traffic[1];
    }
    return new Traffic(calls, errors);
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
      for (Map.Entry<String, Traffic> start : starts.entrySet()) {
        String module = start.getKey();
        Traffic now = traffic(registry, module).since(start.getValue());
        double before = sharesBefore.getOrDefault(module, 0.0);
        if (now.calls() >= CALLS
            && now.errors() >= ERRORS
            && now.share() > before + gate.errorShare()) {
          return String.format(
              "%d of %d calls of '%s' threw, %.1f %% against %.1f %% before",
              now.errors(), now.calls(), module, now.share() * 100, before * 100);
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
}
