package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.script.InstallScripts;
import dev.nodule.npm.script.ScriptPolicy;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code approve-scripts}, {@code deny-scripts} and {@code install-scripts}: the project's
 * allowScripts field.
 */
final class ScriptApprovalCommand implements Command {
  @Override
  public int run(Invocation call) throws java.io.IOException {
    var words = new ArrayList<>(call.words());
    String mode =
        call.word().equals("install-scripts")
            ? words.isEmpty() ? "" : words.removeFirst()
            : call.word().startsWith("deny") ? "deny" : "approve";
    if (call.config().flag("global")) {
      throw new NpmException(
          "EGLOBAL", "`nodule " + call.word() + "` does not work for global installs");
    }
    var tree = call.installed();
    var policy =
        ScriptPolicy.of(
            call.config(), tree.packageJson().content, call.project(), false, new HashSet<>());
    var scripts =
        new InstallScripts(
            policy,
            new ScriptRunner(call.config(), call.env(), call.project(), call.cwd(), call.word()));
    var unreviewed = scripts.unreviewed(tree.packages());
    if (mode.equals("ls") || mode.equals("list") || call.config().flag("allow-scripts-pending")) {
      list(call, unreviewed);
      return 0;
    }
    var rules = new TreeMap<String, @Nullable Object>(LocaleOrder.ORDER);
    rules.putAll(Json.object(tree.packageJson().content.get("allowScripts")));
    var before = new LinkedHashMap<>(rules);
    switch (mode) {
      case "prune" -> prune(rules, tree.packages());
      case "approve", "deny" -> {
        if (words.isEmpty() && !call.config().flag("all")) {
          throw call.usage("Name the packages, or use --all");
        }
        for (Node node : call.config().flag("all") ? unreviewed : named(words, tree.packages())) {
          if (mode.equals("approve")) {
            approve(call, rules, node);
          } else {
            deny(rules, node);
          }
        }
      }
      default -> throw call.usage("nodule install-scripts approve|deny|ls|prune");
    }
    if (!rules.equals(before) && !call.config().flag("dry-run")) {
      tree.packageJson().put("allowScripts", rules.isEmpty() ? null : new LinkedHashMap<>(rules));
      tree.packageJson().save();
    }
    report(call, before, rules);
    return 0;
  }

  private static void list(Invocation call, List<Node> unreviewed) {
    if (call.isJson()) {
      call.printJson(
          Map.of(
              "allowScripts",
              unreviewed.stream()
                  .map(
                      n ->
                          Map.of(
                              "name",
                              ScriptPolicy.trustedName(n),
                              "changes",
                              List.of(Map.of("key", key(n), "change", "pending"))))
                  .toList()));
    } else if (unreviewed.isEmpty()) {
      call.out().println("No packages with unreviewed install scripts.");
    } else {
      call.out()
          .println(
              unreviewed.size() + " with install scripts that allowScripts does not cover yet:");
      for (Node node : unreviewed) {
        var texts =
            InstallScripts.of(node).entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .toList();
        call.out().println("  " + key(node) + " (" + String.join("; ", texts) + ")");
      }
    }
  }

  private static String key(Node node) {
    return ScriptPolicy.trustedName(node) + "@" + node.version();
  }

  private static List<Node> named(List<String> words, List<Node> packages) {
    var result = new ArrayList<Node>();
    for (String word : words) {
      int at = word.indexOf('@', 1);
      String name = at < 0 ? word : word.substring(0, at);
      String range = at < 0 ? "*" : word.substring(at + 1);
      var found =
          packages.stream()
              .filter(
                  n -> !n.isLink() && !n.isInBundle() && ScriptPolicy.trustedName(n).equals(name))
              .filter(n -> at < 0 || Semver.satisfies(n.version(), range))
              .toList();
      if (found.isEmpty()) {
        throw new NpmException("ENOMATCH", "No installed packages match: " + word);
      }
      result.addAll(found);
    }
    return result;
  }

  private static void approve(Invocation call, Map<String, @Nullable Object> rules, Node node) {
    String name = ScriptPolicy.trustedName(node);
    if (rules.entrySet().stream()
        .anyMatch(e -> Boolean.FALSE.equals(e.getValue()) && isFor(e.getKey(), name))) {
      call.err()
          .println(
              "nodule warn install-scripts "
                  + name
                  + " stays denied: remove its entry from allowScripts first");
      return;
    }
    if (!node.isRegistryDependency() && node.resolved != null) {
      rules.put(node.resolved, true);
    } else if (!call.config().flag("allow-scripts-pin", true)) {
      rules.keySet().removeIf(k -> isFor(k, name));
      rules.put(name, true);
    } else if (!rules.containsKey(name)) {
      rules.keySet().removeIf(k -> isFor(k, name) && !k.contains("||") && !isInstalled(node, k));
      rules.put(key(node), true);
    }
  }

  /** Whether another installed copy still needs the pinned entry. */
  private static boolean isInstalled(Node node, String key) {
    String version = key.substring(key.indexOf('@', 1) + 1);
    return node.root().inventory().stream()
        .anyMatch(n -> n.name.equals(node.name) && n.version().equals(version));
  }

  private static void deny(Map<String, @Nullable Object> rules, Node node) {
    String name = ScriptPolicy.trustedName(node);
    rules.keySet().removeIf(k -> isFor(k, name));
    rules.put(node.isRegistryDependency() || node.resolved == null ? name : node.resolved, false);
  }

  private static boolean isFor(String key, String name) {
    return key.equals(name) || key.startsWith(name + "@");
  }

  private static void prune(Map<String, @Nullable Object> rules, List<Node> packages) {
    rules
        .keySet()
        .removeIf(
            key ->
                packages.stream()
                    .noneMatch(
                        n ->
                            !InstallScripts.of(n).isEmpty()
                                && (key.equals(n.resolved)
                                    || key.equals(ScriptPolicy.trustedName(n))
                                    || key.startsWith(ScriptPolicy.trustedName(n) + "@")
                                        && key.contains(n.version()))));
  }

  private static void report(Invocation call, Map<String, ?> before, Map<String, ?> after) {
    var changes = new TreeMap<String, String>();
    after.forEach(
        (k, v) -> {
          if (!v.equals(before.get(k))) {
            changes.put(k, Boolean.TRUE.equals(v) ? "approved" : "denied");
          }
        });
    before.keySet().stream()
        .filter(k -> !after.containsKey(k))
        .forEach(k -> changes.put(k, "removed"));
    if (call.isJson()) {
      call.printJson(Map.of("allowScripts", changes));
    } else if (changes.isEmpty()) {
      call.out().println("Nothing to change.");
    } else {
      changes.forEach((k, v) -> call.out().println(v + " " + k));
    }
  }
}
