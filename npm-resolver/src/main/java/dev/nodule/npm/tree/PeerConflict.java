package dev.nodule.npm.tree;

import dev.nodule.npm.NpmException;
import org.jspecify.annotations.Nullable;

/** Explains, in npm's manner, which peers cannot lie in one tree. */
final class PeerConflict {
  private PeerConflict() {}

  static NpmException of(Edge edge, Node dep, @Nullable PlacementCheck check) {
    var text = new StringBuilder("unable to resolve dependency tree\n");
    Node from = edge.from.sourceReference != null ? edge.from.sourceReference : edge.from;
    text.append("\nWhile resolving: ").append(from.id());
    Node current = edge.from.resolve(edge.name);
    if (current != null) {
      describe(text, "\nFound: ", current);
    }
    text.append("\n\nCould not resolve dependency:\n").append(edge.describe());
    if (current == null || !current.id().equals(dep.id())) {
      describe(text, "\nConflicting: ", dep);
    }
    if (check != null) {
      for (var c : check.children) {
        if (c.answer == PlacementCheck.Answer.CONFLICT && c.current != null) {
          describe(text, "\n\nConflicting peer dependency: ", c.dep);
          describe(text, "\nwith: ", c.current);
          break;
        }
      }
    }
    text.append(
            "\n\nFix the upstream dependency conflict, or retry this command with --force or --legacy-peer-deps\n")
        .append("to accept an incorrect (and potentially broken) dependency resolution.");
    return new NpmException("ERESOLVE", text.toString());
  }

  private static void describe(StringBuilder text, String title, Node node) {
    text.append(title).append(node.id());
    node.edgesIn.stream().limit(4).forEach(e -> text.append("\n  ").append(e.describe()));
  }

  static String warning(Edge edge) {
    return "ERESOLVE overriding peer dependency: " + edge.describe();
  }
}
