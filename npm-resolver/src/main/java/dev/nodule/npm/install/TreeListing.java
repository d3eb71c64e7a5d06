package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code nodule ls}: the installed packages as a tree. It is walked level by level, so that a
 * package shows its dependencies where it is nearest to the project, and is deduped elsewhere.
 */
public final class TreeListing {
  /**
   * What to list.
   *
   * @param depth how many levels below the project's own dependencies
   * @param names only these packages, as {@code name} or {@code name@range}, and what leads to them
   * @param omit kinds of the project's own dependencies that are left out
   */
  public record Options(
      int depth,
      List<String> names,
      Set<String> omit,
      boolean linksOnly,
      boolean detailed,
      boolean unicode) {}

  /** One line of the listing. */
  private static final class Item {
    final String id;
    final @Nullable Node node;
    final @Nullable Edge edge;
    final @Nullable Item parent;
    final int depth;
    final boolean deduped;
    final boolean named;
    boolean included;
    @Nullable String invalid;
    final List<String> problems = new ArrayList<>();
    final List<Item> children = new ArrayList<>();

    Item(
        String id,
        @Nullable Node node,
        @Nullable Edge edge,
        @Nullable Item parent,
        boolean deduped,
        boolean named) {
      this.id = id;
      this.node = node;
      this.edge = edge;
      this.parent = parent;
      this.depth = parent == null ? 0 : parent.depth + 1;
      this.deduped = deduped;
      this.named = named;
    }

    boolean isMissing() {
      return node == null;
    }

    boolean isUnmetOption() {
      return node == null && edge != null && edge.isOptional();
    }
  }

  private final Node root;
  private final boolean global;
  private final Options options;
  private final List<Predicate<Node>> wanted = new ArrayList<>();
  private final Map<Node, Item> first = new IdentityHashMap<>();
  private final Map<Node, String> invalid = new IdentityHashMap<>();
  private final List<Item> order = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Item top;

  public TreeListing(InstalledTree tree, boolean global, Options options) {
    this.root = tree.root();
    this.global = global;
    this.options = options;
    options.names.forEach(name -> wanted.add(matcher(name)));
    top = new Item(root.id(), root, null, null, false, wanted.isEmpty());
    first.put(root, top);
    var queue = new ArrayDeque<Item>();
    queue.add(top);
    for (Item item; (item = queue.poll()) != null; ) {
      visit(item);
      queue.addAll(item.children);
    }
  }

  private Predicate<Node> matcher(String text) {
    var spec = PackageSpec.parse(text, root.path());
    return node ->
        node.name.equals(spec.name())
            && (spec.fetch().equals("*")
                || !spec.isRegistry()
                || Semver.satisfies(node.version(), spec.registrySpec().fetch()));
  }

  private void visit(Item item) {
    order.add(item);
    Node node = item.node;
    if (node != null && !item.deduped) {
      item.invalid = invalid.get(node);
    }
    if (node == null && !item.isUnmetOption()) {
      item.problems.add(
          "missing: "
              + item.id
              + ", required by "
              + (item.edge == null ? "" : item.edge.from.id()));
    }
    if (node != null && item.invalid != null) {
      item.problems.add("invalid: " + item.id + " " + node.path());
    }
    if (node != null && isExtraneous(item)) {
      item.problems.add("extraneous: " + item.id + " " + node.path());
    }
    item.included |= item.named;
    if (item.included) {
      problems.addAll(item.problems);
      for (Item above = item.parent; above != null; above = above.parent) {
        above.included = true;
      }
    }
    if (node != null && !item.deduped) {
      addChildren(item, node);
    }
  }

  private boolean isExtraneous(Item item) {
    return item.node != null
        && item.node != root
        && item.node.extraneous
        && !item.deduped
        && !global;
  }

