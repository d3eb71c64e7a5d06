package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.engine.CompiledFile;
import dev.nodule.engine.FaceCounters;
import dev.nodule.engine.ModuleFace;
import dev.nodule.engine.Realm;
import dev.nodule.runtime.ModuleTraffic.Outcomes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code require} of core JavaScript in one realm: the runtime's own internals, the files of
 * the requiring bundle, and the faces of other core modules.
 */
final class InternalLoader {
  /** The file of a module that runs when its revision has become the current one. */
  private static final String MIGRATE = "migrate";

  /** The file of a module that runs before it goes without another in its place. */
  private static final String SUSPEND = "suspend";

  /** The file of a module that throws if the revision finds something wrong. */
  private static final String SELF_CHECK = "self-check";

  /** Public modules of the runtime itself, which are no bundles: what changes bundles. */
  private static final Map<String, String> OWN_MODULES =
      Map.of("nodule:modules", "internal/module_control");

  /** Modules whose face is an object that the realm has before them. */
  private static final Set<String> SEATED = Set.of("process", "module");

  private static final long WAIT_STEP_MILLIS = 2;

  private final Realm realm;
  private final ModuleContext context;
  private final ModuleRegistry registry;
  private final Object process;
  private final Map<String, ModuleInstance> instances = new ConcurrentHashMap<>();

  /** What the revision before the current one had compiled: it may come back. */
  private final Map<String, Map<String, CompiledFile>> formerFiles = new HashMap<>();

  /** By module. */
  private final Map<String, WorkCounters> work = new ConcurrentHashMap<>();

  private final Map<String, Object> natives = new HashMap<>();

  /**
   * In the order in which they were made: of two faces with one class the first has its members.
   * Other threads look at it.
   */
  private final Map<String, ModuleFace> faces = Collections.synchronizedMap(new LinkedHashMap<>());

  /**
   * By module: the classes of its internal files whose instances outlive a revision. Nobody is
   * given these faces, but what stands for a class may be asked for.
   */
  private final Map<String, ModuleFace> sharedClasses = new HashMap<>();

  /** Ids whose exports are a part of another id's face. */
  private final Map<String, Object> aliases = new HashMap<>();

  /** Records of modules whose exports have no face. */
  private final Map<String, Object> direct = new HashMap<>();

  private final ModuleInstance own;
  private Consumer<String> waitingSteps = module -> {};
  private Object primordials;

  InternalLoader(Realm realm, ModuleContext context, ModuleRegistry registry, Object process) {
    this.realm = realm;
    this.context = context;
    this.registry = registry;
    this.process = process;
    own = instance(null);
    primordials = realm.javaScript().undefined();
    primordials = require("internal/primordials");
  }

  /** Makes an object of Java's an internal module. */
  void provide(String id, Object exports) {
    natives.put(id, exports);
  }

  /**
   * What {@code require(id)} gives to core JavaScript of no bundle, and to the application's
   * loader.
   */
  Object require(String id) {
    return require(own, OWN_MODULES.getOrDefault(id, id));
  }

  /** Whether {@code id} is a public id of a core module, present or not. */
  boolean isBuiltin(String id) {
    return OWN_MODULES.containsKey(id)
        || (!id.startsWith("internal/") && registry.nameOf(id) != null);
  }

  /** The public ids that have a provider now. */
  Object publicIds() {
    return registry.ids().stream().filter(id -> !id.startsWith("internal/")).toArray();
  }

  private ModuleInstance instance(@Nullable CoreModule module) {
    Object binding = realm.newObject();
    ModuleInstance[] self = new ModuleInstance[1];
    Object require =
        realm
            .javaScript()
            .newFunction("require", 1, arguments -> require(self[0], arguments.string(0)));
    ModuleInstance instance = new ModuleInstance(module, binding, require);
    self[0] = instance;
    if (module != null) {
      WorkCounters work = this.work.computeIfAbsent(module.name(), name -> new WorkCounters());
      module.bind(
          new RevisionContext(context, registry.handlesOf(module), work), realm.binding(binding));
    }
    return instance;
  }

