package dev.nodule.npm.tree;

import dev.nodule.json.LocaleOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts one dependency, then the peers it brings, as high in the tree as the checks allow. */
final class Placement {
  private static final Comparator<Node> BY_LOCATION =
      (a, b) -> LocaleOrder.compare(a.location(), b.location());

  final Node dep;
  final Edge edge;
  final List<Placement> children = new ArrayList<>();
  final Set<Node> needEvaluation = new LinkedHashSet<>();
  @Nullable Node placed;
  @Nullable PlacementCheck check;

  private final @Nullable Placement parent;
  private final boolean explicitRequest;
  private final ResolveOptions options;
  private @Nullable PlacementCheck checkAlone;

  Placement(
      Node dep,
      Edge edge,
      @Nullable Placement parent,
      boolean explicitRequest,
      ResolveOptions options) {
    this.dep = dep;
    this.edge = edge;
    this.parent = parent;
    this.explicitRequest = explicitRequest;
    this.options = options;
    if (edge.to != null
        && edge.isValid()
        && !explicitRequest
        && !options.updateNames().contains(edge.name)) {
      return;
    }
    walkUp();
    if (check == null) {
      if (!options.force() && (isMine() || options.strictPeerDeps())) {
        throw PeerConflict.of(top().edge, top().dep, checkAlone);
      }
      if (checkAlone == null) {
        edge.peerConflicted = true;
        options.warnings().add(PeerConflict.warning(edge));
        return;
      }
      check = checkAlone;
    }
    place(check);
  }

  private void walkUp() {
    for (Node target = start(); target != null; target = target.resolveParent()) {
      var targetEdge = target.edge(edge.name);
      if (!target.isTop() && targetEdge != null && targetEdge.isPeer()) {
        continue;
      }
      var c =
          new PlacementCheck(
              dep,
              edge,
              target,
              parent == null ? null : parent.check,
              List.of(),
              options.preferDedupe(),
              explicitRequest);
      if (c.answerAlone != PlacementCheck.Answer.CONFLICT) {
        checkAlone = c;
      }
      if (c.answer == PlacementCheck.Answer.CONFLICT) {
        break;
      }
      check = c;
      if (dep.error != null || options.installStrategy().equals("nested")) {
        break;
      }
      Node up = target.resolveParent();
      if (options.installStrategy().equals("shallow") && up != null && up.isProjectRoot()) {
        break;
      }
    }
  }

  private Node start() {
    return DependencySets.deepestTarget(parent == null ? edge.from : parent.start(), edge.name);
  }

  private Placement top() {
    return parent == null ? this : parent.top();
  }

  private void place(PlacementCheck chosen) {
    Node target = chosen.target;
    var kind = chosen.answer == PlacementCheck.Answer.CONFLICT ? chosen.answerAlone : chosen.answer;
    if (kind == PlacementCheck.Answer.KEEP) {
      if (edge.isPeer() && !edge.isValid()) {
        warn(edge);
      }
      dedupe(target, true);
      return;
    }
    for (Node p = target; p != null; p = p.resolveParent()) {
      if (!p.isTop() && p.matches(dep)) {
        // A package that depends on itself links to its own folder.
        placed = Node.link(dep.name, p, target);
        return;
      }
    }
    Node virtualRoot = dep.parent;
    Node node = Node.copyOf(dep);
    placed = node;
    Node old = target.child(edge.name);
    if (old == null) {
      node.setParent(target);
    } else {
      replace(node, old);
    }
    if (edge.isPeer() && !edge.satisfiedBy(node)) {
      warn(edge);
    }
    if (edge.isValid() && edge.to != null && edge.to != node) {
      dedupe(edge.to, false);
    }
    for (Node same : List.copyOf(target.root.named(edge.name))) {
      if (same.root == target.root && same.isDescendantOf(target) && !same.isTop()) {
        dedupe(same, false);
        if (same.root == target.root) {
          for (Node kid : List.copyOf(same.children.values())) {
            dedupe(kid, false);
          }
        }
      }
    }
    for (var peerEdge : List.copyOf(node.edgesOut.values())) {
      if (peerEdge.isValid()
          || !peerEdge.isPeer()
          || peerEdge.peerConflicted
          || virtualRoot == null) {
        continue;
      }
      Node peer = virtualRoot.child(peerEdge.name);
      if (peer != null && peerEdge.satisfiedBy(peer)) {
        children.add(new Placement(peer, peerEdge, this, explicitRequest, options));
      }
    }
  }

