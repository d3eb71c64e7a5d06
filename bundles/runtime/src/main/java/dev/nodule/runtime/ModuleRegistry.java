package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The core modules that bundles provide now, of all realms. Thread-safe. */
public final class ModuleRegistry {
  private final SortedMap<String, CoreModule> byName = new TreeMap<>();
  private final Map<String, String> nameById = new HashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final List<ModuleRealm> realms = new CopyOnWriteArrayList<>();
  private final Map<CoreModule, AtomicInteger> handles = new WeakHashMap<>();
  private volatile long waitMillis;
  private volatile RevisionTrial trial = RevisionTrial.NONE;
  private volatile Supplier<ModuleManager> manager =
      () -> {
        throw new IllegalStateException("this process has no manager of modules");
      };

  /** Tells of every name whose provider came or went, on the thread on which that happened. */
  public void addListener(Consumer<String> listener) {
    listeners.add(listener);
  }

  public void removeListener(Consumer<String> listener) {
    listeners.remove(listener);
  }

  /** The realms of this process, in the order in which they came. */
  public List<ModuleRealm> realms() {
    return realms;
  }

  public void addRealm(ModuleRealm realm) {
    realms.add(realm);
  }

  public void removeRealm(ModuleRealm realm) {
    realms.remove(realm);
  }

  /** What changes modules in this process; asked for when somebody wants it. */
  public Supplier<ModuleManager> manager() {
    return manager;
  }

  public void setManager(Supplier<ModuleManager> supplier) {
    manager = supplier;
  }

  /** Who is told when a new revision fails. */
  public RevisionTrial trial() {
    return trial;
  }

  public void setTrial(RevisionTrial watcher) {
    trial = watcher;
  }

  /** How long calls into a module without a provider wait for one, in milliseconds. */
  public long waitMillis() {
    return waitMillis;
  }

  public void setWaitMillis(long millis) {
    waitMillis = millis;
  }

  /** Waits for a provider; null if none came in time. */
  synchronized @Nullable CoreModule await(String name, long millis) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    try {
      while (!byName.containsKey(name)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return null;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return byName.get(name);
  }

  /** The handles that a revision has open, in all realms. */
  public AtomicInteger handlesOf(CoreModule revision) {
    synchronized (handles) {
      return handles.computeIfAbsent(revision, key -> new AtomicInteger());
    }
  }

  /** Makes a revision current without telling the realms: whoever calls does. */
  public synchronized void select(CoreModule module) {
    byName.put(module.name(), module);
    for (String id : module.ids()) {
      nameById.put(id, module.name());
    }
    notifyAll();
  }

  /** Withdraws a module's provider without telling the realms. */
  public synchronized void deselect(String name) {
    byName.remove(name);
  }

  /** The names of all modules that have or had a provider. */
  public synchronized SortedSet<String> names() {
    return new TreeSet<>(nameById.values());
  }

  private void changed(String name) {
    listeners.forEach(listener -> listener.accept(name));
  }

  /** Makes {@code module} the current revision of its name. */
  public void add(CoreModule module) {
    synchronized (this) {
      select(module);
    }
    changed(module.name());
  }

  /** Withdraws a revision; its ids stay known, so that {@code require} can say what is missing. */
  public void remove(CoreModule module) {
    synchronized (this) {
      byName.remove(module.name(), module);
    }
    changed(module.name());
  }

  /**
   * Says that an id belongs to a module which this image does not have: {@code require} tells so,
   * and finds the module once its bundle is added.
   */
  public synchronized void expect(String id, String name) {
    nameById.putIfAbsent(id, name);
  }

  /** The name of the module that has or had this id, or would have it. */
  public synchronized @Nullable String nameOf(String id) {
    return nameById.get(id);
  }

  public synchronized @Nullable CoreModule current(String name) {
    return byName.get(name);
  }

  /** All ids that a provider is there for. */
  public synchronized Collection<String> ids() {
    return nameById.entrySet().stream()
        .filter(entry -> byName.containsKey(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
