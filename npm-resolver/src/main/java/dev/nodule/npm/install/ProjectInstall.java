package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.script.InstallScripts;
import dev.nodule.npm.script.ProjectScripts;
import dev.nodule.npm.script.ScriptPolicy;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.tree.DependencyFlags;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.LegacyLock;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.LockText;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import dev.nodule.npm.tree.Platform;
import dev.nodule.npm.tree.ResolveOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One install, ci, uninstall, update, dedupe or prune of a project, from package.json to
 * node_modules.
 */
public final class ProjectInstall {
  /** What the command asks for. */
  public enum Action {
    INSTALL,
    CI,
    UNINSTALL,
    UPDATE,
    DEDUPE,
    PRUNE
  }

  /** The outcome, for the summary. */
  public record Result(
      int added,
      int removed,
      int changed,
      Set<String> warnings,
      List<Node> unreviewed,
      Map<String, String> deprecated) {}

  /** How a file of the project is written: at once, or so that it can be taken back. */
  private interface FileWriter {
    void write(Path file, String text) throws IOException;
  }

  private final Path project;
  private final NpmConfig config;
  private final Map<String, String> env;
  private final Consumer<String> progress;
  private final PrintStream log;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final @Nullable Path globalBin;
  private final List<String> workspaces;

  /**
   * @param progress is told each step
   * @param log takes what scripts print
   * @param globalBin for installs outside of any project the folder of commands
   * @param workspaces folders whose package.json names are added to or removed from; none for the
   *     project itself
   */
  public ProjectInstall(
      Path project,
      NpmConfig config,
      Map<String, String> env,
      Consumer<String> progress,
      PrintStream log,
      @Nullable Path globalBin,
      List<Path> workspaces) {
    this.globalBin = globalBin;
    this.workspaces = workspaces.stream().map(Path::toString).toList();
    this.project = project;
    this.config = config;
    this.env = env;
    this.progress = progress;
    this.log = log;
  }

  public ProjectInstall(
      Path project,
      NpmConfig config,
      Map<String, String> env,
      Consumer<String> progress,
      PrintStream log) {
    this(project, config, env, progress, log, null, List.of());
  }

  public Result run(Action action, List<String> arguments) {
    if (config.flag("dry-run") || config.flag("package-lock-only")) {
      return resolved(action, arguments, null);
    }
    Path modules = project.resolve("node_modules");
    try (var _ =
        InstallLock.acquire(
            modules, () -> progress.accept("waiting for another install in this folder"))) {
      TreeMoves.recover(modules);
      var scripts = rootScripts(action, arguments);
      scripts.run("preinstall");
      Result result;
      try (var moves = TreeMoves.begin(modules)) {
        result = resolved(action, arguments, moves);
        moves.commit();
      }
      for (String event :
          List.of("install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare")) {
        scripts.run(event);
      }
      return result;
    } catch (IOException e) {
      throw failure(e, modules);
    } finally {
      removeIfEmpty(modules);
    }
  }

  private static NpmException failure(IOException e, Path where) {
    return FileFailure.of("could not write " + where, e);
  }

  /** The project's lock file: npm-shrinkwrap.json where there is one. */
  public static Path lockFile(Path project) {
    Path shrinkwrap = project.resolve("npm-shrinkwrap.json");
    return Files.exists(shrinkwrap) ? shrinkwrap : project.resolve("package-lock.json");
  }

  private static void removeIfEmpty(Path folder) {
    try (var list = Files.newDirectoryStream(folder)) {
      if (list.iterator().hasNext()) {
        return;
      }
    } catch (IOException e) {
      return;
    }
    try {
      Files.delete(folder);
    } catch (IOException e) {
      // somebody was faster
    }
  }

  private ProjectScripts rootScripts(Action action, List<String> arguments) {
    boolean runs =
        globalBin == null
            && (action == Action.INSTALL && arguments.isEmpty() || action == Action.CI)
            && !config.flag("ignore-scripts");
    return new ProjectScripts(
        project, new ScriptRunner(config, env, project, project, "install"), log, runs);
  }

