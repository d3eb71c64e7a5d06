package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.ProjectInstall.Action;
import dev.nodule.npm.install.Workspaces;
import dev.nodule.npm.registry.Nearest;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.registry.UnknownPackage;
import dev.nodule.npm.tree.Manifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All commands by name and by npm's other names for them. */
public final class CommandTable {
  private static final Map<String, Supplier<Command>> COMMANDS = new HashMap<>();

  /** Commands whose later arguments belong to the program that they start. */
  private static final Set<String> STARTERS = Set.of("x");

  static {
    add(
        () -> new InstallCommand(Action.INSTALL),
        "install",
        "i",
        "add",
        "in",
        "ins",
        "inst",
        "isntall");
    add(() -> new InstallCommand(Action.CI), "ci", "clean-install", "ic", "install-clean");
    add(
        () -> new InstallCommand(Action.UNINSTALL),
        "uninstall",
        "un",
        "remove",
        "rm",
        "r",
        "unlink");
    add(() -> new InstallCommand(Action.UPDATE), "update", "up", "upgrade", "udpate");
    add(() -> new InstallCommand(Action.DEDUPE), "dedupe", "ddp");
    add(() -> new InstallCommand(Action.PRUNE), "prune");
    add(LsCommand::new, "ls", "list", "la", "ll");
    add(
        RunCommand::new,
        "run",
        "run-script",
        "rum",
        "urn",
        "test",
        "tst",
        "t",
        "start",
        "stop",
        "restart");
    add(ScriptApprovalCommand::new, "approve-scripts", "deny-scripts", "install-scripts");
    add(RebuildCommand::new, "rebuild", "rb");
    add(ExecCommand::new, "exec", "x");
    add(InitCommand::new, "init", "create", "innit");
    add(OutdatedCommand::new, "outdated");
    add(ExplainCommand::new, "explain", "why");
    add(ViewCommand::new, "view", "info", "show", "v");
    add(ConfigCommand::new, "config", "c", "get", "set");
    add(CacheCommand::new, "cache");
    add(FundCommand::new, "fund");
    add(PackCommand::new, "pack");
    add(DiffCommand::new, "diff");
    add(AuditCommand::new, "audit");
    add(SearchCommand::new, "search", "find", "s", "se");
    add(QueryCommand::new, "query");
    add(SbomCommand::new, "sbom");
    add(MirrorCommand::new, "mirror");
    add(LinkCommand::new, "link", "ln");
    add(PathCommand::new, "root", "prefix", "bin");
  }

  private CommandTable() {}

  private static void add(Supplier<Command> command, String... names) {
    for (String name : names) {
      COMMANDS.put(name, command);
    }
  }

  public static boolean has(String word) {
    return COMMANDS.containsKey(word);
  }

  /** All words that are commands. */
  public static java.util.SortedSet<String> names() {
    return new java.util.TreeSet<>(COMMANDS.keySet());
  }

  public static int run(
      List<String> args, Path cwd, Map<String, String> env, PrintStream out, PrintStream err)
      throws IOException {
    // The command may stand behind options, so it is looked for first, and only then the rest is
    // read in its way.
    var first = CommandLine.parse(args, false);
    String word = first.words.isEmpty() ? "" : first.words.getFirst();
    var command = COMMANDS.get(word);
    if (command == null) {
      throw unknown(word);
    }
    var line = STARTERS.contains(word) ? CommandLine.parse(args, true) : first;
    String prefix = line.options.get("prefix");
    Path project = prefix != null ? cwd.resolve(prefix).normalize() : projectOf(cwd);
    List<Path> workspaces = List.of();
    Path root = prefix == null ? workspaceRoot(project) : null;
    if (root != null && !line.options.containsKey("workspace")) {
      workspaces = List.of(project);
    }
    project = root != null ? root : project;
    var config = NpmConfig.load(line.options, env, project);
    if (config.flag("global")) {
      project = globalPrefix(config).resolve("lib");
      workspaces = List.of();
    } else if (config.fromCommandLine("workspace") != null || config.flag("workspaces")) {
      workspaces = chosen(project, cwd, config);
    }
    var call =
        new Invocation(
            word,
            line.words.subList(1, line.words.size()),
            line.rest,
            config,
            cwd,
            project,
            env,
            out,
            err,
            workspaces);
    try {
      return run(command, call);
    } catch (UnknownPackage e) {
      throw asJson(suggesting(e, call), call);
    } catch (NpmException e) {
      throw asJson(e, call);
    }
  }