  private Object require(ModuleInstance from, String id) {
    String plain = id.startsWith("node:") ? id.substring("node:".length()) : id;
    // What a getter such as fs.promises requires goes to the application: as the same object that
    // require('fs/promises') gives.
    if (from.module != null
        && from.evaluating == 0
        && instances.get(from.module.name()) == from
        && isPublicIdOf(plain, from.module)) {
      return load(from.module.name(), plain);
    }
    Object known = from.loaded.get(plain);
    if (known != null) {
      return current(known);
    }
    Object provided = natives.get(plain);
    if (provided != null) {
      return provided;
    }
    if (from.module != null) {
      String source = source(from.module, plain);
      if (source != null) {
        return evaluate(from, plain, source);
      }
    }
    String name = registry.nameOf(plain);
    if (name == null) {
      return requireRuntime(plain);
    }
    return load(name, plain);
  }

  private boolean isPublicIdOf(String id, CoreModule module) {
    return !id.startsWith("internal/") && module.name().equals(registry.nameOf(id));
  }

  private Object requireRuntime(String id) {
    Object known = own.loaded.get(id);
    if (known != null) {
      return current(known);
    }
    String source = runtimeSource(id);
    if (source == null) {
      throw new NodeException("MODULE_NOT_FOUND", "Cannot find core module '" + id + "'");
    }
    return evaluate(own, id, source);
  }

  private Object load(String name, String id) {
    ModuleFace known = faces.get(id);
    if (known != null) {
      if (!known.isAvailable() && registry.current(name) == null) {
        throw ModuleFace.unavailable(name);
      }
      return known.object();
    }
    Object alias = aliases.get(id);
    if (alias != null) {
      if (registry.current(name) == null) {
        throw ModuleFace.unavailable(name);
      }
      return alias;
    }
    Object unfaced = direct.get(id);
    if (unfaced != null) {
      return current(unfaced);
    }
    ModuleInstance instance = instances.get(name);
    if (instance == null) {
      CoreModule module = registry.current(name);
      if (module == null) {
        throw ModuleFace.unavailable(name);
      }
      instance = instance(module);
      instances.put(name, instance);
      if (SEATED.contains(name) && !id.equals(name)) {
        // The module's internals use the realm's object.
        load(name, name);
      }
    }
    Object exports = exportsOf(instance, id);
    if (!ModuleFace.canCover(exports)) {
      direct.put(id, instance.loaded.get(id));
      return exports;
    }
    // A cycle between modules may have made the face meanwhile, of exports that were not complete.
    // Two ids of one object
    // (path, path/posix) have one face.
    ModuleFace shared = faceOf(instance, exports);
    Object part = shared == null ? partOfAnotherFace(name, exports) : null;
    if (part != null) {
      aliases.put(id, part);
      return part;
    }
    ModuleFace face =
        faces.computeIfAbsent(id, key -> shared != null ? shared : newFace(name, seatOf(id)));
    return face.publish(exports);
  }

  private @Nullable ModuleFace faceOf(ModuleInstance instance, Object exports) {
    for (Map.Entry<String, Object> other : instance.loaded.entrySet()) {
      ModuleFace face = faces.get(other.getKey());
      if (face != null && current(other.getValue()) == exports) {
        return face;
      }
    }
    return null;
  }

  /** assert.strict is what require('assert/strict') gives: a part of the face of assert then. */
  private @Nullable Object partOfAnotherFace(String name, Object exports) {
    for (Map.Entry<String, ModuleFace> other : faces.entrySet()) {
      if (name.equals(registry.nameOf(other.getKey()))) {
        Object part = other.getValue().partFor(exports);
        if (part != null) {
          return part;
        }
      }
    }
    return null;
  }

