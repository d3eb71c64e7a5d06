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
    var rules =
        new LinkedHashMap<String, @Nullable Object>(
            Json.object(tree.packageJson().content.get("allowScripts")));
    var before = new LinkedHashMap<>(rules);
    boolean dryRun = call.config().flag("dry-run");
    switch (mode) {
      case "prune" -> prune(call, rules, tree.packages(), dryRun);
      case "approve", "deny" -> {
        boolean all = call.config().flag("all");
        if (words.isEmpty() && !all) {
          throw call.usage("Name the packages, or use --all");
        }
        boolean approves = mode.equals("approve");
        var changes = new TreeMap<String, List<Change>>(LocaleOrder.ORDER);
        for (Node node : all ? unreviewed : named(words, tree.packages())) {
          var own = changes.computeIfAbsent(ScriptPolicy.trustedName(node), n -> new ArrayList<>());
          own.addAll(approves ? approve(call, rules, node) : deny(rules, node));
        }
        changes.values().removeIf(List::isEmpty);
        report(call, mode, all && unreviewed.isEmpty(), changes);
      }
      default -> throw call.usage("nodule install-scripts approve|deny|ls|prune");
    }
    if (!rules.equals(before) && !dryRun) {
      tree.packageJson().put("allowScripts", rules.isEmpty() ? null : rules);
      tree.packageJson().save();
    }
    return 0;
  }

  /** What happened to an entry, in npm's words. */
  private record Change(String key, String kind) {}

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
              (unreviewed.size() == 1 ? "1 package has" : unreviewed.size() + " packages have")
                  + " install scripts not yet covered by allowScripts:");
      for (Node node : unreviewed) {
        var texts =
            InstallScripts.of(node).entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .toList();
        call.out().println("  " + key(node) + " (" + String.join("; ", texts) + ")");
      }
      call.out()
          .println(
              "\nRun `nodule install-scripts approve <pkg>` to allow, or "
                  + "`nodule install-scripts deny <pkg>` to deny.");
    }
  }

  private static String key(Node node) {
    return ScriptPolicy.trustedName(node) + "@" + node.version();
  }

  private static List<Node> named(List<String> words, List<Node> packages) {
    var result = new ArrayList<Node>();
    var unknown = new ArrayList<String>();
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
        unknown.add(word);
      }
      result.addAll(found);
    }
    if (!unknown.isEmpty()) {
      throw new NpmException(
          "ENOMATCH", "No installed packages match: " + String.join(", ", unknown));
    }
    return result;
  }

  private static List<Change> approve(
      Invocation call, Map<String, @Nullable Object> rules, Node node) {
    String name = ScriptPolicy.trustedName(node);
    if (rules.entrySet().stream()
        .anyMatch(e -> Boolean.FALSE.equals(e.getValue()) && isFor(e.getKey(), name))) {
      call.err()
          .println(
              "nodule warn approve-scripts "
                  + name
                  + " is denied; remove the entry from allowScripts to approve "
                  + name
                  + ".");
      return List.of();
    }
    if (!node.isRegistryDependency() && node.resolved != null) {
      return add(rules, node.resolved, true);
    }
    if (!call.config().flag("allow-scripts-pin", true)) {
      rules.keySet().removeIf(k -> isFor(k, name) && !k.equals(name));
      return add(rules, name, true);
    }
    var changes = new ArrayList<Change>();
    for (String key : List.copyOf(rules.keySet())) {
      if (key.startsWith(name + "@") && !key.contains("||") && !isInstalled(node, key)) {
        rules.remove(key);
        changes.add(new Change(key, "removed-stale"));
      }
    }
    changes.addAll(add(rules, key(node), true));
    if (rules.remove(name) != null) {
      changes.add(new Change(name, "replaced-by-pin"));
    }
    return changes;
  }

  private static List<Change> add(Map<String, @Nullable Object> rules, String key, boolean value) {
    return Boolean.valueOf(value).equals(rules.put(key, value))
        ? List.of()
        : List.of(new Change(key, "added"));
  }

  /** Whether another installed copy still needs the pinned entry. */
  private static boolean isInstalled(Node node, String key) {
    String version = key.substring(key.indexOf('@', 1) + 1);
    return node.root().inventory().stream()
        .anyMatch(n -> n.name.equals(node.name) && n.version().equals(version));
  }

  private static List<Change> deny(Map<String, @Nullable Object> rules, Node node) {
    String name = ScriptPolicy.trustedName(node);
    var changes = new ArrayList<Change>();
    for (String key : List.copyOf(rules.keySet())) {
      if (key.startsWith(name + "@")) {
        rules.remove(key);
        changes.add(new Change(key, "removed-pinned-allow"));
      }
    }
    String denied = node.isRegistryDependency() || node.resolved == null ? name : node.resolved;
    changes.addAll(add(rules, denied, false));
    return changes;
  }

  private static boolean isFor(String key, String name) {
    return key.equals(name) || key.startsWith(name + "@");
  }

  private static void prune(
      Invocation call, Map<String, @Nullable Object> rules, List<Node> packages, boolean dryRun) {
    var removed = new ArrayList<Map<String, @Nullable Object>>();
    var lines = new ArrayList<String>();
    for (var rule : List.copyOf(rules.entrySet())) {
      String key = rule.getKey();
      var meant = packages.stream().filter(n -> isMeant(key, n)).toList();
      if (meant.stream().anyMatch(n -> !InstallScripts.of(n).isEmpty())) {
        continue;
      }
      rules.remove(key);
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("key", key);
      entry.put("value", rule.getValue());
      entry.put("reason", meant.isEmpty() ? "not-installed" : "no-scripts");
      removed.add(entry);
      lines.add(
          "  " + key + (meant.isEmpty() ? " (package not installed)" : " (no install scripts)"));
    }
    if (call.isJson()) {
      var result = new LinkedHashMap<String, @Nullable Object>();
      result.put("removed", removed);
      result.put("dryRun", dryRun);
      call.printJson(Map.of("allowScripts", result));
    } else if (lines.isEmpty()) {
      call.out().println("No unused allowScripts entries.");
    } else {
      call.out()
          .println(
              (dryRun ? "Would remove " : "Removed ")
                  + lines.size()
                  + (lines.size() == 1
                      ? " unused allowScripts entry:"
                      : " unused allowScripts entries:"));
      lines.forEach(call.out()::println);
    }
  }

  private static boolean isMeant(String key, Node node) {
    String name = ScriptPolicy.trustedName(node);
    return key.equals(node.resolved)
        || key.equals(name)
        || key.startsWith(name + "@") && key.contains(node.version());
  }

  private static void report(
      Invocation call, String mode, boolean noneLeft, Map<String, List<Change>> changes) {
    if (call.isJson()) {
      var list = new ArrayList<Map<String, @Nullable Object>>();
      changes.forEach(
          (name, own) -> {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("name", name);
            entry.put("changes", own.stream().map(ScriptApprovalCommand::json).toList());
            list.add(entry);
          });
      call.printJson(Map.of("allowScripts", list));
    } else if (noneLeft) {
      call.out().println("No packages with unreviewed install scripts.");
    } else if (changes.isEmpty()) {
      call.out().println("Nothing to " + mode + "; allowScripts unchanged.");
    } else {
      String done = mode.equals("approve") ? "Approved " : "Denied ";
      changes.forEach(
          (name, own) -> {
            call.out().println(done + name + ":");
            own.forEach(c -> call.out().println("  " + c.kind + " " + c.key));
          });
    }
  }

  private static Map<String, String> json(Change change) {
    var entry = new LinkedHashMap<String, String>();
    entry.put("key", change.key);
    entry.put("change", change.kind);
    return entry;
  }
}
