package dev.nodule.npm.command;

import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code explain}, {@code why}: the chains of dependencies that brought a package here. */
final class ExplainCommand implements Command {
  @Override
  public int run(Invocation call) {
    if (call.words().isEmpty()) {
      throw call.usage("nodule explain <package-spec>");
    }
    var found = new ArrayList<Node>();
    var tree = call.installed();
    for (String word : call.words()) {
      String plain = word.replaceFirst("/+$", "");
      int at = word.indexOf('@', 1);
      String name = at > 0 ? word.substring(0, at) : word;
      for (Node n : sorted(tree.packages())) {
        boolean named =
            n.name.equals(name)
                && (at < 0
                    || dev.nodule.npm.semver.Semver.satisfies(n.version(), word.substring(at + 1)));
        if ((named || n.location().equals(plain)) && !found.contains(n)) {
          found.add(n);
        }
      }
    }
    if (found.isEmpty()) {
      throw new dev.nodule.npm.NpmException(
          "ENOENT", "No dependencies found matching " + String.join(", ", call.words()));
    }
    if (call.isJson()) {
      call.printJson(found.stream().map(ExplainCommand::jsonOfAsked).toList());
      return 0;
    }
    for (int i = 0; i < found.size(); i++) {
      Node node = found.get(i);
      call.out().println((i == 0 ? "" : "\n") + id(node) + mark(node) + "\n" + node.location());
      dependents(call, node, "  ", new HashSet<>());
    }
    return 0;
  }

  private static List<Node> sorted(List<Node> nodes) {
    return nodes.stream().sorted(Comparator.comparing(Node::location, LocaleOrder.ORDER)).toList();
  }

  private static List<Edge> dependents(Node node) {
    return node.edgesIn().stream()
        .filter(e -> e.isValid() || e.from.isProjectRoot())
        .sorted(Comparator.comparing(e -> e.from.location(), LocaleOrder.ORDER))
        .toList();
  }

  private static String id(Node n) {
    return n.name + "@" + n.version();
  }

  private static String mark(Node n) {
    return mark(n, true);
  }

  /**
   * What kind of dependency the package that was asked for is; not said of those on the way to it.
   */
  private static String mark(Node n, boolean asked) {
    if (!asked) {
      return "";
    }
    return n.extraneous
        ? " extraneous"
        : (n.dev ? " dev" : "")
            + (n.optional ? " optional" : "")
            + (n.peer ? " peer" : "")
            + (n.isInBundle() ? " bundled" : "");
  }

  private static String kind(Edge e) {
    return switch (e.type) {
      case PROD -> "";
      case PEER_OPTIONAL -> "peerOptional ";
      default -> e.type.name().toLowerCase(java.util.Locale.ROOT) + " ";
    };
  }

  private static void dependents(Invocation call, Node node, String indent, Set<Node> seen) {
    for (Edge e : dependents(node)) {
      boolean root = e.from.isProjectRoot();
      call.out()
          .println(
              indent
                  + kind(e)
                  + e.name
                  + "@\""
                  + e.spec()
                  + "\" from "
                  + (root ? "the root project" : id(e.from) + mark(e.from, false)));
      if (!root) {
        call.out().println(indent + e.from.location());
        if (seen.add(e.from)) {
          dependents(call, e.from, indent + "  ", seen);
          seen.remove(e.from);
        }
      }
    }
  }

  private static Map<String, @Nullable Object> jsonOfAsked(Node n) {
    var result = json(n, new HashSet<>());
    if (n.extraneous) {
      result.put("extraneous", true);
      return result;
    }
    result.put("dev", n.dev);
    result.put("optional", n.optional);
    result.put("devOptional", n.devOptional);
    result.put("peer", n.peer);
    result.put("bundled", n.isInBundle());
    result.put("overridden", QueryCommand.isOverridden(n));
    return result;
  }

  private static Map<String, @Nullable Object> json(Node node, Set<Node> above) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("name", node.name);
    result.put("version", node.version());
    result.put("location", node.location());
    result.put("isWorkspace", node.isWorkspace());
    List<Map<String, @Nullable Object>> dependents = new ArrayList<>();
    if (above.add(node)) {
      for (Edge e : dependents(node)) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("type", kind(e).isBlank() ? "prod" : kind(e).strip());
        entry.put("name", e.name);
        entry.put("spec", e.spec());
        entry.put(
            "from",
            e.from.isProjectRoot()
                ? Map.of("location", node.root().path().toString())
                : json(e.from, above));
        dependents.add(entry);
      }
      above.remove(node);
    }
    result.put("dependents", dependents);
    return result;
  }
}
