package dev.nodule.npm.command;

import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code outdated}: what is installed, what the ranges would admit now, and what is newest. */
final class OutdatedCommand implements Command {
  private record Row(
      String name,
      @Nullable String current,
      String wanted,
      String latest,
      @Nullable Node node,
      String dependent,
      Edge edge) {
    String type() {
      return edge.isOptional()
          ? "optionalDependencies"
          : edge.isPeer() ? "peerDependencies" : edge.isDev() ? "devDependencies" : "dependencies";
    }

    String path() {
      return node == null ? "" : node.path().toString();
    }
  }

  @Override
  public int run(Invocation call) {
    var root = call.installed().root();
    var omit = ProjectInstall.omitted(call.config(), call.env());
    var rows = new ArrayList<Row>();
    try (var session = call.session()) {
      var edges = new ArrayList<Edge>();
      for (Node node : askers(call, root)) {
        node.edgesOut().stream()
            .filter(
                e ->
                    e.type != Edge.Type.WORKSPACE
                        && (call.words().isEmpty() || call.words().contains(e.name)))
            .filter(e -> !edges.contains(e))
            .forEach(edges::add);
      }
      edges.forEach(e -> session.source.prefetch(e.name, e.spec()));
      for (Edge e : edges) {
        Node to = e.to();
        boolean unmet = to == null && e.problem() == Edge.Problem.MISSING;
        if (unmet && e.type != Edge.Type.PROD
            || to != null && (to.isLink() || to.isOmitted(omit))) {
          continue;
        }
        try {
          var spec =
              PackageSpec.resolve(e.name, e.spec().isEmpty() ? "*" : e.spec(), call.project());
          if (!spec.isRegistry()) {
            continue;
          }
          var target = spec.target();
          String real = target != null && target.name() != null ? target.name() : e.name;
          String wanted = session.source.manifest(spec).version();
          String latest =
              session.source.manifest(PackageSpec.resolve(real, "*", call.project())).version();
          String current = to == null ? null : to.version();
          if (!wanted.equals(current) || !latest.equals(wanted)) {
            rows.add(
                new Row(
                    target == null ? e.name : e.name + e.spec().substring("npm".length()),
                    current,
                    wanted,
                    latest,
                    to,
                    e.from.isWorkspace()
                        ? e.from.id()
                        : e.from == root
                            ? String.valueOf(call.project().getFileName())
                            : e.from.name,
                    e));
          }
        } catch (NpmException x) {
          if (!x.code().matches("ETARGET|E403|E404|ENOVERSIONS")) {
            throw x;
          }
        }
      }
    }
    rows.sort(
        java.util.Comparator.comparing(Row::name, LocaleOrder.ORDER)
            .thenComparing(Row::dependent, LocaleOrder.ORDER));
    print(call, rows);
    return rows.isEmpty() ? 0 : 1;
  }

  /** Whose dependencies count: the project's and its workspaces', or for names everybody's. */
  private static List<Node> askers(Invocation call, Node root) {
    if (call.config().flag("all") || !call.words().isEmpty()) {
      return List.copyOf(root.inventory());
    }
    var result = new ArrayList<Node>(List.of(root));
    root.inventory().stream().filter(n -> n.isWorkspace() && !n.isLink()).forEach(result::add);
    return result;
  }

  private static void print(Invocation call, List<Row> rows) {
    boolean detailed = call.config().flag("long");
    if (call.isJson()) {
      var result = new LinkedHashMap<String, @Nullable Object>();
      for (Row r : rows) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        if (r.current != null) {
          entry.put("current", r.current);
        }
        entry.put("wanted", r.wanted);
        entry.put("latest", r.latest);
        entry.put("dependent", r.dependent);
        if (r.node != null) {
          entry.put("location", r.path());
        }
        if (detailed) {
          entry.put("type", r.type());
          entry.put("dependedByLocation", r.edge.from.location());
        }
        var before = result.get(r.name);
        if (before == null) {
          result.put(r.name, entry);
        } else {
          var list =
              new ArrayList<@Nullable Object>(before instanceof List<?> l ? l : List.of(before));
          list.add(entry);
          result.put(r.name, list);
        }
      }
      call.printJson(result);
    } else if (call.config().flag("parseable")) {
      for (Row r : rows) {
        call.out()
            .println(
                String.join(
                        ":",
                        r.path(),
                        r.name + "@" + r.wanted,
                        r.current == null ? "MISSING" : r.name + "@" + r.current,
                        r.name + "@" + r.latest,
                        r.dependent)
                    + (detailed ? ":" + r.type() + "::" + r.edge.from.location() : ""));
      }
    } else if (!rows.isEmpty()) {
      var table = new ArrayList<List<String>>();
      var titles = List.of("Package", "Current", "Wanted", "Latest", "Location", "Depended by");
      var more = List.of("Package Type", "Homepage", "Depended By Location");
      table.add(joined(titles, detailed ? more : List.of()));
      rows.forEach(
          r ->
              table.add(
                  joined(
                      List.of(
                          r.name,
                          r.current == null ? "MISSING" : r.current,
                          r.wanted,
                          r.latest,
                          r.node == null ? "-" : r.node.location(),
                          r.dependent),
                      detailed ? List.of(r.type(), "", r.edge.from.location()) : List.of())));
      printTable(call, table);
    }
  }

  private static List<String> joined(List<String> a, List<String> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  /** Columns in npm's way: the middle ones flush right. */
  private static void printTable(Invocation call, List<List<String>> table) {
    int columns = table.getFirst().size();
    int[] widths = new int[columns];
    table.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    for (var row : table) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ")
            .append(i > 0 && i < 4 ? padding + row.get(i) : row.get(i) + padding);
      }
      call.out().println(line.toString().stripTrailing());
    }
  }
}
