package dev.nodule.npm.command;

import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code query}: the installed packages that a selector names, as JSON. */
final class QueryCommand implements Command {
  @Override
  public int run(Invocation call) {
    if (call.words().size() != 1) {
      throw call.usage("nodule query <selector>");
    }
    var tree = call.installed();
    List<Map<String, @Nullable Object>> result = new ArrayList<>();
    try (var session = call.session()) {
      var facts = new PackageFacts(session);
      var seen = new HashSet<String>();
      for (Node node : Selector.select(call.words().getFirst(), tree.root(), facts)) {
        boolean absent = node.root() != tree.root();
        if (absent || !node.inert && seen.add(node.target().location())) {
          result.add(describe(node, facts, absent));
        }
      }
    }
    call.printJson(result);
    String expected = call.config().get("expect-result-count");
    boolean some = call.config().flag("expect-results", !result.isEmpty());
    if (expected != null && !expected.equals(String.valueOf(result.size()))) {
      throw new NpmException(
          "EQUERY",
          "Expected "
              + expected
              + (expected.equals("1") ? " result" : " results")
              + ", got "
              + result.size());
    }
    if (some == result.isEmpty()) {
      throw new NpmException(
          "EQUERY", "Expected " + (some ? "results, got 0" : "no results, got " + result.size()));
    }
    return 0;
  }

  /** A package that something asks for and that is not there. */
  static Node absent(Map<String, @Nullable Object> content) {
    return Node.of(String.valueOf(content.get("name")), new Manifest(content), null, false);
  }

  static boolean isOverridden(Node node) {
    return node.edgesIn().stream()
        .anyMatch(e -> !e.spec().equals(e.rawSpec) && e.spec().equals(node.version()));
  }

  private static Map<String, @Nullable Object> describe(
      Node any, PackageFacts facts, boolean absent) {
    Node node = any.target();
    var entry = new LinkedHashMap<>(absent ? node.manifest.content : facts.content(node));
    String name = node.isProjectRoot() ? node.packageName() : node.name;
    entry.put("_id", PackageFacts.text(entry, "name") + "@" + node.version());
    entry.put("pkgid", node.isProjectRoot() ? name + "@" + node.version() : node.id());
    entry.put("location", absent ? "" : node.location());
    entry.put("path", absent ? null : node.path().toString());
    entry.put("realpath", absent ? null : node.realpath().toString());
    entry.put("resolved", node.resolved);
    entry.put(
        "from",
        node.edgesIn().stream().map(e -> e.from.location()).sorted(LocaleOrder.ORDER).toList());
    entry.put(
        "to",
        node.edgesOut().stream()
            .map(Edge::to)
            .filter(java.util.Objects::nonNull)
            .map(Node::location)
            .toList());
    entry.put("dev", node.dev);
    entry.put("inBundle", node.isInBundle());
    entry.put("deduped", false); // npm's answer for every package
    entry.put("overridden", isOverridden(any));
    entry.put("queryContext", facts.context(any));
    return entry;
  }
}
