package dev.nodule.npm.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Groups of nodes that belong together: what only they need, peers, optional groups. */
final class DependencySets {
  private DependencySets() {}

  /** The nodes and their dependencies, without those that something outside the set needs too. */
  static Set<Node> exclusive(Collection<Node> start, Predicate<Edge> filter) {
    var set =
        closure(
            start,
            node -> {
              var next = new ArrayList<Node>();
              for (var e : node.edgesOut.values()) {
                if (e.to != null && filter.test(e)) {
                  next.add(e.to);
                }
              }
              return next;
            });
    boolean changed = true;
    while (changed && !set.isEmpty()) {
      changed =
          set.removeIf(
              node -> node.edgesIn.stream().anyMatch(e -> !set.contains(e.from) && filter.test(e)));
    }
    return set;
  }

  private static Set<Node> closure(
      Collection<Node> start, java.util.function.Function<Node, List<Node>> next) {
    var set = new LinkedHashSet<Node>(start);
    var queue = new ArrayDeque<Node>(set);
    for (Node node; (node = queue.poll()) != null; ) {
      for (Node n : next.apply(node)) {
        if (set.add(n)) {
          queue.add(n);
        }
      }
    }
    return set;
  }

  private static List<Node> peersOf(Node node) {
    var result = new ArrayList<Node>();
    for (var e : node.edgesOut.values()) {
      if (e.isPeer() && e.to != null && e.isValid()) {
        result.add(e.to);
      }
    }
    return result;
  }

  /** For each edge that leads into the node's peer set from outside: the peers it brings along. */
  static Map<Edge, Set<Node>> peerEntries(Node node) {
    var union =
        closure(
            List.of(node),
            n -> {
              var next = new ArrayList<>(peersOf(n));
              for (var e : n.edgesIn) {
                if (e.isPeer() && e.isValid()) {
                  next.add(e.from);
                }
              }
              return next;
            });
    var entries = new LinkedHashMap<Edge, Set<Node>>();
    for (Node peer : union) {
      for (var e : peer.edgesIn) {
        if (e.isValid() && (!e.isPeer() || e.from.isTop())) {
          var brought = closure(List.of(peer), DependencySets::peersOf);
          if (brought.contains(node)) {
            entries.put(e, brought);
          }
        }
      }
    }
    return entries;
  }

  /** The node and all that must go with it when it cannot be installed. */
  static Set<Node> optionalGroup(Node node) {
    var needing =
        closure(
            List.of(node),
            n -> n.edgesIn.stream().filter(e -> !e.isOptional()).map(e -> e.from).toList());
    return exclusive(needing, e -> !needing.contains(e.to) && !e.from.inert);
  }

  /** The deepest place below which a dependency may lie: above every node that has it as a peer. */
  static Node deepestTarget(Node start, String name) {
    @Nullable Node at = start;
    while (at != null) {
      Node up = at.resolveParent();
      if (at.isProjectRoot() || up == null) {
        return at;
      }
      var e = at.edge(name);
      if (e == null || !e.isPeer()) {
        return at;
      }
      at = up;
    }
    return start;
  }
}
