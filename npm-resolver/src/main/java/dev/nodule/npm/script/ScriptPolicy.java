package dev.nodule.npm.script;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.semver.Version;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dependencies may run their install scripts: the project's {@code allowScripts} in npm's
 * format, else {@code allow-scripts} of an npmrc. A package is known by what asked for it and by
 * the version the registry gave it, never by what its archive claims. A refusal wins over an
 * approval; what nobody decided on does not run.
 */
public final class ScriptPolicy {
  /** What the policy says of a package. */
  public enum Verdict {
    ALLOWED,
    DENIED,
    UNREVIEWED
  }

  private final Map<String, Boolean> rules;
  private final boolean all;
  private final boolean none;
  private final Path project;

  private ScriptPolicy(Map<String, Boolean> rules, boolean all, boolean none, Path project) {
    this.rules = rules;
    this.all = all;
    this.none = none;
    this.project = project;
  }

  public static ScriptPolicy of(
      NpmConfig config,
      Map<String, @Nullable Object> packageJson,
      Path project,
      boolean oneOff,
      Set<String> warnings) {
    var commandLine = config.fromCommandLine("allow-scripts");
    if (commandLine != null && !commandLine.isBlank() && !oneOff) {
      throw new NpmException(
          "EALLOWSCRIPTS",
          "--allow-scripts is not for installs in a project. Name the packages in the "
              + "\"allowScripts\" field of package.json (`nodule approve-scripts <pkg>`), or in .npmrc.");
    }
    var rules = new LinkedHashMap<String, Boolean>();
    if (commandLine != null) {
      names(commandLine).forEach(n -> rules.put(n, true));
    }
    if (rules.isEmpty() && !oneOff) {
      Json.object(packageJson.get("allowScripts"))
          .forEach(
              (k, v) -> {
                if (v instanceof Boolean b) {
                  rules.put(k, b);
                }
              });
    }
    if (rules.isEmpty()) {
      names(config.get("allow-scripts", "")).forEach(n -> rules.put(n, true));
    }
    rules
        .keySet()
        .removeIf(
            key -> {
              String problem = problem(key, project);
              if (problem != null) {
                warnings.add("install-scripts ignoring \"" + key + "\": " + problem);
              }
              return problem != null;
            });
    return new ScriptPolicy(
        rules,
        config.flag("dangerously-allow-all-scripts"),
        config.flag("ignore-scripts"),
        project);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split("[,\\n]"))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static @Nullable String problem(String key, Path project) {
    try {
      var spec = PackageSpec.parse(key, project);
      return switch (spec.type()) {
        case TAG -> "a dist-tag can mean another version tomorrow; name exact versions";
        case RANGE ->
            spec.fetch().equals("*") || versions(spec.fetch()) != null
                ? null
                : "ranges approve versions that nobody has seen; name exact versions joined by ||";
        case ALIAS -> "name the package behind the alias";
        default -> null;
      };
    } catch (NpmException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The versions of {@code 1.0.0 || 1.0.1}; null when there is a real range among them. */
  private static @Nullable List<String> versions(String range) {
    var parts = Arrays.stream(range.split("\\|\\|")).map(String::strip).toList();
    return parts.stream().allMatch(p -> Version.parse(p, false) != null) ? parts : null;
  }

  /** Whether no script of any package runs at all. */
  public boolean ignoresAll() {
    return none;
  }

  public Verdict verdict(Node node) {
    if (node.isInBundle()) {
      return Verdict.DENIED; // came inside another package, so no identity of its own to approve
    }
    if (node.isWorkspace() || all) {
      return Verdict.ALLOWED;
    }
    var result = Verdict.UNREVIEWED;
    for (var rule : rules.entrySet()) {
      if (matches(node, rule.getKey())) {
        if (!rule.getValue()) {
          return Verdict.DENIED;
        }
        result = Verdict.ALLOWED;
      }
    }
    return result;
  }

  private boolean matches(Node node, String key) {
    var spec = PackageSpec.parse(key, project);
    if (!spec.isRegistry()) {
      return !node.isRegistryDependency()
          && node.resolved != null
          && (node.resolved.equals(spec.fetch())
              || node.resolved.equals(spec.save())
              || node.resolved.equals(spec.raw())
              || spec.type() == PackageSpec.Type.GIT && node.resolved.startsWith(spec.raw()));
    }
    if (!node.isRegistryDependency() || !trustedName(node).equals(spec.name())) {
      return false;
    }
    if (spec.fetch().equals("*")) {
      return true;
    }
    var exact = versions(spec.fetch());
    return exact != null && exact.contains(node.version());
  }

  /** The name under which the registry was asked for the package. */
  public static String trustedName(Node node) {
    for (var e : node.edgesIn()) {
      try {
        var spec = PackageSpec.resolve(e.name, e.spec(), Path.of("/"));
        var target = spec.target();
        if (spec.isRegistry()) {
          return target != null && target.name() != null ? target.name() : e.name;
        }
      } catch (NpmException x) {
        // an edge that cannot be read says nothing
      }
    }
    return node.name;
  }
}