  private void addChildren(Item item, Node node) {
    int depth = node.isWorkspace() ? 0 : item.depth;
    if (depth > options.depth) {
      return;
    }
    var found = new ArrayList<Map.Entry<@Nullable Node, @Nullable Edge>>();
    var seen = new LinkedHashSet<Node>();
    for (Edge e : node.target().edgesOut()) {
      Node to = e.to();
      if (depth == 0 && isLeftOut(e)) {
        continue;
      }
      if (to == null) {
        if (e.type != Edge.Type.PEER_OPTIONAL || e.problem() == Edge.Problem.MISSING) {
          found.add(new java.util.AbstractMap.SimpleEntry<>(null, e));
        }
        continue;
      }
      seen.add(to);
      if (!e.isValid()) {
        String from = e.from.isProjectRoot() ? "the root project" : e.from.location();
        invalid.merge(to, Json.write(e.spec(), "") + " from " + from, (a, b) -> a + ", " + b);
      }
      found.add(new java.util.AbstractMap.SimpleEntry<>(to, e));
    }
    for (Node child : node.children()) {
      if (child.extraneous && !seen.contains(child)) {
        found.add(new java.util.AbstractMap.SimpleEntry<>(child, null));
      }
    }
    found.sort(Comparator.comparing(c -> id(c.getKey(), c.getValue()), LocaleOrder.ORDER));
    for (var c : found) {
      Node to = c.getKey();
      boolean again = to != null && first.containsKey(to);
      boolean named = wanted.isEmpty() || to != null && wanted.stream().anyMatch(w -> w.test(to));
      var child = new Item(id(to, c.getValue()), to, c.getValue(), item, again, named);
      if (again && to != null) {
        child.invalid = invalid.get(to);
      } else if (to != null) {
        first.put(to, child);
      }
      item.children.add(child);
    }
  }

  private static String id(@Nullable Node to, @Nullable Edge edge) {
    return to != null ? to.id() : edge == null ? "" : edge.name + "@" + edge.spec();
  }

  private boolean isLeftOut(Edge e) {
    Node to = e.to();
    return options.omit.contains("dev") && e.isDev()
        || options.omit.contains("optional") && e.isOptional()
        || options.omit.contains("peer") && e.isPeer()
        || options.linksOnly && (to == null || !to.isLink());
  }

  /** What is not as it should be; packages that nothing needs are named, but no failure. */
  public Set<String> problems() {
    return problems;
  }

  public boolean hasFailed() {
    return problems.stream().anyMatch(p -> !p.startsWith("extraneous:"));
  }

  public boolean foundAny() {
    return top.included;
  }

  public String text() {
    var out = new StringBuilder();
    print(top, "", out);
    return out.toString();
  }

  private void print(Item item, String prefix, StringBuilder out) {
    var shown = item.children.stream().filter(c -> c.included).toList();
    boolean empty = item == top && shown.isEmpty();
    String between = "\n" + prefix + (empty || !shown.isEmpty() ? mark('│') : " ") + " ";
    out.append(label(item).replace("\n", between)).append('\n');
    if (empty) {
      out.append(mark('└')).append(mark('─')).append(mark('─')).append(" (empty)\n");
    }
    for (int i = 0; i < shown.size(); i++) {
      Item child = shown.get(i);
      boolean last = i == shown.size() - 1;
      boolean more = child.children.stream().anyMatch(c -> c.included);
      out.append(prefix)
          .append(mark(last ? '└' : '├'))
          .append(mark('─'))
          .append(mark(more ? '┬' : '─'))
          .append(' ');
      print(child, prefix + (last ? " " : mark('│')) + " ", out);
    }
  }

  private String mark(char c) {
    return options.unicode
        ? String.valueOf(c)
        : switch (c) {
          case '│' -> "|";
          case '└' -> "`";
          case '├' -> "+";
          default -> "-";
        };
  }

  private String label(Item item) {
    Node node = item.node;
    var label = new StringBuilder();
    if (node == null) {
      label.append(item.isUnmetOption() ? "UNMET OPTIONAL DEPENDENCY " : "UNMET DEPENDENCY ");
    }
    if (item == top) {
      boolean bare = root.manifest.content.isEmpty() || global;
      label.append(bare ? "" : item.id + (options.detailed ? "\n" : " ")).append(root.path());
    } else {
      label.append(item.id);
    }
    label.append(item.deduped ? " deduped" : "");
    label.append(item.invalid == null ? "" : " invalid: " + item.invalid);
    label.append(isExtraneous(item) ? " extraneous" : "");
    if (node != null && item != top) {
      label.append(!item.deduped && isOverridden(node) ? " overridden" : "");
      label.append(
          !item.deduped && node.resolved != null && node.resolved.startsWith("git")
              ? " (" + node.resolved + ")"
              : "");
      label.append(node.isLink() ? " -> ./" + root.path().relativize(node.realpath()) : "");
    }
    return label
        .append(options.detailed && node != null ? "\n" + description(node) : "")
        .toString();
  }

