package dev.nodule.builder.trace;

import dev.nodule.engine.ModuleReferences;
import dev.nodule.engine.ModuleReferences.Kind;
import dev.nodule.engine.ModuleReferences.Reference;
import dev.nodule.engine.ModuleReferences.References;
import dev.nodule.engine.ModuleReferences.UnparsableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the references of an application's files without running them.
 *
 * <ol>
 *   <li>READ: a file is parsed as a script or as a module, as Node.js would.
 *   <li>RESOLVE: each reference becomes a FILE, which is read in its turn, a CORE module, or is
 *       MISSING.
 *   <li>NOTE: what is computed, missing or cannot be parsed is told, with file and line.
 * </ol>
 */
public final class StaticTrace {
  /** Globals whose core module nobody has to require. */
  private static final Map<String, String> MODULE_OF_GLOBAL =
      Map.ofEntries(
          Map.entry("crypto", "crypto"),
          Map.entry("Crypto", "crypto"),
          Map.entry("CryptoKey", "crypto"),
          Map.entry("SubtleCrypto", "crypto"),
          Map.entry("MessageChannel", "worker_threads"),
          Map.entry("MessagePort", "worker_threads"),
          Map.entry("BroadcastChannel", "worker_threads"),
          Map.entry("fetch", "internal/fetch"),
          Map.entry("FormData", "internal/fetch"),
          Map.entry("Headers", "internal/fetch"),
          Map.entry("Request", "internal/fetch"),
          Map.entry("Response", "internal/fetch"),
          Map.entry("WebSocket", "internal/fetch"),
          Map.entry("WebAssembly", "internal/webassembly"),
          Map.entry("EventSource", "internal/fetch"),
          Map.entry("CompressionStream", "zlib"),
          Map.entry("DecompressionStream", "zlib"));

  private final PackageJson.Cache packages = new PackageJson.Cache();
  private final Resolution resolution;
  private final Trace trace;

  private StaticTrace(Path root, Set<String> coreIds) {
    resolution = new Resolution(coreIds, packages);
    trace = new Trace(root);
  }

  /**
   * Traces from these files.
   *
   * @param coreIds ids of core modules that may be required without {@code node:}
   */
  public static Trace of(Path root, Collection<Path> entries, Set<String> coreIds) {
    StaticTrace run = new StaticTrace(root, coreIds);
    for (Path entry : entries) {
      run.trace.addFile(entry, new Trace.Origin(null, 0));
    }
    run.follow();
    return run.trace;
  }

  /** Traces what was seen at run time as well. */
  public static void extend(Trace trace, LoadTrace loaded, Set<String> coreIds) {
    StaticTrace run = new StaticTrace(trace, coreIds);
    loaded.files().forEach(trace::addFile);
    loaded.coreIds().forEach(trace::addCore);
    run.follow();
  }

  private StaticTrace(Trace trace, Set<String> coreIds) {
    resolution = new Resolution(coreIds, packages);
    this.trace = trace;
  }

  private void follow() {
    for (Path file = trace.nextUnread(); file != null; file = trace.nextUnread()) {
      read(file);
    }
  }

  private void read(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".node")) {
      trace.note(file, 0, "a native addon: it is not loaded by Nodule");
      return;
    }
    if (name.endsWith(".json") || (name.contains(".") && !name.matches(".*\\.[cm]?js"))) {
      return;
    }
    References found;
    try {
      found = parse(file, name);
    } catch (UnparsableException e) {
      trace.note(file, 0, "cannot be parsed: " + e.getMessage());
      return;
    } catch (IOException e) {
      trace.note(file, 0, "cannot be read: " + e.getMessage());
      return;
    }
    for (Reference reference : found.references()) {
      follow(file, reference);
    }
    for (String global : found.names()) {
      String module = MODULE_OF_GLOBAL.get(global);
      if (module != null) {
        trace.addCore(module, new Trace.Origin(file, 0));
      }
    }
  }

  private References parse(Path file, String name) throws IOException, UnparsableException {
    String text = Files.readString(file);
    if (name.endsWith(".mjs")) {
      return ModuleReferences.ofModule(name, text);
    }
    PackageJson scope = packages.scopeOf(file);
    if (!name.endsWith(".cjs") && scope != null && scope.isModuleType()) {
      return ModuleReferences.ofModule(name, text);
    }
    try {
      return ModuleReferences.ofScript(name, text);
    } catch (UnparsableException e) {
      // Without a type the syntax decides, as in Node.js.
      if (name.endsWith(".cjs") || (scope != null && scope.hasType())) {
        throw e;
      }
      return ModuleReferences.ofModule(name, text);
    }
  }

  private void follow(Path file, Reference reference) {
    String specifier = reference.specifier();
    if (specifier == null) {
      trace.note(
          file,
          reference.line(),
          reference.kind() == Kind.IMPORT
              ? "import of a computed name"
              : "require of a computed name");
      return;
    }
    Trace.Origin origin = new Trace.Origin(file, reference.line());
    switch (resolution.resolve(specifier, file, reference.kind() == Kind.IMPORT)) {
      case Target.File target -> {
        if (reference.kind() != Kind.FILE || isScript(target.path())) {
          trace.addFile(target.path(), origin);
        }
      }
      case Target.Core target -> trace.addCore(target.id(), origin);
      case Target.Missing missing -> {
        if (reference.kind() != Kind.FILE) {
          trace.note(file, reference.line(), "'" + specifier + "': " + missing.reason());
        }
      }
      case Target.Elsewhere elsewhere -> {}
    }
  }

  private static boolean isScript(@Nullable Path file) {
    return file != null && file.toString().matches(".*\\.[cm]?js");
  }
}