  private void replace(Node node, Node old) {
    Node target = old.parent;
    var abandoned = new ArrayList<Node>();
    for (var e : old.edgesOut.values()) {
      if (e.to != null && node.edge(e.name) == null) {
        Node to = e.to;
        abandoned.addAll(DependencySets.exclusive(List.of(to), x -> x.to != to));
      }
    }
    var lostPeers = new ArrayList<Node>();
    for (var e : List.copyOf(old.edgesIn)) {
      if (!e.isPeer() || e.satisfiedBy(node) || e.from.parent != target || e.peerConflicted) {
        continue;
      }
      for (var entry : DependencySets.peerEntries(e.from).keySet()) {
        Node entryNode = entry.to;
        if (entryNode == null) {
          continue;
        }
        if (entryNode != target && !entry.from.isProjectRoot() && !entry.from.isWorkspace()) {
          lostPeers.addAll(
              DependencySets.exclusive(
                  List.of(entryNode), x -> x.to != entryNode && !x.peerConflicted));
        } else {
          warn(e);
        }
      }
    }
    node.replace(old);
    prune(node, abandoned);
    for (Node lost : lostPeers) {
      for (var e : lost.edgesIn) {
        needEvaluation.add(e.from);
      }
      lost.detach();
    }
  }

  /** Removes what only the replaced node needed, and what no longer fits the new one. */
  private static void prune(Node node, List<Node> abandoned) {
    var invalid = new LinkedHashSet<Node>();
    for (var e : node.edgesOut.values()) {
      if (e.to != null && !e.isValid()) {
        invalid.add(e.to);
      }
    }
    for (Node dep : abandoned) {
      invalid.addAll(DependencySets.exclusive(List.of(dep), e -> e.to != dep && e.isValid()));
    }
    for (Node dep :
        DependencySets.exclusive(invalid, e -> e.from != node && e.to != node && e.isValid())) {
      dep.detach();
    }
  }

  private void dedupe(Node node, boolean descend) {
    if (node.canDedupe(options.preferDedupe(), explicitRequest)) {
      for (Node dep : DependencySets.exclusive(List.of(node), e -> e.to != node && e.isValid())) {
        dep.detach();
      }
      return;
    }
    if (!descend) {
      return;
    }
    for (Node child : node.children.values().stream().sorted(BY_LOCATION).toList()) {
      dedupe(child, true);
    }
    for (Node top : node.fsChildren.stream().sorted(BY_LOCATION).toList()) {
      for (Node child : top.children.values().stream().sorted(BY_LOCATION).toList()) {
        dedupe(child, true);
      }
    }
  }

  /**
   * Whether the project itself asks for this, so that a peer conflict is an error and not a
   * warning.
   */
  private boolean isMine() {
    Edge e = top().edge;
    Node node = e.from;
    if (node.isProjectRoot() || node.isWorkspace()) {
      return true;
    }
    if (!e.isPeer()) {
      return false;
    }
    boolean peers = false;
    for (var in : node.edgesIn) {
      if (in.isPeer()) {
        peers = true;
      } else if (in.from.isProjectRoot() || in.from.isWorkspace()) {
        return true;
      }
    }
    return peers
        && DependencySets.peerEntries(node).keySet().stream()
            .anyMatch(x -> x.from.isProjectRoot() || x.from.isWorkspace());
  }

  private void warn(Edge e) {
    e.peerConflicted = true;
    options.warnings().add(PeerConflict.warning(e));
  }
}
