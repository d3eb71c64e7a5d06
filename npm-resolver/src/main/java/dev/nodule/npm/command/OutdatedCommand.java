package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code outdated}: what is installed, what the ranges would admit now, and what is newest. */
final class OutdatedCommand implements Command {
  private record Row(
      String name,
      @Nullable String current,
      String wanted,
      String latest,
      String location,
      String dependent) {}

  @Override
  public int run(Invocation call) {
    var root = call.installed().root();
    var rows = new ArrayList<Row>();
    try (var session = call.session()) {
      var edges = new ArrayList<Edge>();
      for (Node node : call.config().flag("all") ? List.copyOf(root.inventory()) : List.of(root)) {
        node.edgesOut().stream()
            .filter(
                e ->
                    e.type != Edge.Type.WORKSPACE
                        && (call.words().isEmpty() || call.words().contains(e.name)))
            .forEach(edges::add);
      }
      edges.forEach(e -> session.source.prefetch(e.name, e.spec()));
      for (Edge e : edges) {
        Node to = e.to();
        if (to == null && (e.isOptional() || e.type == Edge.Type.PEER_OPTIONAL)
            || to != null && to.isLink()) {
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
              session
                  .source
                  .manifest(PackageSpec.resolve(real, "latest", call.project()))
                  .version();
          String current = to == null ? null : to.version();
          if (!wanted.equals(current) || !latest.equals(current)) {
            rows.add(
                new Row(
                    e.name,
                    current,
                    wanted,
                    latest,
                    to == null ? "" : to.location(),
                    e.from == root ? String.valueOf(call.project().getFileName()) : e.from.id()));
          }
        } catch (NpmException x) {
          call.err().println("nodule warn outdated " + e.name + ": " + x.getMessage());
        }
      }
    }
    rows.sort(java.util.Comparator.comparing(Row::name));
    print(call, rows);
    return rows.isEmpty() ? 0 : 1;
  }

  private static void print(Invocation call, List<Row> rows) {
    if (call.isJson()) {
      var result = new TreeMap<String, @Nullable Object>();
      for (Row r : rows) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        if (r.current != null) {
          entry.put("current", r.current);
        }
        entry.put("wanted", r.wanted);
        entry.put("latest", r.latest);
        entry.put("dependent", r.dependent);
        if (!r.location.isEmpty()) {
          entry.put("location", call.project().resolve(r.location).toString());
        }
        result.put(r.name, entry);
      }
      call.printJson(result);
    } else if (!rows.isEmpty()) {
      var table = new ArrayList<List<String>>();
      table.add(List.of("Package", "Current", "Wanted", "Latest", "Location", "Depended by"));
      rows.forEach(
          r ->
              table.add(
                  List.of(
                      r.name,
                      r.current == null ? "MISSING" : r.current,
                      r.wanted,
                      r.latest,
                      r.location.isEmpty() ? "-" : r.location,
                      r.dependent)));
      printTable(call, table);
    }
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
