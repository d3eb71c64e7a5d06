package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The text of a tree's lock files. An install writes two that differ little: what both have is put
 * into order once.
 */
public final class LockText {
  private static final List<String> FIRST_KEYS =
      List.of(
          "name",
          "version",
          "lockfileVersion",
          "resolved",
          "integrity",
          "requires",
          "packages",
          "dependencies");

  private final Node root;
  private final boolean omitResolved;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, String> entries = new HashMap<>();
  private @Nullable String entryIndent;

  public LockText(Node root, boolean omitResolved) {
    this.root = root;
    this.omitResolved = omitResolved;
    nodes.addAll(root.inventory());
    nodes.sort(
        (a, b) -> {
          int first = Integer.compare(rank(a), rank(b));
          return first != 0 ? first : LocaleOrder.compare(a.location(), b.location());
        });
  }

  private static int rank(Node node) {
    return FIRST_KEYS.indexOf(node.location()) & Integer.MAX_VALUE;
  }

  /**
   * The file that node_modules keeps of what is in it: without the project and what is not there.
   */
  public String hidden(Predicate<Node> installed) {
    return write("  ", 3, node -> node != root && !node.inert && installed.test(node));
  }

  /**
   * Makes what both files will have: it can be done while what they tell of is still on its way.
   */
  public void prepare() {
    if (entryIndent == null) {
      entryIndent = "  ";
    }
    String indent = entryIndent;
    nodes.forEach(node -> entries.computeIfAbsent(node, n -> entry(n, indent)));
  }

  /** The lock file in a form of npm's: 1, 2 or 3. */
  public String visible(int version, String indent) {
    return write(
        indent,
        version,
        node -> node == root || !node.inert || !node.version().isEmpty() || node.isLink());
  }

  private String write(String indent, int version, Predicate<Node> kept) {
    var head = new LinkedHashMap<String, @Nullable Object>();
    head.put("name", root.packageName().isEmpty() ? root.name : root.packageName());
    if (!root.version().isEmpty()) {
      head.put("version", root.version());
    }
    head.put("lockfileVersion", version);
    head.put("requires", true);
    if (!indent.equals(entryIndent)) {
      entries.clear();
      entryIndent = indent;
    }
    String line = indent.isEmpty() ? "" : "\n";
    var text = new StringBuilder(Json.write(head, indent));
    text.setLength(text.length() - 1 - line.length()); // to be gone on with
    if (version > 1) {
      text.append(",").append(line).append(indent).append("\"packages\":");
      text.append(indent.isEmpty() ? "{" : " {");
      String separator = "";
      for (Node node : nodes) {
        if (kept.test(node)) {
          separator = append(node, separator, text);
        }
      }
      text.append(separator.isEmpty() ? "" : line + indent).append("}");
    }
    var dependencies = version < 3 ? LegacyLock.dependencies(root, omitResolved) : null;
    if (dependencies != null) {
      text.append(",").append(line).append(indent).append("\"dependencies\":");
      text.append(indent.isEmpty() ? "" : " ");
      Json.append(Json.sorted(dependencies, FIRST_KEYS), indent, 1, text);
    }
    return text.append(line).append("}\n").toString();
  }

  private String append(Node node, String separator, StringBuilder text) {
    String indent = String.valueOf(entryIndent);
    text.append(separator).append(indent.isEmpty() ? "" : "\n").append(indent).append(indent);
    text.append(entries.computeIfAbsent(node, n -> entry(n, indent)));
    return ",";
  }

  private String entry(Node node, String indent) {
    var text = new StringBuilder();
    Json.append(node.location(), "", 0, text);
    text.append(indent.isEmpty() ? ":" : ": ");
    var entry = LockFile.entry(node, omitResolved);
    Json.append(Json.sorted(entry, FIRST_KEYS), indent, 2, text);
    return text.toString();
  }
}