  private static String description(Node node) {
    try {
      return Json.string(Manifest.read(node.realpath()).get("description"));
    } catch (NpmException e) {
      return "";
    }
  }

  private static boolean isOverridden(Node node) {
    return node.edgesIn().stream()
        .anyMatch(e -> !e.spec().equals(e.rawSpec) && e.spec().equals(node.version()));
  }

  public String json() {
    var items = new IdentityHashMap<Item, Map<String, @Nullable Object>>();
    for (Item item : order) {
      items.put(item, entry(item));
    }
    for (Item item : order) {
      var parent = item.parent == null ? null : items.get(item.parent);
      var own = items.get(item);
      if (item.included && parent != null && own != null) {
        var list =
            new LinkedHashMap<String, @Nullable Object>(Json.object(parent.remove("dependencies")));
        list.put(item.node != null ? item.node.name : item.edge == null ? "" : item.edge.name, own);
        parent.put("dependencies", list);
      }
    }
    return Json.write(items.get(top), "  ");
  }

  private Map<String, @Nullable Object> entry(Item item) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    Node node = item.node;
    if (node != null && !node.version().isEmpty()) {
      entry.put("version", node.version());
    }
    if (node != null && item != top && !item.deduped) {
      if (node.resolved != null) {
        entry.put("resolved", node.resolved);
      }
      entry.put("overridden", isOverridden(node));
    }
    if (item == top && !root.manifest.content.isEmpty()) {
      entry.put("name", root.packageName().isEmpty() ? root.name : root.packageName());
    }
    if (options.detailed && node != null) {
      detail(entry, node);
    }
    if (isExtraneous(item)) {
      entry.put("extraneous", true);
    }
    if (item.invalid != null) {
      entry.put("invalid", item.invalid);
    }
    if (item.isMissing() && !item.isUnmetOption() && item.edge != null) {
      entry.put("required", item.edge.spec());
      entry.put("missing", true);
    }
    var own = item == top ? problems : item.problems;
    if (item.included && !own.isEmpty()) {
      entry.put("problems", List.copyOf(own));
    }
    return entry;
  }

  private static void detail(Map<String, @Nullable Object> entry, Node node) {
    Path file = node.realpath().resolve("package.json");
    Map<String, @Nullable Object> content;
    try {
      content = Manifest.readContent(file);
    } catch (NpmException e) {
      content = node.manifest.content;
    }
    entry.put("name", node.name);
    content.forEach(
        (k, v) -> {
          if (!k.equals("dependencies")) {
            entry.put(k, v);
          }
        });
    entry.put("extraneous", false);
    entry.put("path", node.path().toString());
    var dependencies =
        new LinkedHashMap<String, @Nullable Object>(Json.object(content.get("dependencies")));
    dependencies.putAll(Json.object(content.get("optionalDependencies")));
    entry.put("_dependencies", dependencies);
    entry.put("devDependencies", Json.object(content.get("devDependencies")));
    entry.put("peerDependencies", Json.object(content.get("peerDependencies")));
  }

  /** One path a line. */
  public String paths() {
    var out = new StringBuilder();
    for (Item item : order) {
      Node node = item.node;
      if (node == null || item.deduped || !item.included) {
        continue;
      }
      out.append(node.path());
      if (options.detailed) {
        out.append(':').append(item.id);
        out.append(node.isLink() ? ":" + node.realpath() : "");
        out.append(isExtraneous(item) ? ":EXTRANEOUS" : "");
        out.append(item.invalid != null ? ":INVALID" : "");
        out.append(isOverridden(node) ? ":OVERRIDDEN" : "");
      }
      out.append('\n');
    }
    return out.toString();
  }
}