  /** With {@code --json} a failure is part of the answer too. */
  private static NpmException asJson(NpmException e, Invocation call) {
    if (call.isJson()) {
      String[] parts = String.valueOf(e.getMessage()).split("\n", 2);
      var error = new java.util.LinkedHashMap<String, Object>();
      error.put("code", e.code());
      error.put("summary", parts[0]);
      error.put("detail", parts.length < 2 ? "" : parts[1].strip());
      call.printJson(Map.of("error", error));
    }
    return e;
  }

  private static NpmException suggesting(UnknownPackage e, Invocation call) {
    try (var session = call.session()) {
      var near = session.registry.similar(e.name());
      return near.isEmpty()
          ? e
          : new NpmException(
              e.code(),
              e.getMessage() + "\n\nDid you mean one of these?\n  " + String.join("\n  ", near),
              e);
    }
  }

  private static int run(Supplier<Command> command, Invocation call) throws IOException {
    var workspaces = call.workspaces();
    if (workspaces.isEmpty() || !command.get().runsInEachWorkspace()) {
      return command.get().run(call);
    }
    int code = 0;
    for (Path folder : workspaces) {
      int one = command.get().run(call.in(folder));
      code = code != 0 ? code : one;
    }
    return code;
  }

  /**
   * Where global packages go: npm's prefix, which is the image of Nodule itself unless configured.
   */
  static Path globalPrefix(NpmConfig config) {
    String prefix = config.get("prefix");
    String home = System.getProperty("nodule.home", System.getProperty("user.home") + "/.local");
    return Path.of(prefix != null ? prefix : home).toAbsolutePath().normalize();
  }

  private static List<Path> chosen(Path project, Path cwd, NpmConfig config) {
    Map<String, String> all = workspacesOf(project);
    String names = config.fromCommandLine("workspace");
    if (names == null) {
      return all.values().stream().map(Path::of).toList();
    }
    var result = new java.util.LinkedHashSet<Path>();
    for (String name : names.split(",")) {
      Path path = cwd.resolve(name).normalize();
      String folder = all.get(name);
      if (folder != null) {
        result.add(Path.of(folder));
      } else {
        all.values().stream().map(Path::of).filter(p -> p.startsWith(path)).forEach(result::add);
      }
      if (result.isEmpty()) {
        throw new NpmException("EUSAGE", "No workspaces found:\n  --workspace=" + name);
      }
    }
    return List.copyOf(result);
  }

  private static Map<String, String> workspacesOf(Path project) {
    return Files.exists(project.resolve("package.json"))
        ? Workspaces.of(
            project, Manifest.readContent(project.resolve("package.json")).get("workspaces"))
        : Map.of();
  }

  /** The project that has this folder as a workspace. */
  private static @Nullable Path workspaceRoot(Path folder) {
    if (!Files.exists(folder.resolve("package.json"))) {
      return null;
    }
    for (Path p = folder.getParent(); p != null; p = p.getParent()) {
      Path file = p.resolve("package.json");
      try {
        if (Files.exists(file)
            && Manifest.readContent(file).get("workspaces") != null
            && workspacesOf(p).containsValue(folder.toString())) {
          return p;
        }
      } catch (NpmException e) {
        return null; // not a project that this one could belong to
      }
    }
    return null;
  }

  private static NpmException unknown(String word) {
    if (word.isEmpty()) {
      return new NpmException("EUSAGE", "a command is missing");
    }
    var near =
        Nearest.of(word, COMMANDS.keySet().stream().filter(c -> c.length() > 2).toList(), 2, 1);
    return new NpmException(
        "EUSAGE",
        "Unknown command: \""
            + word
            + "\""
            + (near.isEmpty() ? "" : "\n\nDid you mean this?\n  nodule " + near.getFirst()));
  }

  /** The nearest folder upwards that is a project; the current one when there is none. */
  private static Path projectOf(Path cwd) {
    for (Path p = cwd; p != null; p = p.getParent()) {
      if (!"node_modules".equals(String.valueOf(p.getFileName()))
          && (Files.exists(p.resolve("package.json"))
              || Files.isDirectory(p.resolve("node_modules")))) {
        return p;
      }
    }
    return cwd;
  }
}
