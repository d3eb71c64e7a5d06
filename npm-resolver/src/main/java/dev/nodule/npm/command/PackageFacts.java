package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a selector may ask about installed packages: their files say it, or their registry. */
final class PackageFacts {
  private final Session session;
  private final Map<Node, Map<String, @Nullable Object>> contents = new HashMap<>();
  private final Map<String, List<String>> versions = new HashMap<>();
  private final Map<Node, Map<String, @Nullable Object>> contexts = new HashMap<>();
  private @Nullable Map<String, @Nullable Object> advisories;

  PackageFacts(Session session) {
    this.session = session;
  }

  /** The package.json as npm reads it. */
  Map<String, @Nullable Object> content(Node node) {
    return contents.computeIfAbsent(
        node,
        n -> {
          Map<String, @Nullable Object> content;
          try {
            content = new LinkedHashMap<>(Manifest.read(n.realpath()).content);
          } catch (NpmException e) {
            content = new LinkedHashMap<>(n.manifest.content);
          }
          content.putIfAbsent("name", n.name);
          return content;
        });
  }

  List<String> versions(String name) {
    return versions.computeIfAbsent(
        name,
        n -> {
          try {
            return session.registry.packument(n).join().versions();
          } catch (java.util.concurrent.CompletionException e) {
            return List.of(); // as npm: what no registry knows is not outdated
          }
        });
  }

  /** The advisories of a package; asked for once, for all packages of the tree. */
  List<?> advisories(Node node, List<Node> all) {
    var known = advisories;
    if (known == null) {
      var asked = new TreeMap<String, List<String>>();
      var grouped = new TreeMap<String, TreeSet<String>>();
      for (Node n : all) {
        if (!n.isProjectRoot() && !n.version().isEmpty() && !n.isLink()) {
          grouped.computeIfAbsent(n.name, x -> new TreeSet<>()).add(n.version());
        }
      }
      grouped.forEach((name, list) -> asked.put(name, List.copyOf(list)));
      known = session.registry.advisories(asked);
      advisories = known;
    }
    return known.get(node.name) instanceof List<?> l ? l : List.of();
  }

  /** What the query has to say about a package beside itself. */
  Map<String, @Nullable Object> context(Node node) {
    return contexts.computeIfAbsent(node, n -> new LinkedHashMap<>());
  }

  static String text(Map<String, @Nullable Object> content, String field) {
    return Json.string(content.get(field));
  }
}
