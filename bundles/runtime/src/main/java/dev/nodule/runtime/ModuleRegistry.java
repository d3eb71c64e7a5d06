package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The core modules that bundles provide now, of all realms. Thread-safe. */
public final class ModuleRegistry {
  private final SortedMap<String, CoreModule> byName = new TreeMap<>();
  private final Map<String, String> nameById = new HashMap<>();

  /** Makes {@code module} the current revision of its name. */
  public synchronized void add(CoreModule module) {
    byName.put(module.name(), module);
    for (String id : module.ids()) {
      nameById.put(id, module.name());
    }
  }

  /** Withdraws a revision; its ids stay known, so that {@code require} can say what is missing. */
  public synchronized void remove(CoreModule module) {
    byName.remove(module.name(), module);
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
