package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The core modules that bundles provide now, of all realms. Thread-safe. */
public final class ModuleRegistry {
  private final SortedMap<String, CoreModule> byName = new TreeMap<>();
  private final Map<String, String> nameById = new HashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** Tells of every name whose provider came or went, on the thread on which that happened. */
  public void addListener(Consumer<String> listener) {
    listeners.add(listener);
  }

  private void changed(String name) {
    listeners.forEach(listener -> listener.accept(name));
  }

  /** Makes {@code module} the current revision of its name. */
  public void add(CoreModule module) {
    synchronized (this) {
      byName.put(module.name(), module);
      for (String id : module.ids()) {
        nameById.put(id, module.name());
      }
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

  /** The name of the module that has or had this id. */
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
