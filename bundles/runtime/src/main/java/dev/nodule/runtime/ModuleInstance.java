package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.engine.CompiledFile;
import dev.nodule.engine.Realm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One revision of a core module in one realm: its binding and the files that it has evaluated. */
final class ModuleInstance {
  static final String PARAMETERS = "exports, require, module, process, binding, primordials";

  final @Nullable CoreModule module;
  final Object binding;
  final Object require;

  /** Module records by id, so that a cycle sees the exports as they are by now. */
  final Map<String, Object> loaded = new HashMap<>();

  /** The files that are evaluated, each after those that it requires. */
  final Set<String> evaluated = new LinkedHashSet<>();

  /** What {@code module.sharedClasses} of the files that it has evaluated says, by file. */
  final Map<String, Object> sharedClasses = new LinkedHashMap<>();

  /**
   * How many files are being evaluated: their requires of one another give what there is so far.
   */
  int evaluating;

  private final Map<String, CompiledFile> files = new HashMap<>();
  private Map<String, CompiledFile> known = Map.of();

  ModuleInstance(@Nullable CoreModule module, Object binding, Object require) {
    this.module = module;
    this.binding = binding;
    this.require = require;
  }

  String name() {
    return module == null ? "runtime" : module.name();
  }

  /** Lets this revision use what another one compiled of the same text. */
  void reuse(Map<String, CompiledFile> compiled) {
    known = compiled;
  }

  Map<String, CompiledFile> files() {
    return files;
  }

  /** Everything is evaluated that was going to be; what others compiled is let go of. */
  void forgetOthers() {
    known = Map.of();
  }

  /**
   * Keeps nothing of a file that has run for the only time. Code that dealt with what earlier
   * revisions left remembers them, each the one before: kept for the next one, it kept them all.
   */
  void forget(String id) {
    files.remove(id);
  }

  CompiledFile compile(Realm realm, String id, String source) {
    CompiledFile file = files.get(id);
    if (file == null) {
      file = known.get(id);
      if (file == null || !file.is(source)) {
        file = realm.compileFile(source, "node:" + id, PARAMETERS);
      }
      files.put(id, file);
    }
    return file;
  }
}