  /**
   * @param moves null for runs that do not touch node_modules
   */
  private Result resolved(Action action, List<String> arguments, @Nullable TreeMoves moves) {
    boolean dryRun = config.flag("dry-run");
    Path lockPath = lockFile(project);
    var packageJson =
        globalBin != null ? PackageJsonFile.global(project) : PackageJsonFile.read(project);
    String duplicate = PackageJsonFile.duplicateKey(packageJson.file);
    if (duplicate != null) {
      warnings.add(duplicate + ": the last one counts");
    }
    boolean useLock = globalBin == null && config.flag("package-lock", true);
    if (globalBin == null
        && !Files.exists(packageJson.file)
        && (arguments.isEmpty() || action != Action.INSTALL)) {
      throw new NpmException(
          "ENOENT",
          "Could not read package.json: no such file or directory, open '"
              + packageJson.file
              + "'");
    }
    var owners = new ArrayList<PackageJsonFile>();
    for (String folder : workspaces) {
      owners.add(PackageJsonFile.read(Path.of(folder)));
    }
    if (owners.isEmpty()) {
      owners.add(packageJson);
    }
    boolean anew = action == Action.UPDATE && arguments.isEmpty();
    var lock = useLock || action == Action.CI ? LockFile.readContent(lockPath) : null;
    var entries = lock == null || anew ? null : lock.entries();
    int lockVersion =
        config.number("lockfile-version", lock != null && lock.version() == 2 ? 2 : 3);
    if (action == Action.CI && entries == null) {
      throw new NpmException(
          "EUSAGE",
          "The `ci` command can only install with an existing package-lock.json of "
              + "lockfileVersion 1 or higher. Run `nodule install` to make one.");
    }
    try (var session = new Session(config, env);
        var staging = moves == null ? null : new Staging(moves.staging, session.source)) {
      var added = new ArrayList<Request>();
      for (var owner : owners) {
        if (action == Action.INSTALL) {
          added.addAll(addRequests(owner, arguments, session.source));
        } else if (action == Action.UNINSTALL) {
          removeRequests(owner, arguments);
        }
        if (owner != packageJson && !dryRun && owner.isChanged()) {
          writer(moves).write(owner.file, owner.text()); // read again as a part of the tree
        }
      }
      var root = root(packageJson);
      boolean fromDisk = true;
      if (entries != null) {
        LockFile.load(root, entries);
        if (lock != null && lock.version() < 2) {
          LegacyLock.complete(root, session.source, warnings);
        }
      } else {
        var hidden = anew ? null : hiddenEntries();
        fromDisk = hidden != null;
        if (hidden != null) {
          LockFile.load(root, hidden);
        }
      }
      if (action == Action.CI) {
        requireInSync(root);
      }
      var options =
          options(
              moves == null,
              switch (action) {
                case UPDATE -> Set.copyOf(arguments);
                case DEDUPE -> duplicates(root);
                default -> Set.of();
              },
              action == Action.DEDUPE);
      var explicit = new HashSet<Edge>();
      for (var request : added) {
        Node asking = owner(root, request.owner);
        var e = asking == null ? null : asking.edge(request.name);
        if (e != null) {
          explicit.add(e);
        }
      }
      progress.accept("resolving");
      var policy =
          ScriptPolicy.of(config, packageJson.content, project, globalBin != null, warnings);
      Predicate<Node> mayRunScripts =
          n -> n.manifest.hasInstallScript() && policy.verdict(n) == ScriptPolicy.Verdict.ALLOWED;
      if (staging != null && options.omit().isEmpty()) {
        session.source.fetchEarly(n -> n.root() == root && options.platform().admits(n.manifest));
        if (entries != null && (action == Action.CI || isEmpty(project.resolve("node_modules")))) {
          staging.begin(
              root.inventory().stream().filter(n -> isCertain(n, options.platform())).toList(),
              mayRunScripts);
        }
      }
      var builder = new IdealTreeBuilder(root, session.source, options, explicit);
      builder.build();
      DependencyFlags.calculate(root);
      if (fromDisk || action == Action.PRUNE) {
        DependencyFlags.pruneExtraneous(root);
      }
      builder.settle(
          m ->
              session.picker.admits(
                  Json.string(Json.object(m.get("engines")).get("node")),
                  Json.string(Json.object(m.get("engines")).get("npm"))));
      if (!added.isEmpty()) {
        saveSpecs(root, added);
        for (var owner : owners) {
          if (owner != packageJson && !dryRun) {
            writer(moves).write(owner.file, owner.text());
          }
        }
      } else if (action == Action.UPDATE && config.flag("save")) {
        saveUpdated(packageJson, root);
      }
      boolean save =
          globalBin == null && !dryRun && (config.flag("save", true) || action == Action.UPDATE);
      if (moves == null && !dryRun) {
        finish(
            root,
            new LockText(root, config.flag("omit-lockfile-registry-resolved")),
            packageJson,
            lockPath,
            lockVersion,
            save,
            useLock,
            PackageJsonFile::write,
            null);
        return new Result(0, 0, 0, warnings, List.of(), Map.of());
      }
      var scripts =
          new InstallScripts(policy, new ScriptRunner(config, env, project, project, "install"));
      var omit = omit();
      var reifier =
          new Reifier(
              root,
              omit,
              action == Action.CI && !dryRun,
              globalBin,
              config.flag("force"),
              mayRunScripts);
      var changes = reifier.plan();
      var text = new LockText(root, config.flag("omit-lockfile-registry-resolved"));
      List<Node> unreviewed = List.of();
      if (moves != null && staging != null) {
        progress.accept("fetching");
        if (reifier.isNeeded()) {
          text.prepare();
          reifier.apply(moves, staging);
          unreviewed = runScripts(scripts, policy, reifier, moves);
        }
        finish(
            root,
            text,
            packageJson,
            lockPath,
            lockVersion,
            save && action != Action.CI,
            useLock,
            moves::write,
            moves);
      }
      return new Result(
          changes.added(),
          changes.removed(),
          changes.changed(),
          warnings,
          unreviewed,
          deprecated(root, omit, entries));
    } catch (IOException e) {
      throw failure(e, project);
    }
  }

