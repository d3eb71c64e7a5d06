package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.json.Json;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.registry.Registry;
import dev.nodule.npm.registry.VersionPicker;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.tree.DependencyFlags;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import dev.nodule.npm.tree.Platform;
import dev.nodule.npm.tree.ResolveOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One install, ci or uninstall of a project, from package.json to node_modules. */
public final class ProjectInstall {
  /** What the command asks for. */
  public enum Action {
    INSTALL, CI, UNINSTALL
  }

  /** The outcome, for the summary. */
  public record Result(
      int added, int removed, int changed, Set<String> warnings, List<String> scripts, Map<String, String> deprecated) {}

  private static final String NPM_VERSION = "11.19.1";

  private final Path project;
  private final NpmConfig config;
  private final Map<String, String> env;
  private final Consumer<String> progress;
  private final Set<String> warnings = new LinkedHashSet<>();

  public ProjectInstall(Path project, NpmConfig config, Map<String, String> env, Consumer<String> progress) {
    this.project = project;
    this.config = config;
    this.env = env;
    this.progress = progress;
  }

  public Result run(Action action, List<String> arguments) {
    boolean lockOnly = config.flag("package-lock-only");
    boolean dryRun = config.flag("dry-run");
    if (dryRun || lockOnly) {
      return locked(action, arguments, lockOnly, dryRun);
    }
    Path modules = project.resolve("node_modules");
    boolean created = !Files.exists(modules);
    try {
      Files.createDirectories(modules);
    } catch (IOException e) {
      throw new NpmException("EACCES", "could not write " + modules + ": " + e.getMessage(), e);
    }
    Path lockPath = modules.resolve(".nodule.lock");
    try (var channel = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock(channel)) {
      if (held.isValid()) {
        Reifier.sweepStaging(modules);
      }
      return locked(action, arguments, false, false);
    } catch (IOException e) {
      throw new NpmException(e instanceof java.nio.file.AccessDeniedException ? "EACCES" : "EIO",
          "could not write " + modules + ": " + e.getMessage(), e);
    } finally {
      try {
        Files.deleteIfExists(lockPath);
        if (created) {
          removeIfEmpty(modules);
        }
      } catch (IOException e) {
        // the next run finds it and does not mind
      }
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    boolean empty;
    try (var list = Files.newDirectoryStream(folder)) {
      empty = !list.iterator().hasNext();
    }
    if (empty) {
      Files.delete(folder);
    }
  }

  /** Two installs in one folder go one after the other. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        try {
          Thread.sleep(50);
        } catch (InterruptedException i) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted");
        }
      }
    }
  }

  private Result locked(Action action, List<String> arguments, boolean lockOnly, boolean dryRun) {
    Path lockPath = project.resolve("package-lock.json");
    var packageJson = PackageJsonFile.read(project);
    boolean useLock = config.flag("package-lock", true);
    if (!Files.exists(packageJson.file) && (arguments.isEmpty() || action != Action.INSTALL)) {
      throw new NpmException("ENOENT", "Could not read package.json: no such file or directory, open '" + packageJson.file + "'");
    }
    var entries = useLock || action == Action.CI ? LockFile.read(lockPath) : null;
    if (action == Action.CI && entries == null) {
      throw new NpmException("EUSAGE", "The `ci` command can only install with an existing package-lock.json of "
          + "lockfileVersion 2 or higher. Run `nodule install` to make one.");
    }
    try (var registry = new Registry(config, env)) {
      var picker = new VersionPicker(config.get("node-version", defaultNodeVersion()), NPM_VERSION, before(),
          config.get("tag", "latest"));
      var source = new RegistrySource(registry, picker, new PackageStore(config.cacheFolder(), registry));
      var added = action == Action.INSTALL ? addRequests(packageJson, arguments, source) : List.<Request>of();
      if (action == Action.UNINSTALL) {
        removeRequests(packageJson, arguments);
      }
      var root = root(packageJson);
      boolean fromDisk = true;
      if (entries != null) {
        LockFile.load(root, entries);
      } else {
        var hidden = hiddenEntries();
        fromDisk = hidden != null;
        if (hidden != null) {
          LockFile.load(root, hidden);
        }
      }
      if (action == Action.CI) {
        requireInSync(root);
      }
      var options = options(lockOnly || dryRun);
      var explicit = new HashSet<Edge>();
      for (var request : added) {
        var e = root.edge(request.name);
        if (e != null) {
          explicit.add(e);
        }
      }
      progress.accept("resolving");
      var builder = new IdealTreeBuilder(root, source, options, explicit);
      builder.build();
      DependencyFlags.calculate(root);
      if (fromDisk) {
        DependencyFlags.pruneExtraneous(root);
      }
      builder.settle(m -> picker.admits(
          Json.string(Json.object(m.get("engines")).get("node")), Json.string(Json.object(m.get("engines")).get("npm"))));
      if (!added.isEmpty()) {
        saveSpecs(packageJson, root, added);
      }
      boolean save = config.flag("save", true) && !dryRun;
      if (lockOnly) {
        finish(root, packageJson, lockPath, save, useLock, false);
        return new Result(0, 0, 0, warnings, List.of(), Map.of());
      }
      progress.accept("fetching");
      if (action == Action.CI && !dryRun) {
        clear(project.resolve("node_modules"));
      }
      var omit = omit();
      var changes = new Reifier(root, source, omit).run(dryRun);
      if (!dryRun) {
        finish(root, packageJson, lockPath, save && action != Action.CI, useLock, true);
      }
      return new Result(changes.added(), changes.removed(), changes.changed(), warnings,
          changes.added() + changes.changed() > 0 ? scripts(root, omit) : List.of(), deprecated(root, omit, entries));
    } catch (IOException e) {
      throw new NpmException(e instanceof java.nio.file.AccessDeniedException ? "EACCES" : "EIO", "could not write: " + e, e);
    }
  }

  private static void clear(Path modules) throws IOException {
    try (var list = Files.newDirectoryStream(modules, p -> !p.getFileName().toString().startsWith(".nodule"))) {
      for (Path p : list) {
        PackageStore.delete(p);
      }
    }
  }

  private static String defaultNodeVersion() {
    return System.getProperty("nodule.node.version", "26.10.0");
  }

  private @Nullable Long before() {
    String text = config.get("before");
    String age = config.get("min-release-age");
    try {
      if (text != null && !text.isEmpty() && !text.equals("null")) {
        return text.length() <= 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
            : Instant.parse(text).toEpochMilli();
      }
      if (age != null && !age.equals("null") && !age.equals("0")) {
        return System.currentTimeMillis() - (long) (Double.parseDouble(age) * 86_400_000);
      }
      return null;
    } catch (DateTimeException | NumberFormatException e) {
      throw new NpmException("EINVALIDCONFIG", "Not a date: " + (text != null ? text : age) + " (use YYYY-MM-DD)");
    }
  }

  private Set<String> omit() {
    var omit = new TreeSet<String>();
    for (String o : config.get("omit", "").split("\\s*(\n|,)\\s*")) {
      if (!o.isEmpty()) {
        omit.add(o);
      }
    }
    if (config.flag("production") || "prod".equals(config.get("only")) || "production".equals(config.get("only"))
        || config.get("omit") == null && "production".equals(env.get("NODE_ENV"))) {
      omit.add("dev");
    }
    for (String i : config.get("include", "").split("\\s*(\n|,)\\s*")) {
      omit.remove(i);
    }
    return omit;
  }

  private ResolveOptions options(boolean complete) {
    return new ResolveOptions(
        config.flag("force"), config.flag("legacy-peer-deps"), config.flag("strict-peer-deps"),
        config.flag("prefer-dedupe"), complete, config.get("install-strategy", "hoisted"), Set.of(), omit(),
        config.flag("engine-strict"), Platform.current(config.get("os"), config.get("cpu"), config.get("libc")), warnings);
  }

  private Node root(PackageJsonFile packageJson) {
    var manifest = new Manifest(packageJson.content);
    return Node.project(project, manifest, Workspaces.of(project, packageJson.content.get("workspaces")),
        config.flag("legacy-peer-deps"));
  }

  private @Nullable Map<String, Map<String, @Nullable Object>> hiddenEntries() {
    try {
      return LockFile.read(project.resolve("node_modules/.package-lock.json"));
    } catch (NpmException e) {
      return null;
    }
  }

  private static void requireInSync(Node root) {
    var problems = new TreeSet<String>();
    for (Node node : root.inventory()) {
      for (var e : node.edgesOut()) {
        if (!e.isValid() && !e.isPeer()) {
          Node to = e.to();
          problems.add(to == null ? "Missing: " + e.name + "@" + e.spec() + " from lock file"
              : "Invalid: lock file's " + to.id() + " does not satisfy " + e.name + "@" + e.spec());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new NpmException("EUSAGE", "`nodule ci` can only install packages when your package.json and package-lock.json "
          + "are in sync. Please update your lock file with `nodule install` before continuing.\n\n"
          + String.join("\n", problems));
    }
  }

  private record Request(String name, PackageSpec spec, String kind) {}

  private List<Request> addRequests(PackageJsonFile packageJson, List<String> arguments, RegistrySource source) {
    var requests = new ArrayList<Request>();
    for (String argument : arguments) {
      var spec = PackageSpec.parse(argument, project);
      if (spec.type() == PackageSpec.Type.DIRECTORY && spec.name() == null && !Files.isDirectory(Path.of(spec.fetch()))) {
        throw new NpmException("ENOENT", "no such file or directory: " + spec.fetch());
      }
      String name = spec.name();
      if (name == null) {
        name = source.manifest(spec).name();
      }
      if (spec.type() == PackageSpec.Type.TAG) {
        var m = source.manifest(spec);
        spec = PackageSpec.resolve(name, m.version(), project);
      }
      String existing = packageJson.kindOf(name);
      String kind = config.flag("save-dev") ? "devDependencies"
          : config.flag("save-optional") ? "optionalDependencies"
          : config.flag("save-peer") ? "peerDependencies"
          : config.flag("save-prod") || existing == null ? "dependencies" : existing;
      String text = spec.save() != null ? spec.save() : spec.raw();
      String present = packageJson.dependencies(kind).get(name);
      packageJson.set(kind, name, text.equals("*") && present != null ? present : text);
      requests.add(new Request(name, spec, kind));
    }
    return requests;
  }

  private static void removeRequests(PackageJsonFile packageJson, List<String> names) {
    if (names.isEmpty()) {
      throw new NpmException("EUSAGE", "Must provide a package name to remove");
    }
    for (String name : names) {
      PackageJsonFile.KINDS.forEach(kind -> packageJson.remove(kind, name));
    }
  }

  /** Writes what was asked for as a range from the version that was found. */
  private void saveSpecs(PackageJsonFile packageJson, Node root, List<Request> requests) {
    String prefix = config.flag("save-exact") ? "" : config.get("save-prefix", "^");
    for (var request : requests) {
      Node child = root.child(request.name);
      if (child == null || !request.spec.isRegistry() || child.version().isEmpty()) {
        continue;
      }
      var wanted = request.spec.registrySpec();
      String saved = prefix + child.version();
      var asked = Range.loose(wanted.fetch());
      var range = Range.loose(saved);
      if (wanted.type() == PackageSpec.Type.RANGE && asked != null && range != null && !wanted.fetch().equals("*")
          && !asked.contains(range)) {
        saved = wanted.fetch();
      }
      packageJson.set(request.kind, request.name,
          request.spec.type() == PackageSpec.Type.ALIAS ? "npm:" + wanted.name() + "@" + saved : saved);
    }
    root.reloadManifest(new Manifest(packageJson.content));
  }

  private void finish(Node root, PackageJsonFile packageJson, Path lockPath, boolean save, boolean useLock, boolean modules)
      throws IOException {
    boolean omitResolved = config.flag("omit-lockfile-registry-resolved");
    if (save) {
      packageJson.save();
      if (useLock) {
        PackageJsonFile.write(lockPath, LockFile.write(root, false, omitResolved, packageJson.indent));
      }
    }
    Path folder = project.resolve("node_modules");
    if (modules && root.children().stream().anyMatch(n -> !n.inert)) {
      var omit = omit();
      PackageJsonFile.write(folder.resolve(".package-lock.json"),
          LockFile.write(root, n -> !n.isOmitted(omit), true, omitResolved, "  "));
      InstallStamp.write(project);
    }
  }

  private static List<String> scripts(Node root, Set<String> omit) {
    return root.inventory().stream()
        .filter(n -> n != root && !n.isLink() && !n.inert && !n.isOmitted(omit) && n.manifest.hasInstallScript())
        .map(Node::id).distinct().sorted().toList();
  }

  private static Map<String, String> deprecated(Node root, Set<String> omit, @Nullable Map<String, ?> before) {
    var result = new LinkedHashMap<String, String>();
    for (Node n : root.inventory()) {
      if (n.manifest.get("deprecated") instanceof String text && !text.isEmpty() && !n.inert && !n.isOmitted(omit)
          && (before == null || !before.containsKey(n.location()))) {
        result.put(n.id(), text);
      }
    }
    return result;
  }
}
