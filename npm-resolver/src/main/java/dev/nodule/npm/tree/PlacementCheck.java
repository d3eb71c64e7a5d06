package dev.nodule.npm.tree;

import dev.nodule.npm.semver.Semver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a dependency, with its peers, may be put directly below one target. Changes nothing. */
final class PlacementCheck {
  /** The answers. */
  enum Answer {
    OK,
    KEEP,
    REPLACE,
    CONFLICT
  }

  final Node dep;
  final Node target;
  final Edge edge;
  final List<PlacementCheck> children = new ArrayList<>();
  Answer answer;

  /** The answer for the dependency alone, its peers left out. */
  Answer answerAlone;

  private final @Nullable PlacementCheck parent;
  private final List<Node> peerPath;
  private final boolean preferDedupe;
  private final boolean explicitRequest;
  final @Nullable Node current;
  private @Nullable Answer withPeers;
  private @Nullable Answer alone;

  PlacementCheck(
      Node dep,
      Edge edge,
      Node target,
      @Nullable PlacementCheck parent,
      List<Node> peerPath,
      boolean preferDedupe,
      boolean explicitRequest) {
    this.dep = dep;
    this.edge = edge;
    this.target = target;
    this.parent = parent;
    this.peerPath = peerPath;
    this.preferDedupe = preferDedupe || edge.isPeer();
    this.explicitRequest = explicitRequest;
    this.current = target.child(edge.name);
    this.answer = check();
    this.answerAlone = alone == null ? answer : alone;
  }

  private Answer check() {
    if (dep.error != null) {
      return current == null ? Answer.OK : Answer.REPLACE;
    }
    var targetEdge = target.edge(edge.name);
    if (targetEdge != null && targetEdge.isPeer() && !target.isTop()) {
      return Answer.CONFLICT;
    }
    if (current == null
        && targetEdge != null
        && targetEdge != edge
        && !targetEdge.satisfiedBy(dep)) {
      return Answer.CONFLICT;
    }
    return current == null ? checkFree() : checkOccupied(current);
  }

  private Answer checkOccupied(Node current) {
    if (dep.matches(current) && (edge.satisfiedBy(current) || !edge.satisfiedBy(dep))) {
      return explicitRequest ? Answer.REPLACE : Answer.KEEP;
    }
    boolean newer =
        !current.version().isEmpty()
            && !dep.version().isEmpty()
            && Semver.compare(dep.version(), current.version()) >= 0;
    if (newer && dep.canReplace(current, Set.of())) {
      var a = checkPeers(Answer.REPLACE);
      if (a != Answer.CONFLICT) {
        return a;
      }
    }
    if (edge.satisfiedBy(current) && (!explicitRequest || preferDedupe)) {
      return Answer.KEEP;
    }
    if (preferDedupe && !newer && dep.canReplace(current, Set.of())) {
      var a = checkPeers(Answer.REPLACE);
      if (a != Answer.CONFLICT) {
        return a;
      }
    }
    // From here on the occupant would have to be pushed deeper: allowed only where the dependency
    // cannot go deeper itself.
    if (target != deepest()) {
      return Answer.CONFLICT;
    }
    if (!edge.isPeer() && target == edge.from) {
      return checkPeers(Answer.REPLACE);
    }
    if (parent == null && !edge.isPeer()) {
      return Answer.CONFLICT;
    }
    return occupantCanMove(current) ? checkPeers(Answer.REPLACE) : Answer.CONFLICT;
  }

  /** Whether everything that brought the occupant and its peers here can be satisfied otherwise. */
  private boolean occupantCanMove(Node current) {
    boolean canMove = true;
    Node set = dep.parent;
    for (var entry : DependencySets.peerEntries(current).entrySet()) {
      Edge entryEdge = entry.getKey();
      if (entryEdge == edge || entryEdge == top().edge || entryEdge.to == null || set == null) {
        continue;
      }
      Node entryNode = entryEdge.to;
      Node replacement = set.child(entryNode.name);
      if (replacement != null && replacement.canReplace(entryNode, set.children.keySet())) {
        continue;
      }
      if (replacement == null && peersFit(entryNode, set)) {
        continue;
      }
      for (Node peer : entry.getValue()) {
        Node deep = DependencySets.deepestTarget(entryEdge.from, peer.name);
        if (deep == target || target.isDescendantOf(deep)) {
          canMove = false;
          break;
        }
      }
    }
    return canMove;
  }

  private static boolean peersFit(Node entryNode, Node set) {
    var walk = new ArrayList<Node>(List.of(entryNode));
    for (int i = 0; i < walk.size(); i++) {
      for (var e : walk.get(i).edgesOut.values()) {
        if (!e.isPeer() || !e.isValid()) {
          continue;
        }
        Node replacement = set.child(e.name);
        if (replacement == null) {
          if (e.to != null && !walk.contains(e.to)) {
            walk.add(e.to);
          }
        } else if (!e.satisfiedBy(replacement)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A new node here must not shadow one that something below relies on. */
  private Answer checkFree() {
    Node shadowed = target == top().edge.from ? null : target.resolve(edge.name);
    if (shadowed != null) {
      for (var e : shadowed.edgesIn) {
        if (e.from.isDescendantOf(target) && e.isValid() && !e.satisfiedBy(dep)) {
          return Answer.CONFLICT;
        }
      }
    }
    return checkPeers(Answer.OK);
  }

  private Answer checkPeers(Answer state) {
    alone = state;
    if (withPeers != null) {
      return withPeers;
    }
    var path = new ArrayList<>(peerPath);
    path.add(dep);
    boolean conflict = false;
    for (var e : dep.edgesOut.values()) {
      if (!e.isPeer() || e.to == null || path.contains(e.to)) {
        continue;
      }
      Node peerTarget = DependencySets.deepestTarget(target, e.to.name);
      var check = new PlacementCheck(e.to, e, peerTarget, this, path, true, false);
      children.add(check);
      conflict |= check.answer == Answer.CONFLICT;
    }
    withPeers = conflict ? Answer.CONFLICT : state;
    return withPeers;
  }

  private Node deepest() {
    return DependencySets.deepestTarget(parent == null ? edge.from : parent.deepest(), edge.name);
  }

  private PlacementCheck top() {
    return parent == null ? this : parent.top();
  }
}