  /** Whether a package of the lock file can be made ready before the tree is worked out. */
  private static boolean isCertain(Node node, Platform platform) {
    return node.parent() != null
        && node.integrity != null
        && !node.isLink()
        && platform.admits(node.manifest)
        && !node.isInBundle();
  }

  /** Whether a node_modules has nothing but what belongs to this install. */
  private static boolean isEmpty(Path modules) throws IOException {
    try (var list = Files.newDirectoryStream(modules)) {
      for (Path entry : list) {
        if (!entry.getFileName().toString().startsWith(".nodule")) {
          return false;
        }
      }
      return true;
    }
  }

  private static FileWriter writer(@Nullable TreeMoves moves) {
    return moves == null ? PackageJsonFile::write : moves::write;
  }

  /** The node that a package.json belongs to; null when the tree does not have it yet. */
  private @Nullable Node owner(Node root, PackageJsonFile file) {
    Path folder = Objects.requireNonNull(file.file.getParent());
    return folder.equals(project)
        ? root
        : root.inventory().stream()
            .filter(n -> !n.isLink() && n.path().equals(folder))
            .findFirst()
            .orElse(null);
  }

  private List<Node> runScripts(
      InstallScripts scripts, ScriptPolicy policy, Reifier reifier, TreeMoves moves)
      throws IOException {
    var changed =
        reifier.changedNodes().stream().filter(n -> n.manifest.hasInstallScript()).toList();
    if (policy.ignoresAll() || changed.isEmpty()) {
      return List.of();
    }
    var unreviewed = scripts.unreviewed(changed);
    if (config.flag("strict-allow-scripts") && !unreviewed.isEmpty()) {
      throw new NpmException(
          "ESTRICTALLOWSCRIPTS",
          "These packages have install scripts that nobody approved or denied: "
              + String.join(", ", unreviewed.stream().map(Node::id).toList())
              + "\nRun `nodule approve-scripts <pkg>` or `nodule deny-scripts <pkg>`.");
    }
    progress.accept("running scripts");
    for (Node failed : scripts.run(changed, log, config.flag("foreground-scripts"))) {
      moves.remove(failed.path()); // as npm does: an optional package whose build fails is left out
      failed.inert = true;
    }
    return unreviewed;
  }

