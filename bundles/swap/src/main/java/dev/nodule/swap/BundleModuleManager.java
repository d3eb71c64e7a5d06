package dev.nodule.swap;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperation;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import dev.nodule.api.ModuleStatus;
import dev.nodule.api.RealmStatus;
import dev.nodule.api.SwapOptions;
import dev.nodule.runtime.ModuleRealm;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.runtime.ModuleTraffic;
import dev.nodule.runtime.PreparedRevisions;
import dev.nodule.runtime.RealmEndedException;
import dev.nodule.runtime.RevisionException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** {@link ModuleManager} over the bundles of a framework. docs/hot-swap.md tells the algorithm. */
public final class BundleModuleManager implements ModuleManager {
  private static final long SAFE_POINT_SECONDS = 30;
  private static final int HISTORY = 1000;
  private static final long AFTERMATH_MILLIS = 5000;

  /**
   * Revisions out of use whose handles are not all closed; beyond that the oldest are uninstalled.
   */
  private static final int RETIRED = 16;

  private final ReentrantLock operation = new ReentrantLock(true);
  private final ModuleTracker tracker;
  private final ModuleRegistry registry;
  private final SwapPolicy policy;
  private final BundleInstaller installer;
  private final ChosenRevisions chosen;
  private final Map<String, ModuleSlot> slots = new TreeMap<>();
  private final Deque<ModuleOperation> history = new ArrayDeque<>();

  /** What the functions of each module had done when its current revision came. */
  private final Map<String, ModuleTraffic> traffic = new HashMap<>();

  /** The watches of modules whose revision is new, by module. */
  private final Map<String, HealthWatch> trials = new ConcurrentHashMap<>();

  private final Deque<Revision> retired = new ArrayDeque<>();
  private volatile boolean ending;

  /**
   * @param chosen what the next start of this application uses
   */
  public BundleModuleManager(ModuleTracker tracker, SwapPolicy policy, ChosenRevisions chosen) {
    this.tracker = tracker;
    this.policy = policy;
    this.chosen = chosen;
    registry = tracker.registry();
    installer = new BundleInstaller(tracker, policy);
    ShippedWires.register(tracker.context());
    registry.setTrial(this::failed);
    synchronized (slots) {
      syncSlots();
    }
  }

  private boolean failed(String module, String error) {
    HealthWatch watch = trials.get(module);
    return watch != null && watch.fail(module, error);
  }

  /** From now on every operation is refused. */
  public void end() {
    ending = true;
  }

  /**
   * Makes the revisions current that were chosen earlier; before any realm runs. A bundle that
   * cannot be had any more is left out with a warning; if it came with an update, all that was
   * chosen is left out, as an update is one step.
   */
  public void restore() {
    Map<String, Revision> restored = new LinkedHashMap<>();
    Map<Path, UpdateFile> updates = new HashMap<>();
    for (ChosenRevisions.Entry entry : chosen.read()) {
      try {
        restored.put(entry.module(), restored(entry, updates));
      } catch (ModuleOperationException e) {
        String wrong =
            entry.module() + " " + entry.version() + " cannot be restored: " + e.getMessage();
        if (entry.member() != null) {
          restored.values().forEach(installer::uninstall);
          System.err.println("nodule: all core modules run as shipped: " + wrong);
          return;
        }
        System.err.println(
            "nodule: core module '" + entry.module() + "' runs as shipped: " + wrong);
      }
    }
    restored.forEach(
        (name, revision) -> {
          ModuleSlot slot = slot(name);
          slot.current = revision;
          slot.chosen = revision;
          registry.select(revision.module());
        });
  }

