package dev.nodule.npm;

import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.install.TreeListing;
import dev.nodule.npm.registry.NpmConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The npm commands of the {@code nodule} launcher. */
public final class NpmCommand {
  private static final Map<String, String> COMMANDS = Map.ofEntries(
      Map.entry("install", "install"), Map.entry("i", "install"), Map.entry("add", "install"),
      Map.entry("ci", "ci"), Map.entry("clean-install", "ci"),
      Map.entry("uninstall", "uninstall"), Map.entry("un", "uninstall"), Map.entry("remove", "uninstall"),
      Map.entry("rm", "uninstall"), Map.entry("r", "uninstall"), Map.entry("unlink", "uninstall"),
      Map.entry("ls", "ls"), Map.entry("list", "ls"), Map.entry("la", "ls"), Map.entry("ll", "ls"));
  private static final Map<String, String> SHORT = Map.of(
      "D", "save-dev", "E", "save-exact", "O", "save-optional", "P", "save-prod", "S", "save", "f", "force",
      "a", "all", "g", "global", "B", "save-bundle");
  /** Options whose value may be the next argument. */
  private static final Set<String> VALUED = Set.of(
      "omit", "include", "before", "node-version", "registry", "userconfig", "globalconfig", "cafile", "tag", "os", "cpu",
      "libc", "save-prefix", "install-strategy", "depth", "prefix", "cache", "loglevel", "min-release-age", "proxy",
      "https-proxy", "noproxy", "fetch-retries", "fetch-timeout", "fetch-retry-mintimeout", "workspace", "only");

  private NpmCommand() {}

  /** Whether the launcher should hand a command line with this first word to {@link #run}. */
  public static boolean isCommand(String word) {
    return COMMANDS.containsKey(word);
  }

  public static int run(List<String> args, Path cwd, Map<String, String> env, PrintStream out, PrintStream err) {
    try {
      return execute(args, cwd.toAbsolutePath().normalize(), env, out, err);
    } catch (NpmException e) {
      report(e, err);
    } catch (RuntimeException e) {
      report(new NpmException("EINTERNAL", "internal error: " + e), err);
      if (Boolean.getBoolean("nodule.trace-java")) {
        e.printStackTrace(err);
      }
    }
    return 1;
  }

  private static void report(NpmException e, PrintStream err) {
    err.println("nodule error code " + e.code());
    String.valueOf(e.getMessage()).lines().forEach(line -> err.println(("nodule error " + line).stripTrailing()));
  }

  private static int execute(List<String> args, Path cwd, Map<String, String> env, PrintStream out, PrintStream err) {
    long start = System.nanoTime();
    var options = new HashMap<String, String>();
    var words = parse(args, options);
    String word = words.isEmpty() ? "" : words.removeFirst();
    String command = COMMANDS.get(word);
    if (command == null) {
      throw new NpmException("EUSAGE", word.isEmpty() ? "a command is missing" : "Unknown command: \"" + word + "\"");
    }
    for (String unsupported : List.of("global", "workspace")) {
      if (options.containsKey(unsupported) && !"false".equals(options.get(unsupported))) {
        throw new NpmException("EUNSUPPORTED", "--" + unsupported + " is not supported yet");
      }
    }
    Path project = options.containsKey("prefix") ? cwd.resolve(options.get("prefix")).normalize() : projectOf(cwd);
    var config = NpmConfig.load(options, env, project);
    if (command.equals("ls")) {
      return TreeListing.print(project, config.flag("all") || word.equals("la") || word.equals("ll"), words, out, err);
    }
    if (command.equals("ci") && !words.isEmpty()) {
      throw new NpmException("EUSAGE", "The `ci` command takes no package names");
    }
    var action = ProjectInstall.Action.valueOf(command.toUpperCase(Locale.ROOT));
    var progress = progress(config, err);
    ProjectInstall.Result result;
    try {
      result = new ProjectInstall(project, config, env, progress).run(action, words);
    } finally {
      progress.accept("");
    }
    for (String warning : result.warnings()) {
      err.println("nodule warn " + warning);
    }
    result.deprecated().forEach((id, text) -> err.println("nodule warn deprecated " + id + ": " + text.lines().findFirst().orElse("")));
    if (!result.scripts().isEmpty()) {
      err.println("nodule warn scripts The install scripts of " + count(result.scripts().size()) + " were not run: "
          + String.join(", ", result.scripts()));
    }
    if (!"silent".equals(config.get("loglevel"))) {
      out.println();
      out.println(summary(result, System.nanoTime() - start));
    }
    return 0;
  }

  private static String summary(ProjectInstall.Result r, long nanos) {
    var parts = new ArrayList<String>();
    if (r.added() > 0) {
      parts.add("added " + count(r.added()));
    }
    if (r.removed() > 0) {
      parts.add("removed " + count(r.removed()));
    }
    if (r.changed() > 0) {
      parts.add("changed " + count(r.changed()));
    }
    String what = parts.isEmpty() ? "up to date"
        : parts.size() == 1 ? parts.getFirst()
        : String.join(", ", parts.subList(0, parts.size() - 1)) + ", and " + parts.getLast();
    long millis = nanos / 1_000_000;
    return what + " in " + (millis < 1000 ? millis + "ms" : Math.round(millis / 1000.0) + "s");
  }

  private static String count(int n) {
    return n + (n == 1 ? " package" : " packages");
  }

  /** A line that is overwritten, on a terminal only. */
  private static Consumer<String> progress(NpmConfig config, PrintStream err) {
    boolean terminal = err == System.err && config.flag("progress", true) && System.getenv("CI") == null
        && System.console() != null && System.console().isTerminal();
    return step -> {
      if (terminal) {
        err.print(step.isEmpty() ? "\r\u001b[K" : "\r\u001b[K" + step + " ...");
        err.flush();
      }
    };
  }

  /** The nearest folder upwards that is a project; the current one when there is none. */
  private static Path projectOf(Path cwd) {
    for (Path p = cwd; p != null; p = p.getParent()) {
      if (!"node_modules".equals(String.valueOf(p.getFileName()))
          && (Files.exists(p.resolve("package.json")) || Files.isDirectory(p.resolve("node_modules")))) {
        return p;
      }
    }
    return cwd;
  }

  /** Splits a command line into words and npm's options, {@code --no-x} as {@code x=false}. */
  private static List<String> parse(List<String> args, Map<String, String> options) {
    var words = new ArrayList<String>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--")) {
        words.addAll(args.subList(i + 1, args.size()));
        break;
      }
      if (!arg.startsWith("-") || arg.equals("-")) {
        words.add(arg);
      } else if (!arg.startsWith("--")) {
        for (char c : arg.substring(1).toCharArray()) {
          String name = SHORT.get(String.valueOf(c));
          if (name == null) {
            throw new NpmException("EUSAGE", "Unknown option: " + arg);
          }
          options.put(name, "true");
        }
      } else {
        int eq = arg.indexOf('=');
        String name = eq < 0 ? arg.substring(2) : arg.substring(2, eq);
        if (eq >= 0) {
          put(options, name, arg.substring(eq + 1));
        } else if (name.startsWith("no-")) {
          put(options, name.substring(3), "false");
        } else if (VALUED.contains(name) && i + 1 < args.size()) {
          put(options, name, args.get(++i));
        } else {
          put(options, name, "true");
        }
      }
    }
    return words;
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (name.equals("omit") || name.equals("include")) {
      options.merge(name, value, (a, b) -> a + "," + b);
    } else {
      options.put(name, value);
    }
  }
}