  private static Set<String> duplicates(Node root) {
    var seen = new HashSet<String>();
    var twice = new TreeSet<String>();
    for (Node n : root.inventory()) {
      if (n != root && !seen.add(n.name)) {
        twice.add(n.name);
      }
    }
    return twice;
  }

  private Set<String> omit() {
    return omitted(config, env);
  }

  /** Kinds of dependencies that are not to be installed. */
  public static Set<String> omitted(NpmConfig config, Map<String, String> env) {
    var omit = new TreeSet<String>();
    for (String o : config.get("omit", "").split("\\s*(\n|,)\\s*")) {
      if (!o.isEmpty()) {
        omit.add(o);
      }
    }
    if (config.flag("production")
        || "prod".equals(config.get("only"))
        || "production".equals(config.get("only"))
        || config.get("omit") == null && "production".equals(env.get("NODE_ENV"))) {
      omit.add("dev");
    }
    for (String i : config.get("include", "").split("\\s*(\n|,)\\s*")) {
      omit.remove(i);
    }
    return omit;
  }

  private ResolveOptions options(boolean complete, Set<String> update, boolean dedupe) {
    return new ResolveOptions(
        config.flag("force"),
        config.flag("legacy-peer-deps"),
        config.flag("strict-peer-deps"),
        dedupe || config.flag("prefer-dedupe"),
        complete,
        config.get("install-strategy", globalBin == null ? "hoisted" : "shallow"),
        update,
        omit(),
        config.flag("engine-strict"),
        Platform.current(config.get("os"), config.get("cpu"), config.get("libc")),
        warnings);
  }

  private Node root(PackageJsonFile packageJson) {
    var manifest = new Manifest(packageJson.content);
    return Node.project(
        project,
        manifest,
        Workspaces.of(project, packageJson.content.get("workspaces")),
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
          problems.add(
              to == null
                  ? "Missing: " + e.name + "@" + e.spec() + " from lock file"
                  : "Invalid: lock file's "
                      + to.id()
                      + " does not satisfy "
                      + e.name
                      + "@"
                      + e.spec());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new NpmException(
          "EUSAGE",
          "`nodule ci` can only install packages when your package.json and package-lock.json "
              + "are in sync. Please update your lock file with `nodule install` before continuing.\n\n"
              + String.join("\n", problems));
    }
  }

  private record Request(PackageJsonFile owner, String name, PackageSpec spec, String kind) {}