  private Object exportsOf(ModuleInstance instance, String id) {
    Object known = instance.loaded.get(id);
    if (known != null) {
      return current(known);
    }
    CoreModule module = Objects.requireNonNull(instance.module);
    String source = source(module, id);
    if (source == null) {
      throw new NodeException(
          "MODULE_NOT_FOUND", "Core module '" + module.name() + "' has no file for '" + id + "'");
    }
    return evaluate(instance, id, source);
  }

  /** The realm's object that is given the exports of {@code id}, null for most. */
  private @Nullable Object seatOf(String id) {
    return switch (id) {
      case "process" -> process;
      case "module" -> realm.javaScript().get(require("internal/module_class"), "Module");
      default -> null;
    };
  }

  private ModuleFace newFace(String name, @Nullable Object seat) {
    ModuleFace face = new ModuleFace(realm, name, seat);
    face.setAbsence(() -> waitForProvider(name));
    return face;
  }

  /**
   * A call into a module without a provider waits as long as {@code --module-wait} says. Nothing of
   * the module runs, so its provider may become current in the middle of this call.
   */
  private boolean waitForProvider(String name) {
    long deadline = System.nanoTime() + registry.waitMillis() * 1_000_000;
    while (System.nanoTime() < deadline) {
      // What an operation wants of this thread for the module; it would wait for the end of this
      // call.
      waitingSteps.accept(name);
      if (registry.await(name, WAIT_STEP_MILLIS) != null) {
        refresh(name);
        return true;
      }
    }
    return false;
  }

  /** What to do for a module while a call waits for it. */
  void setWaitingSteps(Consumer<String> steps) {
    waitingSteps = steps;
  }

  /**
   * Brings this realm into line with the registry: a module whose provider changed is evaluated
   * anew, one that has none fails its calls. On the realm's thread, between macrotasks.
   */
  void refresh(String name) {
    ModuleInstance instance = instances.get(name);
    CoreModule provider = registry.current(name);
    if (instance == null ? !hasFaces(name) : instance.module == provider) {
      return;
    }
    if (provider == null) {
      withdraw(name);
      return;
    }
    ModuleInstance next = newRevision(provider);
    evaluate(next);
    publish(next);
  }

  /** No calls into the module succeed until a revision is published. */
  void withdraw(String name) {
    ModuleInstance instance = instances.get(name);
    if (instance != null && !instance.loaded.isEmpty()) {
      runLate(instance, SUSPEND);
    }
    instances.remove(name);
    if (instance != null) {
      formerFiles.put(name, instance.files());
    }
    forEachFace(name, (id, face) -> face.withdraw());
  }

  /** A revision that nobody sees; nothing of it is evaluated. */
  ModuleInstance newRevision(CoreModule provider) {
    ModuleInstance next = instance(provider);
    Map<String, CompiledFile> known =
        new HashMap<>(formerFiles.getOrDefault(provider.name(), Map.of()));
    ModuleInstance current = instances.get(provider.name());
    if (current != null) {
      current
          .files()
          .forEach(
              (id, file) -> {
                CompiledFile former = known.get(id);
                String source = source(provider, id);
                if (former == null || source == null || !former.is(source)) {
                  known.put(id, file);
                }
              });
    }
    next.reuse(known);
    return next;
  }

  /**
   * The files that a revision is going to need, as far as the current one tells: each after those
   * that it requires.
   */
  List<String> filesOf(ModuleInstance next) {
    ModuleInstance current = instances.get(next.name());
    return current == null ? List.of() : List.copyOf(current.evaluated);
  }

  /** Parses a file ahead of its evaluation. */
  void compile(ModuleInstance next, String id) {
    String source = source(Objects.requireNonNull(next.module), id);
    if (source != null) {
      next.compile(realm, id, source);
    }
  }

