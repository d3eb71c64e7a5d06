package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code nodule ls}: the installed packages as a tree. */
public final class TreeListing {
  private final boolean all;
  private final List<String> names;
  private final PrintStream out;
  private final Set<Node> printed = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private TreeListing(boolean all, List<String> names, PrintStream out) {
    this.all = all || !names.isEmpty();
    this.names = names;
    this.out = out;
  }

  public static int print(
      InstalledTree tree, boolean all, List<String> names, PrintStream out, PrintStream err) {
    Node root = tree.root();
    Path project = root.path();
    var listing = new TreeListing(all, names, out);
    String id =
        root.packageName().isEmpty() ? root.name : root.packageName() + "@" + root.version();
    out.println((root.packageName().isEmpty() ? "" : id + " ") + project);
    boolean any = listing.children(root, "");
    if (!any) {
      out.println("└── (empty)");
    }
    out.println();
    if (!listing.problems.isEmpty()) {
      err.println("nodule error code ELSPROBLEMS");
      listing.problems.forEach(p -> err.println("nodule error " + p));
      return 1;
    }
    return names.isEmpty() || any ? 0 : 1;
  }

  private boolean leadsToName(Node node, Set<Node> seen) {
    if (names.isEmpty() || names.contains(node.name)) {
      return true;
    }
    return seen.add(node)
        && node.target().edgesOut().stream()
            .anyMatch(e -> e.to() != null && leadsToName(e.to(), seen));
  }

  private boolean children(Node node, String indent) {
    var edges = new ArrayList<Edge>();
    for (var e : node.target().edgesOut()) {
      Node to = e.to();
      boolean missing = to == null || !to.isLink() && !Files.exists(to.path());
      boolean shown =
          to == null || missing
              ? !e.isOptional() && names.isEmpty()
              : leadsToName(to, new HashSet<>());
      if (shown) {
        edges.add(e);
      }
    }
    edges.sort((a, b) -> LocaleOrder.compare(a.name, b.name));
    for (int i = 0; i < edges.size(); i++) {
      Edge e = edges.get(i);
      Node to = e.to();
      boolean last = i == edges.size() - 1;
      boolean missing = to == null || !to.isLink() && !Files.exists(to.path());
      boolean again = to != null && !printed.add(to);
      boolean deeper = all && to != null && !missing && !again && !to.target().edgesOut().isEmpty();
      String text =
          missing || to == null
              ? "UNMET DEPENDENCY " + e.name + "@" + e.spec()
              : to.id()
                  + (again && all ? " deduped" : "")
                  + (e.isValid() ? "" : " invalid")
                  + (to.isLink() ? " -> ./" + node.root().path().relativize(to.realpath()) : "");
      out.println(indent + (last ? "└─" : "├─") + (deeper ? "┬ " : "─ ") + text);
      if (missing) {
        problems.add("missing: " + e.name + "@" + e.spec() + ", required by " + node.id());
      } else if (!e.isValid() && to != null) {
        problems.add("invalid: " + to.id() + " " + to.path());
      }
      if (deeper && to != null) {
        children(to, indent + (last ? "  " : "│ "));
      }
    }
    return !edges.isEmpty();
  }

  /** The same as JSON, as npm prints it. */
  public static int printJson(InstalledTree tree, boolean all, PrintStream out) {
    Node root = tree.root();
    var result = new LinkedHashMap<String, @Nullable Object>();
    if (!root.version().isEmpty()) {
      result.put("version", root.version());
    }
    if (!root.packageName().isEmpty()) {
      result.put("name", root.packageName());
    }
    var problems = new ArrayList<@Nullable Object>();
    var dependencies = dependencies(root, all, new HashSet<>(), problems);
    if (!problems.isEmpty()) {
      result.put("problems", problems);
    }
    if (!dependencies.isEmpty()) {
      result.put("dependencies", dependencies);
    }
    out.println(Json.write(result, "  "));
    return problems.isEmpty() ? 0 : 1;
  }

  private static Map<String, @Nullable Object> dependencies(
      Node node, boolean deep, Set<Node> above, List<@Nullable Object> problems) {
    var result = new TreeMap<String, @Nullable Object>(LocaleOrder.ORDER);
    if (!above.add(node)) {
      return result;
    }
    for (Edge e : node.target().edgesOut()) {
      Node to = e.to();
      var entry = new LinkedHashMap<String, @Nullable Object>();
      if (to == null) {
        if (e.isOptional()) {
          continue;
        }
        problems.add("missing: " + e.name + "@" + e.spec() + ", required by " + node.id());
        entry.put("required", e.spec());
        entry.put("missing", true);
      } else {
        entry.put("version", to.version());
        if (to.resolved != null) {
          entry.put("resolved", to.resolved);
        }
        if (!e.isValid()) {
          entry.put(
              "invalid",
              "\""
                  + e.spec()
                  + "\" from "
                  + (node.isProjectRoot() ? "the root project" : node.location()));
          problems.add("invalid: " + to.id() + " " + to.path());
        }
        entry.put("overridden", false);
        if (deep) {
          var inner = dependencies(to, true, above, problems);
          if (!inner.isEmpty()) {
            entry.put("dependencies", inner);
          }
        }
      }
      result.put(e.name, entry);
    }
    above.remove(node);
    return result;
  }
}
