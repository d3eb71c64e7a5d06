package dev.nodule.npm.command;

import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code audit fix}: updates what has advisories, within the ranges that ask for it. Where these
 * admit no better version, the package that asks is updated too, up to the project, whose own
 * ranges stay.
 */
final class AuditFix {
  private final Invocation call;

  AuditFix(Invocation call) {
    this.call = call;
  }

  /** Makes the changes; the result is what the project's own ranges keep from being better. */
  List<AuditCommand.Finding> run(List<AuditCommand.Finding> findings) {
    var names = new TreeSet<String>();
    var left = new LinkedHashSet<AuditCommand.Finding>();
    try (var session = call.session()) {
      var queue = new ArrayDeque<Node>();
      var seen = new HashSet<Node>();
      findings.forEach(f -> queue.addAll(f.nodes()));
      while (!queue.isEmpty()) {
        Node node = queue.removeFirst();
        if (!seen.add(node)) {
          continue;
        }
        names.add(node.name);
        var own = findings.stream().filter(f -> f.nodes().contains(node)).findFirst().orElse(null);
        for (Edge e : node.edgesIn()) {
          if (own == null || admitsBetter(session, node, e, own)) {
            continue;
          }
          if (e.from.isTop()) {
            left.add(own);
          } else {
            queue.add(e.from);
          }
        }
      }
    }
    long start = System.nanoTime();
    var result = call.install().run(ProjectInstall.Action.UPDATE, List.copyOf(names));
    if (!call.isJson()) {
      InstallCommand.report(call, result, System.nanoTime() - start);
      call.out().println();
    }
    return List.copyOf(left);
  }

  private static boolean admitsBetter(
      Session session, Node node, Edge edge, AuditCommand.Finding finding) {
    return session.registry.packument(AuditCommand.registryName(node)).join().versions().stream()
        .anyMatch(v -> Semver.satisfies(v, edge.spec()) && !finding.concerns(v));
  }
}