  /** Evaluates one file, if the revision has it: a small part of {@link #evaluate}. */
  void evaluate(ModuleInstance next, String id) {
    if (source(Objects.requireNonNull(next.module), id) != null) {
      exportsOf(next, id);
    }
  }

  /**
   * Evaluates what is in use of a module, and its first id in any case. Everything is evaluated
   * before anything is published: a revision that throws never becomes current.
   */
  void evaluate(ModuleInstance next) {
    CoreModule module = Objects.requireNonNull(next.module);
    exportsOf(next, module.ids().getFirst());
    for (String id : List.copyOf(faces.keySet())) {
      if (next.name().equals(registry.nameOf(id)) && module.ids().contains(id)) {
        exportsOf(next, id);
      }
    }
    ModuleInstance current = instances.get(next.name());
    if (current != null) {
      for (String id : current.sharedClasses.keySet()) {
        evaluate(next, id);
      }
    }
  }

  /** Runs the revision's own check, if it has one. */
  void selfCheck(ModuleInstance next) {
    runStep(next, SELF_CHECK);
  }

  /** A step that comes too late to refuse anything: what it throws is told, and nothing else. */
  private void runLate(ModuleInstance instance, String id) {
    try {
      runStep(instance, id);
    } catch (RuntimeException e) {
      System.err.println(
          "nodule: "
              + id
              + " of core module '"
              + instance.name()
              + "' failed: "
              + realm.javaScript().toDisplayString(realm.javaScript().toError(e)));
    }
  }

  /** Runs a file of a revision that is there for one moment of its life, if it has that file. */
  private void runStep(ModuleInstance instance, String id) {
    String source = source(Objects.requireNonNull(instance.module), id);
    if (source != null) {
      evaluate(instance, id, source);
      instance.loaded.remove(id);
      instance.evaluated.remove(id);
      instance.forget(id);
    }
  }

  /** Makes an evaluated revision current. On the realm's thread, between macrotasks. */
  void publish(ModuleInstance next) {
    String name = next.name();
    ModuleInstance before = instances.get(name);
    if (before != null && before.module == next.module) {
      return;
    }
    if (before != null) {
      formerFiles.put(name, before.files());
    }
    evaluate(next);
    instances.put(name, next);
    List<Object> internals = next.loaded.values().stream().map(this::current).toList();
    List<ModuleFace> published = new ArrayList<>();
    forEachFace(
        name,
        (id, face) -> {
          // Two ids may share a face.
          if (published.contains(face)) {
            return;
          }
          published.add(face);
          Object record = next.loaded.get(id);
          if (record == null) {
            face.withdraw();
          } else {
            face.publish(current(record), internals);
          }
        });
    if (before != null) {
      // Instances of a class that is gone go on with the members that they have.
      before.sharedClasses.forEach(next.sharedClasses::putIfAbsent);
    }
    if (!next.sharedClasses.isEmpty()) {
      publishSharedClasses(next);
    }
    direct.keySet().removeIf(id -> name.equals(registry.nameOf(id)));
    next.forgetOthers();
    boolean served = before != null || !published.isEmpty();
    if (served) {
      runLate(next, MIGRATE);
    }
  }

  /** See {@link ModuleRealm#traffic}. */
  ModuleTraffic traffic(String name) {
    WorkCounters beside = work.get(name);
    ModuleTraffic sum =
        new ModuleTraffic(
            Outcomes.NONE, Outcomes.NONE, beside == null ? Outcomes.NONE : beside.outcomes());
    Set<ModuleFace> counted = new HashSet<>();
    for (Map.Entry<String, ModuleFace> entry : facesNow().entrySet()) {
      ModuleFace face = entry.getValue();
      if (name.equals(registry.nameOf(entry.getKey())) && counted.add(face)) {
        FaceCounters counters = face.counters();
        sum =
            sum.plus(
                new ModuleTraffic(
                    new Outcomes(counters.calls(), counters.errors()),
                    new Outcomes(counters.settled(), counters.rejected()),
                    Outcomes.NONE));
      }
    }
    return sum;
  }

