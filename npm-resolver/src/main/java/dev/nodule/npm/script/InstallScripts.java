package dev.nodule.npm.script;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scripts of freshly installed packages: runs the approved ones, collects the others. */
public final class InstallScripts {
  private static final List<String> EVENTS = List.of("preinstall", "install", "postinstall");

  private final ScriptPolicy policy;
  private final ScriptRunner runner;

  public InstallScripts(ScriptPolicy policy, ScriptRunner runner) {
    this.policy = policy;
    this.runner = runner;
  }

  /**
   * The install scripts of a package folder by event; a native addon without any is built by
   * node-gyp.
   */
  public static Map<String, String> of(Node node) {
    var result = new LinkedHashMap<String, String>();
    if (!Files.exists(node.realpath().resolve("package.json"))) {
      return result;
    }
    var content = Manifest.readContent(node.realpath().resolve("package.json"));
    var scripts = Json.strings(content.get("scripts"));
    for (String event : EVENTS) {
      String script = scripts.get(event);
      if (script != null && !script.isBlank()) {
        result.put(event, script);
      }
    }
    if (!result.containsKey("install")
        && !result.containsKey("preinstall")
        && !Boolean.FALSE.equals(content.get("gypfile"))
        && Files.exists(node.realpath().resolve("binding.gyp"))) {
      result.put("install", "node-gyp rebuild");
    }
    return result;
  }

  /** Packages whose scripts nobody has decided on. */
  public List<Node> unreviewed(Iterable<Node> nodes) {
    var result = new ArrayList<Node>();
    for (Node node : nodes) {
      if (!node.isLink()
          && !node.inert
          && !node.isProjectRoot()
          && policy.verdict(node) == ScriptPolicy.Verdict.UNREVIEWED
          && !of(node).isEmpty()) {
        result.add(node);
      }
    }
    result.sort(Comparator.comparing(Node::location));
    return result;
  }

  /**
   * Runs the approved scripts of the packages, all of one event before any of the next, in npm's
   * order.
   *
   * @return optional packages whose scripts failed
   */
  public List<Node> run(List<Node> nodes, PrintStream err, boolean foreground) {
    var failed = new ArrayList<Node>();
    if (policy.ignoresAll()) {
      return failed;
    }
    var scripts = new LinkedHashMap<Node, Map<String, String>>();
    nodes.stream()
        .filter(n -> policy.verdict(n) == ScriptPolicy.Verdict.ALLOWED)
        .sorted(
            Comparator.comparingInt(Node::depth)
                .thenComparing(
                    (a, b) -> LocaleOrder.compare(a.path().toString(), b.path().toString())))
        .forEach(n -> scripts.put(n, of(n)));
    for (String event : EVENTS) {
      for (var e : scripts.entrySet()) {
        String script = e.getValue().get(event);
        if (script != null
            && !failed.contains(e.getKey())
            && !run(e.getKey(), event, script, err, foreground)) {
          failed.add(e.getKey());
        }
      }
    }
    return failed;
  }

  private boolean run(Node node, String event, String script, PrintStream err, boolean foreground) {
    Map<String, @Nullable Object> manifest =
        Manifest.readContent(node.realpath().resolve("package.json"));
    if (foreground) {
      err.println("\n> " + node.id() + " " + event + "\n> " + script + "\n");
    }
    var outcome =
        foreground
            ? new ScriptRunner.Outcome(
                runner.run(
                    node.realpath(), manifest, event, script, List.of(), List.of(), err, err),
                "")
            : runner.capture(node.realpath(), manifest, event, script);
    if (outcome.exitCode() == 0) {
      return true;
    }
    if (node.optional) {
      return false;
    }
    throw new NpmException(
        String.valueOf(outcome.exitCode()),
        "path "
            + node.realpath()
            + "\ncommand failed\ncommand sh -c "
            + script
            + "\n"
            + outcome.output().stripTrailing());
  }
}
