package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.RealmStatus;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A realm as those see it that change modules: from any thread. What it is asked to do happens on
 * its JavaScript thread between two macrotasks, its safe point.
 */
public interface ModuleRealm {
  RealmStatus status();

  /**
   * Evaluates revisions, which nobody sees yet; one file at each safe point, so that the realm
   * serves on meanwhile. Fails with a {@link RevisionException} if one of them does not evaluate.
   */
  CompletableFuture<PreparedRevisions> prepare(List<CoreModule> revisions);

  /** Makes all of them current at one safe point; the result is how many nanoseconds that took. */
  CompletableFuture<Long> publish(PreparedRevisions prepared);

  /** Brings modules into line with the registry, for a realm that began during a change. */
  void catchUp(Collection<String> modules);

  /** Takes a module without a provider away at a safe point. */
  CompletableFuture<Long> withdraw(String module);

  /** Whether this realm has evaluated the module; a little old. */
  boolean isLoaded(String module);

  /** What a module's functions have done in this realm; a little old. */
  ModuleTraffic traffic(String module);

  /** Tells JavaScript ({@code process.on('moduleswap')}). */
  void announce(List<Change> changes);
}