  /** The module whose current revision has evaluated a file of this name; null for other files. */
  @Nullable String moduleOfFile(String fileName) {
    String id = fileName.startsWith("node:") ? fileName.substring("node:".length()) : "";
    return instances.values().stream()
        .filter(instance -> instance.evaluated.contains(id))
        .map(ModuleInstance::name)
        .findFirst()
        .orElse(null);
  }

  boolean isLoaded(String name) {
    return instances.containsKey(name);
  }

  private boolean hasFaces(String name) {
    return faces.keySet().stream().anyMatch(id -> name.equals(registry.nameOf(id)));
  }

  private void forEachFace(String name, BiConsumer<String, ModuleFace> action) {
    facesNow()
        .forEach(
            (id, face) -> {
              if (name.equals(registry.nameOf(id))) {
                action.accept(id, face);
              }
            });
  }

  private Map<String, ModuleFace> facesNow() {
    synchronized (faces) {
      return new LinkedHashMap<>(faces);
    }
  }

  private Object current(Object record) {
    return realm.javaScript().get(record, "exports");
  }

  private Object evaluate(ModuleInstance instance, String id, String source) {
    Object function = instance.compile(realm, id, source).newFunction();
    Object record = realm.newObject();
    Object exports = realm.newObject();
    realm.javaScript().set(record, "exports", exports);
    realm.javaScript().set(record, "id", id);
    instance.loaded.put(id, record);
    instance.evaluating++;
    try {
      realm.call(
          function,
          realm.javaScript().undefined(),
          exports,
          instance.require,
          record,
          process,
          instance.binding,
          primordials);
    } catch (RuntimeException | Error e) {
      instance.loaded.remove(id);
      throw e;
    } finally {
      instance.evaluating--;
    }
    instance.evaluated.add(id);
    Object classes = realm.javaScript().get(record, "sharedClasses");
    if (classes != realm.javaScript().undefined()) {
      instance.sharedClasses.put(id, classes);
      if (instances.get(instance.name()) == instance) {
        publishSharedClasses(instance);
      }
    }
    return current(record);
  }

  /** What stands for a class that a revision shares with the others; any other value as it is. */
  Object sharedClass(Object value) {
    for (ModuleFace face : sharedClasses.values()) {
      Object part = face.partFor(value);
      if (part != null) {
        return part;
      }
    }
    return value;
  }

  private void publishSharedClasses(ModuleInstance instance) {
    Object exports = realm.newObject();
    instance.sharedClasses.forEach((id, classes) -> realm.javaScript().set(exports, id, classes));
    sharedClasses.computeIfAbsent(instance.name(), name -> newFace(name, null)).publish(exports);
  }

  private static @Nullable String source(CoreModule module, String id) {
    String override = override(module.name(), id);
    return override != null ? override : module.source(id);
  }

  private static @Nullable String runtimeSource(String id) {
    String override = override("runtime", id);
    if (override != null) {
      return override;
    }
    try (InputStream in =
        InternalLoader.class.getResourceAsStream("/nodule/runtime/" + id + ".js")) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * For those who work on core JavaScript: {@code -Dnodule.sources=CHECKOUT} reads it from the
   * source folders.
   */
  private static @Nullable String override(String module, String id) {
    String checkout = System.getProperty("nodule.sources");
    if (checkout == null) {
      return null;
    }
    String folder = module.replace('_', '-');
    if (folder.equals("module")) {
      folder = "bundles/loader";
    }
    for (String candidate :
        new String[] {"core-" + folder, "bundles/core-" + folder, "bundles/" + folder, folder}) {
      Path file = Path.of(checkout, candidate, "src/main/js", id + ".js");
      if (Files.exists(file)) {
        try {
          return Files.readString(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return null;
  }
}
