package dev.nodule.npm.tree;

import java.util.ArrayList;
import java.util.HashSet;

/**
 * Works out for what each node is there: every flag starts set and falls where an edge without it
 * leads.
 */
public final class DependencyFlags {
  private DependencyFlags() {}

  public static void calculate(Node root) {
    root.inventory().forEach(n -> n.setFlags(true));
    root.setFlags(false);
    var seen = new HashSet<Node>();
    var stack = new ArrayList<Node>();
    stack.add(root);
    while (!stack.isEmpty()) {
      Node node = stack.removeLast();
      seen.add(node);
      if (!node.extraneous) {
        for (Node n = node.resolveParent(); n != null && n.extraneous; n = n.resolveParent()) {
          n.extraneous = false;
        }
      }
      if (node.isLink()) {
        Node target = node.target();
        if (lower(target, node, false, false, false, true) || !seen.contains(target)) {
          stack.add(target);
        }
        continue;
      }
      for (var e : node.edgesOut()) {
        Node to = e.to();
        if (to != null
            && lower(
                to, node, e.isDev(), e.isOptional(), e.isPeer(), !(e.isPeer() && e.isOptional()))) {
          stack.add(to);
        }
      }
    }
    for (Node node : seen) {
      if (node != root && node.devOptional && (node.dev || node.optional)) {
        node.devOptional = false;
      }
    }
  }

  private static boolean lower(
      Node to, Node from, boolean dev, boolean optional, boolean peer, boolean needs) {
    boolean changed = false;
    if (to.extraneous && !from.extraneous && needs) {
      to.extraneous = false;
      changed = true;
    }
    if (to.dev && !from.dev && !dev) {
      to.dev = false;
      changed = true;
    }
    if (to.optional && !from.optional && !optional) {
      to.optional = false;
      changed = true;
    }
    boolean link = from.isLink();
    if (to.devOptional
        && !from.devOptional
        && (link || !from.dev && !from.optional && !dev && !optional)) {
      to.devOptional = false;
      changed = true;
    }
    if (to.peer && !from.peer && !peer) {
      to.peer = false;
      changed = true;
    }
    return changed;
  }

  /** Removes what nothing needs any more. */
  public static void pruneExtraneous(Node root) {
    for (Node node : java.util.List.copyOf(root.inventory())) {
      if (node.extraneous && node != root) {
        if (node.root() == root) {
          node.detach();
        }
      }
    }
  }
}