  private List<Request> addRequests(
      PackageJsonFile packageJson, List<String> arguments, RegistrySource source) {
    var requests = new ArrayList<Request>();
    for (String argument : arguments) {
      var spec = PackageSpec.parse(argument, project);
      if (spec.type() == PackageSpec.Type.DIRECTORY
          && spec.name() == null
          && !Files.isDirectory(Path.of(spec.fetch()))) {
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
      String kind =
          config.flag("save-dev")
              ? "devDependencies"
              : config.flag("save-optional")
                  ? "optionalDependencies"
                  : config.flag("save-peer")
                      ? "peerDependencies"
                      : config.flag("save-prod") || existing == null ? "dependencies" : existing;
      String text = spec.save() != null ? spec.save() : spec.raw();
      String present = packageJson.dependencies(kind).get(name);
      packageJson.set(kind, name, text.equals("*") && present != null ? present : text);
      requests.add(new Request(packageJson, name, spec, kind));
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
  private void saveSpecs(Node root, List<Request> requests) {
    String prefix = config.flag("save-exact") ? "" : config.get("save-prefix", "^");
    for (var request : requests) {
      Node asking = owner(root, request.owner);
      Node child = asking == null ? null : asking.resolve(request.name);
      if (child == null
          || child.isLink()
          || !request.spec.isRegistry()
          || child.version().isEmpty()) {
        continue;
      }
      var wanted = request.spec.registrySpec();
      String saved = prefix + child.version();
      var asked = Range.loose(wanted.fetch());
      var range = Range.loose(saved);
      if (wanted.type() == PackageSpec.Type.RANGE
          && asked != null
          && range != null
          && !wanted.fetch().equals("*")
          && !asked.contains(range)) {
        saved = wanted.fetch();
      }
      request.owner.set(
          request.kind,
          request.name,
          request.spec.type() == PackageSpec.Type.ALIAS
              ? "npm:" + wanted.name() + "@" + saved
              : saved);
    }
    for (var file : requests.stream().map(Request::owner).distinct().toList()) {
      Node asking = owner(root, file);
      if (asking != null) {
        asking.reloadManifest(new Manifest(file.content));
      }
    }
  }

  /** {@code update --save}: the lower ends of the project's ranges become what is installed now. */
  private void saveUpdated(PackageJsonFile packageJson, Node root) {
    for (String kind : PackageJsonFile.KINDS) {
      packageJson
          .dependencies(kind)
          .forEach(
              (name, spec) -> {
                Node child = root.child(name);
                if (child != null
                    && spec.matches("[\\^~]?\\d+\\.\\d+\\.\\d+.*")
                    && !spec.contains(" ")
                    && Range.loose(spec) != null) {
                  String prefix =
                      spec.startsWith("^") || spec.startsWith("~") ? spec.substring(0, 1) : "";
                  packageJson.set(kind, name, prefix + child.version());
                }
              });
    }
    root.reloadManifest(new Manifest(packageJson.content));
  }

  /** Records the result: the hidden lock file first, what the user sees last. */
  private void finish(
      Node root,
      LockText text,
      PackageJsonFile packageJson,
      Path lockPath,
      int lockVersion,
      boolean save,
      boolean useLock,
      FileWriter writer,
      @Nullable TreeMoves moves)
      throws IOException {
    Path modules = project.resolve("node_modules");
    boolean installed = moves != null && root.children().stream().anyMatch(n -> !n.inert);
    if (installed) {
      var omit = omit();
      writer.write(modules.resolve(".package-lock.json"), text.hidden(n -> !n.isOmitted(omit)));
    }
    if (save) {
      if (packageJson.isChanged()) {
        writer.write(packageJson.file, packageJson.text());
      }
      if (useLock) {
        writer.write(lockPath, text.visible(lockVersion, packageJson.indent));
      }
    }
    if (moves != null) {
      moves.changing(modules.resolve(".nodule-stamp"));
      if (installed) {
        InstallStamp.write(project);
      } else {
        Files.deleteIfExists(modules.resolve(".nodule-stamp"));
      }
    }
  }

  private static Map<String, String> deprecated(
      Node root, Set<String> omit, @Nullable Map<String, ?> before) {
    var result = new LinkedHashMap<String, String>();
    for (Node n : root.inventory()) {
      if (n.manifest.get("deprecated") instanceof String text
          && !text.isEmpty()
          && !n.inert
          && !n.isOmitted(omit)
          && (before == null || !before.containsKey(n.location()))) {
        result.put(n.id(), text);
      }
    }
    return result;
  }
}
