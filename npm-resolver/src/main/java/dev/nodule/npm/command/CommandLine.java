package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command line split into words and npm's options, {@code --no-x} as {@code x=false}. */
final class CommandLine {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("D", "save-dev"),
          Map.entry("E", "save-exact"),
          Map.entry("O", "save-optional"),
          Map.entry("P", "save-prod"),
          Map.entry("S", "save"),
          Map.entry("B", "save-bundle"),
          Map.entry("f", "force"),
          Map.entry("a", "all"),
          Map.entry("g", "global"),
          Map.entry("y", "yes"),
          Map.entry("n", "no"),
          Map.entry("l", "long"),
          Map.entry("p", "parseable"),
          Map.entry("s", "silent"),
          Map.entry("w", "workspace"),
          Map.entry("c", "call"),
          Map.entry("C", "prefix"),
          Map.entry("q", "quiet"),
          Map.entry("d", "verbose"));

  /** Options whose value may be the next argument. */
  private static final Set<String> VALUED =
      Set.of(
          "omit",
          "include",
          "before",
          "node-version",
          "registry",
          "userconfig",
          "globalconfig",
          "cafile",
          "tag",
          "os",
          "cpu",
          "libc",
          "save-prefix",
          "install-strategy",
          "depth",
          "prefix",
          "cache",
          "loglevel",
          "min-release-age",
          "proxy",
          "https-proxy",
          "noproxy",
          "fetch-retries",
          "fetch-timeout",
          "fetch-retry-mintimeout",
          "workspace",
          "only",
          "call",
          "package",
          "script-shell",
          "pack-destination",
          "sbom-format",
          "sbom-type",
          "audit-level",
          "allow-scripts",
          "init-author-name",
          "init-license",
          "init-version",
          "location",
          "expect-result-count",
          "searchlimit",
          "searchexclude",
          "searchopts",
          "which",
          "diff",
          "diff-unified",
          "diff-src-prefix",
          "diff-dst-prefix",
          "allow-git",
          "access",
          "auth-type",
          "ca",
          "editor",
          "fetch-retry-factor",
          "fetch-retry-maxtimeout",
          "git",
          "heading",
          "init-author-email",
          "init-author-url",
          "init-module",
          "init-type",
          "key",
          "cert",
          "local-address",
          "lockfile-version",
          "logs-dir",
          "logs-max",
          "maxsockets",
          "message",
          "node-options",
          "otp",
          "replace-registry-host",
          "scope",
          "shell",
          "umask",
          "user-agent",
          "viewer");

  private static final Set<String> LISTS = Set.of("omit", "include", "workspace", "package");

  final List<String> words = new ArrayList<>();
  final Map<String, String> options = new LinkedHashMap<>();

  /** What stood behind {@code --}; null when there was none. */
  List<String> rest = List.of();

  private CommandLine() {}

  /**
   * @param stopAtSecondWord for commands whose later arguments belong to the program they start
   */
  static CommandLine parse(List<String> args, boolean stopAtSecondWord) {
    var line = new CommandLine();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--")) {
        line.rest = List.copyOf(args.subList(i + 1, args.size()));
        break;
      }
      if (!arg.startsWith("-") || arg.equals("-")) {
        line.words.add(arg);
        if (stopAtSecondWord && line.words.size() > 1) {
          line.rest = List.copyOf(args.subList(i + 1, args.size()));
          break;
        }
      } else {
        i = line.option(arg, args, i);
      }
    }
    return line;
  }

  private int option(String arg, List<String> args, int at) {
    if (!arg.startsWith("--")) {
      for (char c : arg.substring(1).toCharArray()) {
        String name = SHORT.get(String.valueOf(c));
        if (name == null) {
          throw new NpmException("EUSAGE", "Unknown option: " + arg);
        }
        if (VALUED.contains(name) && at + 1 < args.size()) {
          put(name, args.get(++at));
        } else if (name.equals("silent")) {
          put("loglevel", "silent");
        } else if (name.equals("no")) {
          put("yes", "false");
        } else {
          put(name, "true");
        }
      }
      return at;
    }
    int eq = arg.indexOf('=');
    String name = eq < 0 ? arg.substring(2) : arg.substring(2, eq);
    if (eq >= 0) {
      put(name, arg.substring(eq + 1));
    } else if (name.startsWith("no-")) {
      put(name.substring(3), "false");
    } else if (name.equals("silent")) {
      put("loglevel", "silent");
    } else if (name.equals("no")) {
      put("yes", "false");
    } else if (VALUED.contains(name) && at + 1 < args.size()) {
      put(name, args.get(++at));
    } else {
      put(name, "true");
    }
    return at;
  }

  private void put(String name, String value) {
    if (LISTS.contains(name)) {
      options.merge(name, value, (a, b) -> a + "," + b);
    } else if (name.equals("diff")) {
      options.merge(name, value, (a, b) -> a + "\n" + b);
    } else {
      options.put(name, value);
    }
  }
}
