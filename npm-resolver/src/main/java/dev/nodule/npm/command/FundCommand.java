package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code fund}: where the installed packages ask for money. A tree of those that do, each where it
 * is met first; what others bring hangs on what brings it.
 */
final class FundCommand implements Command {
  /** One line: an address with the packages that name it. */
  private static final class Line {
    String label;
    final List<Line> children = new ArrayList<>();

    Line(String label) {
      this.label = label;
    }
  }

  private final Set<String> seen = new HashSet<>();
  private int count;

  @Override
  public int run(Invocation call) {
    Node root = call.installed().root();
    if (!call.words().isEmpty()) {
      one(call, root, call.words().getFirst());
      return 0;
    }
    var dependencies = dependencies(root);
    dependencies.putAll(trailing(dependencies));
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.put("length", count);
    all.put("name", root.packageName().isEmpty() ? root.name : root.packageName());
    if (!root.version().isEmpty()) {
      all.put("version", root.version());
    }
    Object own = root.manifest.get("funding");
    if (own != null) {
      all.put("funding", normalized(own));
    }
    all.put("dependencies", dependencies);
    if (call.isJson()) {
      call.printJson(all);
      return 0;
    }
    var lines = new LinkedHashMap<String, Line>();
    Line top = line(all, lines);
    var out = new StringBuilder();
    if (top != null) {
      print(top, "", call.config().flag("unicode", true), out);
    }
    call.out().println(out);
    return 0;
  }

  private static final String TRAILING = "\0";

  private static Map<String, @Nullable Object> trailing(Map<String, @Nullable Object> from) {
    return Json.object(from.remove(TRAILING));
  }

  private Map<String, @Nullable Object> dependencies(Node node) {
    var found = new ArrayList<Map.Entry<Node, Map<String, @Nullable Object>>>();
    for (Edge e : node.edgesOut()) {
      if (e.to() == null) {
        continue;
      }
      Node to = e.to().target();
      if (!seen.add(to.packageName() + to.version())) {
        continue;
      }
      var item = new LinkedHashMap<String, @Nullable Object>();
      if (!to.version().isEmpty()) {
        item.put("version", to.version());
      }
      if (isValid(to.manifest.get("funding"))) {
        item.put("funding", normalized(to.manifest.get("funding")));
        count++;
      }
      found.add(Map.entry(to, item));
    }
    var result = new LinkedHashMap<String, @Nullable Object>();
    for (var f : found) {
      var below = dependencies(f.getKey());
      below.putAll(trailing(below));
      if (!below.isEmpty()) {
        f.getValue().put("dependencies", below);
      }
      if (f.getValue().containsKey("funding")) {
        result.put(f.getKey().packageName(), f.getValue());
      } else if (!below.isEmpty()) {
        var others = new LinkedHashMap<>(Json.object(result.get(TRAILING)));
        others.putAll(below);
        result.put(TRAILING, others);
      }
    }
    return result;
  }

  private static @Nullable Object normalized(@Nullable Object funding) {
    return switch (funding) {
      case String s -> new LinkedHashMap<>(Map.of("url", s));
      case List<?> list -> list.stream().map(FundCommand::normalized).toList();
      case null, default -> funding;
    };
  }

  private static boolean isValid(@Nullable Object funding) {
    if (funding instanceof List<?> list) {
      return list.stream().allMatch(f -> !(f instanceof List<?>) && isValid(f));
    }
    String url = funding instanceof String s ? s : Json.string(Json.object(funding).get("url"));
    try {
      var uri = new URI(url);
      return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static @Nullable Line line(Map<String, @Nullable Object> item, Map<String, Line> byUrl) {
    String name = Json.string(item.get("name"));
    String version = Json.string(item.get("version"));
    String id = name + (version.isEmpty() ? "" : "@" + version);
    Object funding = item.get("funding");
    Object first = funding instanceof List<?> l && !l.isEmpty() ? l.getFirst() : funding;
    String url = isValid(first) ? Json.string(Json.object(normalized(first)).get("url")) : "";
    Line line = null;
    if (url.isEmpty()) {
      line = new Line(id);
    } else if (byUrl.containsKey(url)) {
      byUrl.get(url).label += ", " + id;
    } else {
      line = new Line(url + "\n└── " + id);
      byUrl.put(url, line);
    }
    for (var e : Json.object(item.get("dependencies")).entrySet()) {
      var child = new LinkedHashMap<String, @Nullable Object>();
      child.put("name", e.getKey());
      child.putAll(Json.object(e.getValue()));
      Line below = line(child, byUrl);
      if (below != null && line != null) {
        line.children.add(below);
      }
    }
    return line;
  }

  private static void print(Line line, String prefix, boolean unicode, StringBuilder out) {
    String bar = unicode ? "│" : "|";
    String between = "\n" + prefix + (line.children.isEmpty() ? " " : bar) + " ";
    String label = unicode ? line.label : line.label.replace("└──", "`--");
    out.append(label.replace("\n", between)).append('\n');
    for (int i = 0; i < line.children.size(); i++) {
      Line child = line.children.get(i);
      boolean last = i == line.children.size() - 1;
      out.append(prefix)
          .append(last ? (unicode ? "└" : "`") : (unicode ? "├" : "+"))
          .append(unicode ? "─" : "-")
          .append(child.children.isEmpty() ? (unicode ? "─" : "-") : (unicode ? "┬" : "-"))
          .append(' ');
      print(child, prefix + (last ? " " : bar) + " ", unicode, out);
    }
  }

  /** {@code fund NAME}: its addresses; no browser is started. */
  private static void one(Invocation call, Node root, String name) {
    Node node =
        root.inventory().stream()
            .filter(n -> name.equals(n.packageName()) || name.equals(n.name))
            .max((a, b) -> Semver.compare(a.version(), b.version()))
            .orElse(null);
    Object funding = node == null ? null : normalized(node.manifest.get("funding"));
    var sources = funding instanceof List<?> l ? l : funding == null ? List.of() : List.of(funding);
    sources = sources.stream().filter(FundCommand::isValid).toList();
    if (sources.isEmpty()) {
      throw new NpmException("ENOFUND", "No valid funding method available for: " + name);
    }
    int which = call.config().number("which", 0);
    int n = 0;
    for (Object source : sources) {
      var s = Json.object(source);
      n++;
      if (which > 0 && which != n) {
        continue;
      }
      String type = Json.string(s.get("type"));
      String text =
          (type.isEmpty() ? "Funding" : type + " funding") + " available at the following URL";
      call.out()
          .println(
              sources.size() == 1 || which == n
                  ? text + ":\n\n" + s.get("url")
                  : n + ": " + text + ": " + s.get("url"));
    }
  }
}