  private Revision restored(ChosenRevisions.Entry entry, Map<Path, UpdateFile> updates)
      throws ModuleOperationException {
    ModuleJar jar;
    String member = entry.member();
    if (member == null) {
      jar = ModuleJar.read(entry.jar());
    } else {
      UpdateFile update = updates.get(entry.jar());
      if (update == null) {
        update = UpdateFile.read(entry.jar(), policy);
        updates.put(entry.jar(), update);
      }
      jar = update.bundle(member);
      if (jar == null) {
        throw new ModuleOperationException(
            Reason.NOT_AN_UPDATE, entry.jar().getFileName() + " lacks " + member);
      }
    }
    Revision revision = installer.install(List.of(jar)).getFirst();
    if (!revision.module().name().equals(entry.module())) {
      installer.uninstall(revision);
      throw new ModuleOperationException(Reason.NOT_A_MODULE, "it is " + revision.module().name());
    }
    return revision;
  }

  private interface Work {
    Done run() throws ModuleOperationException;
  }

  private record Done(List<Change> changes, long preparedAt, long switchNanos) {}

  private ModuleOperation perform(String kind, Work work) throws ModuleOperationException {
    long start = System.nanoTime();
    try {
      if (!operation.tryLock(SAFE_POINT_SECONDS, TimeUnit.SECONDS)) {
        throw new ModuleOperationException(Reason.TIMEOUT, "another operation is under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModuleOperationException(Reason.TIMEOUT, "interrupted");
    }
    try {
      if (ending) {
        throw new ModuleOperationException(Reason.ENDING, "the process is ending");
      }
      synchronized (slots) {
        syncSlots();
      }
      Done done = work.run();
      for (ModuleRealm realm : registry.realms()) {
        realm.announce(done.changes);
      }
      return remember(
          new ModuleOperation(
              kind,
              Instant.now(),
              done.changes,
              (done.preparedAt - start) / 1e6,
              done.switchNanos / 1e6,
              null));
    } catch (ModuleOperationException e) {
      remember(
          new ModuleOperation(
              kind, Instant.now(), List.of(), (System.nanoTime() - start) / 1e6, 0, e));
      throw e;
    } finally {
      operation.unlock();
    }
  }

  private ModuleOperation remember(ModuleOperation done) {
    synchronized (history) {
      history.add(done);
      if (history.size() > HISTORY) {
        history.remove();
      }
    }
    return done;
  }

  @Override
  public ModuleOperation swap(List<Path> jars, SwapOptions options)
      throws ModuleOperationException {
    return perform("swap", () -> swapNow(jars, options));
  }

  private Done swapNow(List<Path> files, SwapOptions options) throws ModuleOperationException {
    if (files.isEmpty()) {
      throw new ModuleOperationException(Reason.NOT_A_MODULE, "no bundle is named");
    }
    List<ModuleJar> jars = new ArrayList<>();
    for (Path file : files) {
      jars.add(ModuleJar.read(file));
    }
    return replace(
        jars,
        options,
        next -> {
          Done done = change(next);
          if (options.persist()) {
            next.forEach((name, revision) -> slot(name).chosen = revision);
            keepChoices();
          }
          return done;
        });
  }

  @Override
  public ModuleOperation update(Path file, SwapOptions options) throws ModuleOperationException {
    return perform("update", () -> updateNow(file, options));
  }

  private Done updateNow(Path file, SwapOptions options) throws ModuleOperationException {
    UpdateFile update = UpdateFile.read(file, policy);
    synchronized (slots) {
      new UpdateBase(slots).check(update.contents());
    }
    if (options.persist() && !chosen.isKept()) {
      throw new ModuleOperationException(
          Reason.NOT_KEPT,
          "this process has no folder to keep an update in; --no-persist takes it until the"
              + " process ends");
    }
    return replace(update.bundles(), options, next -> changeAndKeep(next, options.persist()));
  }

  /** What has been changed has been kept when this returns; if it cannot be, nothing is changed. */
  private Done changeAndKeep(Map<String, Revision> next, boolean persist)
      throws ModuleOperationException {
    Map<String, Revision> choices = choices();
    choices.putAll(next);
    ChosenRevisions.Staged staged = persist ? chosen.stage(choices) : () -> {};
    Done done;
    try {
      done = change(next);
    } catch (ModuleOperationException e) {
      staged.discard();
      throw e;
    }
    try {
      staged.commit();
    } catch (ModuleOperationException e) {
      staged.discard();
      undo(next);
      throw e;
    }
    if (persist) {
      next.forEach((name, revision) -> slot(name).chosen = revision);
    }
    return done;
  }

  /** Brings back what a change has just replaced, and takes away what it has added. */
  private void undo(Map<String, Revision> next) throws ModuleOperationException {
    Map<String, Revision> replaced = new LinkedHashMap<>();
    for (String name : next.keySet()) {
      ModuleSlot slot = slot(name);
      Revision before = slot.before();
      if (before != null) {
        replaced.put(name, before);
      } else {
        slot.current = null;
        registry.deselect(name);
        longest(inAllRealms(realm -> realm.withdraw(name)));
      }
    }
    if (!replaced.isEmpty()) {
      change(replaced);
      replaced.keySet().forEach(name -> slot(name).previous = null);
    }
  }

  private interface Publication {
    Done publish(Map<String, Revision> next) throws ModuleOperationException;
  }

  /** Installs bundles, publishes their modules and has them watched; or nothing of all this. */
  private Done replace(List<ModuleJar> jars, SwapOptions options, Publication publication)
      throws ModuleOperationException {
    List<Revision> installed = installer.install(jars);
    Map<String, Revision> next = new LinkedHashMap<>();
    // The watches of revisions that are still new themselves; theirs again if this is refused.
    Map<String, @Nullable HealthWatch> outdone = new HashMap<>();
    try {
      for (Revision revision : installed) {
        String name = revision.module().name();
        if (next.put(name, revision) != null) {
          throw new ModuleOperationException(
              Reason.NOT_A_MODULE, "two of the bundles provide '" + name + "'");
        }
        check(name, revision, options);
      }
      HealthWatch watch = new HealthWatch(registry, options.gate(), next.keySet(), traffic);
      boolean isGated = options.gate().seconds() > 0;
      if (isGated) {
        next.keySet().forEach(name -> outdone.put(name, trials.put(name, watch)));
      }
      Done done = publication.publish(next);
      if (isGated) {
        Map<String, Revision> watched = Map.copyOf(next);
        Thread.ofVirtual().name("nodule-health-gate").start(() -> guard(watch, watched));
      }
      return done;
    } catch (ModuleOperationException e) {
      outdone.forEach((name, watch) -> trials.compute(name, (same, refused) -> watch));
      installed.forEach(installer::uninstall);
      throw e;
    }
  }

  /** Rolls back what does not hold its gate. */
  private void guard(HealthWatch watch, Map<String, Revision> watched) {
    try {
      String wrong = watch.watch(() -> ending || !areCurrent(watched));
      if (wrong != null && areCurrent(watched)) {
        takeBack(watched, wrong);
        // What it has begun may fail for a while.
        Thread.sleep(AFTERMATH_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watch.end();
      watched.keySet().forEach(name -> trials.remove(name, watch));
    }
  }

  private void takeBack(Map<String, Revision> watched, String wrong) {
    try {
      perform("automatic-rollback", () -> rollBack(watched));
      System.err.println("nodule: " + watched.keySet() + " rolled back: " + wrong);
    } catch (ModuleOperationException e) {
      System.err.println(
          "nodule: " + watched.keySet() + " not rolled back (" + e.getMessage() + "): " + wrong);
    }
  }

  private boolean areCurrent(Map<String, Revision> revisions) {
    return revisions.entrySet().stream()
        .allMatch(entry -> registry.current(entry.getKey()) == entry.getValue().module());
  }

  /** Takes a whole transaction back. */
  private Done rollBack(Map<String, Revision> watched) throws ModuleOperationException {
    Map<String, Revision> targets = new LinkedHashMap<>();
    for (Map.Entry<String, Revision> entry : watched.entrySet()) {
      ModuleSlot slot = slot(entry.getKey());
      Revision before = slot.before();
      if (slot.current != entry.getValue() || before == null) {
        throw new ModuleOperationException(
            Reason.NOTHING_BEFORE, "'" + entry.getKey() + "' has no revision to go back to");
      }
      targets.put(entry.getKey(), before);
    }
    return backTo(targets);
  }

  private void check(String name, Revision revision, SwapOptions options)
      throws ModuleOperationException {
    ModuleSlot slot = slot(name);
    Revision current = slot.current;
    if (current != null
        && !options.allowOlder()
        && Version.parseVersion(revision.version())
                .compareTo(Version.parseVersion(current.version()))
            < 0) {
      throw new ModuleOperationException(
          Reason.TOO_OLD,
          name
              + " "
              + revision.version()
              + " is older than "
              + current.version()
              + ", which is in use; --allow-older takes it all the same");
    }
  }

  @Override
  public ModuleOperation rollback(String module, boolean shipped) throws ModuleOperationException {
    return perform("rollback", () -> rollbackNow(module, shipped));
  }

  private Done rollbackNow(String module, boolean shipped) throws ModuleOperationException {
    ModuleSlot slot = known(module);
    Revision target = shipped ? slot.shipped : slot.before();
    if (target == null || target == slot.current) {
      throw new ModuleOperationException(
          Reason.NOTHING_BEFORE, "'" + module + "' has no revision to go back to");
    }
    return backTo(Map.of(module, target));
  }

  private Done backTo(Map<String, Revision> targets) throws ModuleOperationException {
    Map<String, Revision> abandoned = new HashMap<>();
    for (String module : targets.keySet()) {
      Revision current = slot(module).current;
      if (current != null) {
        abandoned.put(module, current);
      }
    }
    Done done = change(targets);
    // What was rolled away is not to come back by another rollback.
    targets.keySet().forEach(module -> slot(module).previous = null);
    abandoned.values().forEach(this::retire);
    releaseRetired();
    abandoned.forEach(
        (name, revision) -> {
          ModuleSlot slot = slot(name);
          if (slot.chosen == revision) {
            slot.chosen = slot.current;
          }
        });
    keepChoices();
    return done;
  }

  /** Evaluates everywhere, then publishes everywhere; on any failure everything is as it was. */
  private Done change(Map<String, Revision> next) throws ModuleOperationException {
    List<CoreModule> modules = next.values().stream().map(Revision::module).toList();
    Map<ModuleRealm, PreparedRevisions> prepared = new LinkedHashMap<>();
    for (Map.Entry<ModuleRealm, CompletableFuture<PreparedRevisions>> step :
        inAllRealms(realm -> realm.prepare(modules)).entrySet()) {
      PreparedRevisions revisions = await(step.getKey(), step.getValue());
      if (revisions != null) {
        prepared.put(step.getKey(), revisions);
      }
    }
    long preparedAt = System.nanoTime();
    modules.forEach(registry::select);
    long longest = 0;
    try {
      Map<ModuleRealm, CompletableFuture<Long>> publishing = new LinkedHashMap<>();
      prepared.forEach((realm, revisions) -> publishing.put(realm, realm.publish(revisions)));
      longest = longest(publishing);
    } catch (ModuleOperationException e) {
      restore(next.keySet());
      throw e;
    }
    // Threads that began meanwhile may have taken the revisions before.
    for (ModuleRealm realm : registry.realms()) {
      if (!prepared.containsKey(realm)) {
        realm.catchUp(next.keySet());
      }
    }
    List<Change> changes = new ArrayList<>();
    next.forEach(
        (name, revision) -> {
          ModuleSlot slot = slot(name);
          Revision before = slot.current;
          if (before != null && before != revision) {
            if (slot.previous != null && slot.previous != revision && slot.previous != before) {
              retire(slot.previous);
            }
            slot.previous = before;
          }
          slot.current = revision;
          slot.stopped = false;
          traffic.put(name, HealthWatch.traffic(registry, name));
          changes.add(
              new Change(
                  name,
                  before == null ? null : before.version(),
                  revision.version(),
                  draining(slot)));
        });
    releaseRetired();
    return new Done(changes, preparedAt, longest);
  }

  private void restore(Iterable<String> names) {
    for (String name : names) {
      Revision current = slot(name).current;
      if (current == null) {
        registry.deselect(name);
        registry.realms().forEach(realm -> realm.withdraw(name));
        continue;
      }
      registry.select(current.module());
      for (ModuleRealm realm : registry.realms()) {
        realm.prepare(List.of(current.module())).thenAccept(realm::publish);
      }
    }
  }

  /** Starts a step in each realm, so that none waits for another one's safe point. */
  private <T> Map<ModuleRealm, CompletableFuture<T>> inAllRealms(
      Function<ModuleRealm, CompletableFuture<T>> start) {
    Map<ModuleRealm, CompletableFuture<T>> steps = new LinkedHashMap<>();
    for (ModuleRealm realm : registry.realms()) {
      steps.put(realm, start.apply(realm));
    }
    return steps;
  }

  /** Waits for all realms; how long the slowest took for its step. */
  private static long longest(Map<ModuleRealm, CompletableFuture<Long>> steps)
      throws ModuleOperationException {
    long longest = 0;
    for (Map.Entry<ModuleRealm, CompletableFuture<Long>> step : steps.entrySet()) {
      Long nanos = await(step.getKey(), step.getValue());
      longest = Math.max(longest, nanos == null ? 0 : nanos);
    }
    return longest;
  }

  /** The result of a realm's step; null if the realm has ended before it. */
  private static <T> @Nullable T await(ModuleRealm realm, CompletableFuture<T> step)
      throws ModuleOperationException {
    try {
      return step.get(SAFE_POINT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      step.cancel(false);
      throw new ModuleOperationException(
          Reason.TIMEOUT,
          "a JavaScript thread reached no safe point within "
              + SAFE_POINT_SECONDS
              + " s: "
              + realm.status().name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModuleOperationException(Reason.TIMEOUT, "interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RealmEndedException) {
        return null;
      }
      if (e.getCause() instanceof RevisionException failure) {
        throw new ModuleOperationException(
            failure.isSelfCheck() ? Reason.SELF_CHECK : Reason.BROKEN,
            String.valueOf(failure.getMessage()));
      }
      throw new ModuleOperationException(Reason.BROKEN, String.valueOf(e.getCause()));
    }
  }

  @Override
  public ModuleOperation stop(String module) throws ModuleOperationException {
    return perform("stop", () -> stopNow(module));
  }

  private Done stopNow(String module) throws ModuleOperationException {
    ModuleSlot slot = known(module);
    Revision current = slot.current;
    if (slot.stopped || current == null) {
      throw new ModuleOperationException(Reason.NO_CHANGE, "'" + module + "' is stopped already");
    }
    tracker.manage(current.bundle());
    try {
      current.bundle().stop(Bundle.STOP_TRANSIENT);
    } catch (BundleException e) {
      throw new ModuleOperationException(Reason.BROKEN, "it does not stop: " + e.getMessage());
    }
    long preparedAt = System.nanoTime();
    registry.deselect(module);
    slot.stopped = true;
    long longest = longest(inAllRealms(realm -> realm.withdraw(module)));
    return new Done(
        List.of(
            new Change(
                module, current.version(), null, registry.handlesOf(current.module()).get())),
        preparedAt,
        longest);
  }

  @Override
  public ModuleOperation start(String module) throws ModuleOperationException {
    return perform("start", () -> startNow(module));
  }

  private Done startNow(String module) throws ModuleOperationException {
    ModuleSlot slot = known(module);
    Revision current = slot.current;
    if (!slot.stopped || current == null) {
      throw new ModuleOperationException(Reason.NO_CHANGE, "'" + module + "' is not stopped");
    }
    Revision started = installer.start(current.bundle(), current.jar());
    slot.current = null;
    try {
      Done done = change(Map.of(module, started));
      if (slot.shipped == current) {
        // A start makes a service of its own: the stopped one is nothing to go back to.
        slot.shipped = started;
      }
      return done;
    } catch (ModuleOperationException e) {
      slot.current = current;
      throw e;
    }
  }

  private ModuleSlot known(String module) throws ModuleOperationException {
    synchronized (slots) {
      ModuleSlot slot = slots.get(module);
      if (slot == null) {
        throw new ModuleOperationException(
            Reason.UNKNOWN_MODULE, "there is no core module '" + module + "'");
      }
      return slot;
    }
  }

  private ModuleSlot slot(String module) {
    synchronized (slots) {
      return slots.computeIfAbsent(module, name -> new ModuleSlot(name, null));
    }
  }

  /** Takes over what was changed by OSGi's own means. */
  private void syncSlots() {
    Map<String, Bundle> bundles = null;
    for (String name : registry.names()) {
      CoreModule module = registry.current(name);
      ModuleSlot slot = slots.get(name);
      if (module == null
          || (slot != null && slot.current != null && slot.current.module() == module)) {
        continue;
      }
      if (bundles == null) {
        bundles = installer.providers();
      }
      Bundle bundle = bundles.get(name);
      if (bundle == null) {
        continue;
      }
      Revision revision = new Revision(module, bundle, null);
      if (slot == null) {
        slots.put(name, new ModuleSlot(name, revision));
      } else {
        slot.current = revision;
        slot.stopped = false;
      }
    }
  }

  /** The change stands whatever becomes of this: the next start may miss it. */
  private void keepChoices() {
    try {
      chosen.write(choices());
    } catch (ModuleOperationException e) {
      System.err.println("nodule: " + e.getMessage());
    }
  }

  private Map<String, Revision> choices() {
    Map<String, Revision> choices = new HashMap<>();
    synchronized (slots) {
      slots.forEach(
          (name, slot) -> {
            if (slot.chosen != null && !slot.chosen.isShipped()) {
              choices.put(name, slot.chosen);
            }
          });
    }
    return choices;
  }

  private void retire(Revision revision) {
    if (!revision.isShipped()) {
      retired.add(revision);
    }
  }

  /** Uninstalls what has no open handle any more, and the oldest of too many. */
  private void releaseRetired() {
    for (Iterator<Revision> revisions = retired.iterator(); revisions.hasNext(); ) {
      Revision revision = revisions.next();
      if (retired.size() > RETIRED || registry.handlesOf(revision.module()).get() == 0) {
        revisions.remove();
        installer.uninstall(revision);
      }
    }
  }

  private int draining(ModuleSlot slot) {
    int handles = 0;
    for (Revision revision : retired) {
      if (revision.module().name().equals(slot.name)) {
        handles += registry.handlesOf(revision.module()).get();
      }
    }
    if (slot.previous != null) {
      handles += registry.handlesOf(slot.previous.module()).get();
    }
    if (slot.shipped != null && slot.shipped != slot.previous && slot.shipped != slot.current) {
      handles += registry.handlesOf(slot.shipped.module()).get();
    }
    return handles;
  }

  @Override
  public List<ModuleStatus> modules() {
    operation.lock();
    try {
      synchronized (slots) {
        syncSlots();
        return slots.values().stream().map(this::status).toList();
      }
    } finally {
      operation.unlock();
    }
  }

  private ModuleStatus status(ModuleSlot slot) {
    Revision current = slot.stopped ? null : slot.current;
    Revision before = slot.before();
    ModuleTraffic traffic = HealthWatch.traffic(registry, slot.name);
    boolean loaded = registry.realms().stream().anyMatch(realm -> realm.isLoaded(slot.name));
    return new ModuleStatus(
        slot.name,
        version(current),
        version(slot.shipped),
        version(before),
        slot.current == null ? List.of() : slot.current.module().ids(),
        loaded,
        traffic.calls().all(),
        traffic.calls().failed(),
        current == null ? 0 : registry.handlesOf(current.module()).get(),
        draining(slot));
  }

  private static @Nullable String version(@Nullable Revision revision) {
    return revision == null ? null : revision.version();
  }

  @Override
  public List<ModuleOperation> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }

  @Override
  public List<RealmStatus> realms() {
    return registry.realms().stream().map(ModuleRealm::status).toList();
  }
}
