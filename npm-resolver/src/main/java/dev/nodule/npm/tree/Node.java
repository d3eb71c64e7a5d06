package dev.nodule.npm.tree;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A package at a place of the tree: the project, a folder under some node_modules, a link, or what
 * a link leads to.
 */
public final class Node {
  public final String name;
  public Manifest manifest;
  public @Nullable String resolved;
  public @Nullable String integrity;
  public boolean hasShrinkwrap;
  public @Nullable NpmException error;

  public boolean dev = true;
  public boolean optional = true;
  public boolean devOptional = true;
  public boolean peer = true;
  public boolean extraneous = true;

  /** Fits neither this platform nor its engines and nothing needs it: recorded, never installed. */
  public boolean inert;

  @Nullable Node parent;
  private @Nullable Node fsParent;
  Node root = this;
  private String location = "";
  final Map<String, Node> children = new LinkedHashMap<>();
  final Set<Node> fsChildren = new LinkedHashSet<>();
  final Map<String, Edge> edgesOut = new LinkedHashMap<>();
  final Set<Edge> edgesIn = new LinkedHashSet<>();

  /** For a virtual root: the real node whose dependencies are tried out below it. */
  final @Nullable Node sourceReference;

  final boolean legacyPeerDeps;
  @Nullable Overrides overrides;
  private final @Nullable Path ownPath;
  private final boolean link;
  private @Nullable Node target;
  private Map<String, String> workspaces = Map.of();

  /** Only filled in a root: every node below it by location, and by name. */
  final Map<String, Node> inventory = new LinkedHashMap<>();

  private final Map<String, Set<Node>> byName = new LinkedHashMap<>();

  /** Only filled in a root: the edges of all its nodes by the key of their name. */
  private final Map<String, Set<Edge>> edgesNamed = new HashMap<>();

  private Node(
      String name,
      Manifest manifest,
      @Nullable Path path,
      boolean link,
      @Nullable Node source,
      boolean legacyPeerDeps) {
    this.name = name;
    this.manifest = manifest;
    this.ownPath = path;
    this.link = link;
    this.sourceReference = source;
    this.legacyPeerDeps = legacyPeerDeps;
    this.hasShrinkwrap = manifest.hasShrinkwrap();
    this.integrity = manifest.integrity;
    this.resolved =
        manifest.resolved == null || manifest.resolved.isEmpty() ? null : manifest.resolved;
    inventory.put("", this);
  }

  /** A project's root. */
  public static Node project(
      Path path, Manifest manifest, Map<String, String> workspaces, boolean legacyPeerDeps) {
    var node =
        new Node(String.valueOf(path.getFileName()), manifest, path, false, null, legacyPeerDeps);
    node.overrides = Overrides.of(manifest);
    node.workspaces = workspaces;
    node.loadEdges();
    return node;
  }

  /**
   * A root of its own in which the dependencies of {@code source} and their peers are gathered
   * before placement.
   */
  static Node virtualRoot(Node source) {
    var node =
        new Node(source.name, source.manifest, source.path(), false, source, source.legacyPeerDeps);
    node.overrides = source.overrides;
    node.workspaces = source.workspaces;
    node.loadEdges();
    return node;
  }

  /** A package to be placed; without parent it is a tree of its own. */
  public static Node of(
      String name, Manifest manifest, @Nullable Node parent, boolean legacyPeerDeps) {
    var node = new Node(name, manifest, null, false, null, legacyPeerDeps);
    if (parent != null) {
      node.setParent(parent);
    }
    node.loadEdges();
    return node;
  }

  /** What a link leads to, outside any node_modules. */
  public static Node linkTarget(Path realpath, Manifest manifest, boolean legacyPeerDeps) {
    var node =
        new Node(
            String.valueOf(realpath.getFileName()),
            manifest,
            realpath,
            false,
            null,
            legacyPeerDeps);
    node.loadEdges();
    return node;
  }

  public static Node link(String name, Node target, @Nullable Node parent) {
    var node = new Node(name, target.manifest, null, true, null, target.legacyPeerDeps);
    node.target = target;
    if (parent != null) {
      node.setParent(parent);
    }
    return node;
  }

  /** A copy of a tried-out node, to be placed in the real tree. */
  static Node copyOf(Node dep) {
    if (dep.link && dep.target != null) {
      return link(dep.name, dep.target, null);
    }
    var node = new Node(dep.name, dep.manifest, null, false, null, dep.legacyPeerDeps);
    node.resolved = dep.resolved;
    node.integrity = dep.integrity;
    node.error = dep.error;
    node.hasShrinkwrap = dep.hasShrinkwrap;
    node.overrides = dep.overrides;
    node.loadEdges();
    return node;
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  // Edges

  private void loadEdges() {
    if (link) {
      return;
    }
    workspaces.forEach((n, path) -> new Edge(this, n, "file:" + path, null, Edge.Type.WORKSPACE));
    if (!legacyPeerDeps) {
      var peers = manifest.dependencies("peerDependencies");
      peers.forEach(
          (n, s) -> {
            if (!manifest.isOptionalPeer(n)) {
              addEdge(n, s, Edge.Type.PEER);
            }
          });
      peers.forEach(
          (n, s) -> {
            if (manifest.isOptionalPeer(n)) {
              addEdge(n, s, Edge.Type.PEER_OPTIONAL);
            }
          });
    }
    manifest.dependencies("dependencies").forEach((n, s) -> addEdge(n, s, Edge.Type.PROD));
    manifest
        .dependencies("optionalDependencies")
        .forEach((n, s) -> addEdge(n, s, Edge.Type.OPTIONAL));
    boolean top = ownPath != null && parent == null;
    if (top
        && (sourceReference == null
            || sourceReference.isTop() && sourceReference.ownPath != null)) {
      manifest.dependencies("devDependencies").forEach((n, s) -> addEdge(n, s, Edge.Type.DEV));
    }
  }

  private void addEdge(String n, String spec, Edge.Type type) {
    var current = edgesOut.get(key(n));
    if (!n.isEmpty() && (current == null || current.type != Edge.Type.WORKSPACE)) {
      new Edge(this, n, spec, manifest.dependencies("acceptDependencies").get(n), type);
    }
  }

  /** Takes on a changed manifest: every edge is made anew. */
  public void reloadManifest(Manifest changed) {
    for (var e : List.copyOf(edgesOut.values())) {
      e.detach();
    }
    manifest = changed;
    loadEdges();
    List.copyOf(edgesIn).forEach(e -> e.reload(true));
  }

  void addEdgeOut(Edge edge) {
    edgesOut.put(edge.key, edge);
    root.index(edge);
  }

  void removeEdgeOut(Edge edge) {
    edgesOut.remove(edge.key);
    root.unindex(edge);
  }

  private void index(Edge edge) {
    edgesNamed.computeIfAbsent(edge.key, k -> new LinkedHashSet<>()).add(edge);
  }

  private void unindex(Edge edge) {
    var same = edgesNamed.get(edge.key);
    if (same != null) {
      same.remove(edge);
    }
  }

  void addEdgeIn(Edge edge) {
    if (overrides == null || !overrides.equals(edge.overrides)) {
      overridesAdded(edge.overrides);
    }
    edgesIn.add(edge);
  }

  void removeEdgeIn(Edge edge) {
    edgesIn.remove(edge);
    if (edge.overrides != null) {
      overridesRemoved(edge.overrides);
    }
  }

  void overridesRemoved(@Nullable Overrides removed) {
    if (overrides == null || !overrides.equals(removed)) {
      return;
    }
    Overrides now = null;
    for (var e : edgesIn) {
      now = now != null && e.overrides != null ? Overrides.narrower(e.overrides, now) : e.overrides;
    }
    if (!overrides.equals(now)) {
      overrides = now;
      if (now != null) {
        recalculateOverrides();
      }
    }
  }

  void overridesAdded(@Nullable Overrides added) {
    if (added == null || added.equals(overrides)) {
      return;
    }
    var now = overrides == null ? added : Overrides.narrower(overrides, added);
    if (now != null && !now.equals(overrides)) {
      overrides = now;
      recalculateOverrides();
    }
  }

  private void recalculateOverrides() {
    for (var e : List.copyOf(edgesOut.values())) {
      e.reload(true);
      if (e.to != null) {
        e.to.overridesAdded(e.overrides);
      }
    }
  }

  // Place in the tree

  public @Nullable Node parent() {
    return parent;
  }

  public Node root() {
    return root;
  }

  public String location() {
    return location;
  }

  public @Nullable Node resolveParent() {
    return parent != null ? parent : fsParent;
  }

  public Collection<Node> children() {
    return children.values();
  }

  public @Nullable Node child(String n) {
    return children.get(key(n));
  }

  public Collection<Edge> edgesOut() {
    return edgesOut.values();
  }

  public Collection<Edge> edgesIn() {
    return edgesIn;
  }

  public @Nullable Edge edge(String n) {
    return edgesOut.get(key(n));
  }

  public Collection<Node> inventory() {
    return inventory.values();
  }

  Collection<Node> named(String n) {
    return byName.getOrDefault(n, Set.of());
  }

  public boolean isLink() {
    return link;
  }

  /** What the link leads to; the node itself when it is none. */
  public Node target() {
    return target == null ? this : target;
  }

  public boolean isTop() {
    return parent == null;
  }

  public boolean isProjectRoot() {
    return this == root;
  }

  public boolean isWorkspace() {
    if (isProjectRoot()) {
      return false;
    }
    var e = root.edge(manifest.name());
    return e != null
        && e.type == Edge.Type.WORKSPACE
        && e.to != null
        && (e.to == this || e.to.target() == this);
  }

  public int depth() {
    return parent == null ? 0 : parent.depth() + 1;
  }

  public Path path() {
    if (ownPath != null) {
      return ownPath;
    }
    return parent == null
        ? Path.of("/", name)
        : parent.path().resolve("node_modules").resolve(name);
  }

  public Path realpath() {
    return link ? target().path() : path();
  }

  public @Nullable Node resolve(String n) {
    String k = key(n);
    for (Node at = this; at != null; at = at.resolveParent()) {
      Node found = at.children.get(k);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean isDescendantOf(Node node) {
    for (Node at = this; at != null; at = at.resolveParent()) {
      if (at == node) {
        return true;
      }
    }
    return false;
  }

  public void setParent(Node newParent) {
    Node real = newParent.target();
    if (real == this || parent == real) {
      return;
    }
    if (parent != null) {
      parent.children.remove(key(name));
      parent = null;
    }
    enter(real.root, real);
  }

  /** Leaves its tree together with everything below it. */
  public void detach() {
    enter(this, null);
  }

  private void enter(Node newRoot, @Nullable Node newParent) {
    delist();
    if (parent != null && parent.root != newRoot) {
      parent.children.remove(key(name));
      parent = null;
    }
    if (fsParent != null && fsParent.root != newRoot) {
      fsParent.fsChildren.remove(this);
      fsParent = null;
    }
    if (newRoot == this) {
      root = this;
      edgesOut.values().forEach(this::index);
      location = "";
      inventory.clear();
      byName.clear();
      inventory.put("", this);
    } else {
      String place =
          newParent == null
              ? newRoot.relative(path())
              : (newParent.location.isEmpty() ? "" : newParent.location + "/")
                  + "node_modules/"
                  + name;
      Node current = newRoot.inventory.get(place);
      if (current != null && current != this) {
        current.detach();
      }
      root = newRoot;
      edgesOut.values().forEach(newRoot::index);
      location = place;
      newRoot.inventory.put(place, this);
      newRoot.byName.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(this);
      if (newParent != null) {
        newParent.children.remove(key(name));
        newParent.children.put(key(name), this);
        parent = newParent;
        newParent.reloadNamed(name);
      } else {
        for (Path p = path().getParent(); p != null; p = p.getParent()) {
          Node above = newRoot.inventory.get(newRoot.relative(p));
          if (above != null && !above.link && p.startsWith(newRoot.path())) {
            above.fsChildren.add(this);
            fsParent = above;
            break;
          }
        }
      }
      if (link && target != null && newRoot.sourceReference == null && newRoot.ownPath != null) {
        Node existing =
            newRoot.path().equals(target.path())
                ? newRoot
                : newRoot.inventory.get(newRoot.relative(target.path()));
        if (existing != null && existing != target) {
          target = existing;
          manifest = existing.manifest;
        } else if (target.root != newRoot) {
          target.enter(newRoot, null);
        }
      }
    }
    for (var e : List.copyOf(edgesIn)) {
      if (e.from.root != root) {
        e.reload(false);
      }
    }
    for (var e : List.copyOf(edgesOut.values())) {
      if (e.to == null || e.to.root != root) {
        e.reload(false);
      }
    }
    for (Node child : List.copyOf(children.values())) {
      if (child.root != root) {
        child.enter(root, this);
      }
    }
    for (Node child : List.copyOf(fsChildren)) {
      if (child.root != root) {
        fsChildren.remove(child);
        child.fsParent = null;
      }
    }
  }

  private void delist() {
    edgesOut.values().forEach(root::unindex);
    if (root.inventory.get(location) == this) {
      root.inventory.remove(location);
    }
    var same = root.byName.get(name);
    if (same != null) {
      same.remove(this);
    }
  }

  private String relative(Path p) {
    return path().relativize(p).toString();
  }

  /**
   * After a child of that name came: the edges at or below this node that lead to it now, or would
   * lead elsewhere, are looked up anew, from the top down.
   */
  private void reloadNamed(String n) {
    var same = root.edgesNamed.get(key(n));
    if (same == null) {
      return;
    }
    var stale = new ArrayList<Edge>();
    for (var e : same) {
      if (e.from.isDescendantOf(this) && isStale(e, n)) {
        stale.add(e);
      }
    }
    if (stale.size() < 2) {
      stale.forEach(e -> e.reload(true));
      return;
    }
    var onTheWay = Collections.<Node>newSetFromMap(new IdentityHashMap<>());
    for (var e : stale) {
      for (Node at = e.from; at != null && onTheWay.add(at) && at != this; ) {
        at = at.resolveParent();
      }
    }
    reloadBelow(n, onTheWay);
  }

  private boolean isStale(Edge e, String n) {
    Node to = e.to;
    boolean here = // as in npm, never for the project's own
        to != null && !location.isEmpty() && to.location.equals(location + "/node_modules/" + n);
    return here || e.from.resolve(n) != to;
  }

  private void reloadBelow(String n, Set<Node> onTheWay) {
    var e = edge(n);
    if (e != null) {
      e.reload(true);
    }
    for (Node c : children.values()) {
      if (onTheWay.contains(c)) {
        c.reloadBelow(n, onTheWay);
      }
    }
    for (Node c : fsChildren) {
      if (onTheWay.contains(c)) {
        c.reloadBelow(n, onTheWay);
      }
    }
  }

  /** Takes the place of another node, with what lies below that. */
  void replace(Node old) {
    Node place = old.parent;
    Node tree = old.root;
    if (!link) {
      for (Node kid : List.copyOf(old.children.values())) {
        kid.setParent(this);
      }
    }
    if (place != null) {
      enter(tree, place);
    }
  }

  // Questions that placement asks

  public String version() {
    return manifest.version();
  }

  public String packageName() {
    return manifest.name();
  }

  public String id() {
    String n = manifest.name();
    return (isProjectRoot() && !n.isEmpty() ? n : name)
        + "@"
        + (!n.isEmpty() && !n.equals(name) && !isProjectRoot() ? "npm:" + n + "@" : "")
        + version();
  }

  boolean inShrinkwrap() {
    return parent != null && (parent.hasShrinkwrap || parent.inShrinkwrap());
  }

  public boolean isInBundle() {
    return bundler() != null;
  }

  boolean isInDependencyBundle() {
    Node b = bundler();
    return b != null && b != root;
  }

  private @Nullable Node bundler() {
    for (Node at = parent; at != null; at = at.parent) {
      if (!at.manifest.bundled().isEmpty()) {
        return bundler(new ArrayList<>());
      }
    }
    return null; // nothing above bundles anything
  }

  private @Nullable Node bundler(List<Node> seen) {
    if (seen.contains(this) || parent == null) {
      return null;
    }
    seen.add(this);
    Node above = parent.bundler(seen);
    if (above != null) {
      return above;
    }
    if (parent.manifest.bundled().contains(name)) {
      return parent;
    }
    for (var e : edgesIn) {
      Node b = e.from.bundler(seen);
      if (b != null && b == parent) {
        return b;
      }
    }
    return null;
  }

  public boolean isRegistryDependency() {
    return !edgesIn.isEmpty()
        && edgesIn.stream()
            .allMatch(
                e -> {
                  try {
                    return e.parse(e.spec()).isRegistry();
                  } catch (NpmException x) {
                    return false;
                  }
                });
  }

  boolean matches(Node o) {
    if (o == this) {
      return true;
    }
    if (!o.name.equals(name)) {
      return false;
    }
    if (link) {
      return o.link && target().realpath().equals(o.target().realpath());
    }
    if (integrity != null && o.integrity != null) {
      return integrity.equals(o.integrity);
    }
    if (resolved != null && o.resolved != null) {
      return resolved.equals(o.resolved);
    }
    return !packageName().isEmpty()
        && packageName().equals(o.packageName())
        && !version().isEmpty()
        && version().equals(o.version());
  }

  /** Whether everything that depends on {@code current} would also be content with this node. */
  boolean canReplace(Node current, Set<String> ignoredPeers) {
    if (!current.name.equals(name) || !current.packageName().equals(packageName())) {
      return false;
    }
    if (!current.edgesOut.isEmpty() && !java.util.Objects.equals(overrides, current.overrides)) {
      return false;
    }
    if (current.edgesIn.isEmpty()) {
      return true;
    }
    Set<Node> removable = null;
    for (var e : current.edgesIn) {
      if (!current.isTop()
          && e.from.parent == current.parent
          && e.isPeer()
          && ignoredPeers.contains(key(e.from.name))) {
        continue;
      }
      if (e.satisfiedBy(this)) {
        continue;
      }
      if (removable == null) {
        removable = DependencySets.exclusive(List.of(current), x -> x.to != current && x.isValid());
      }
      if (!removable.contains(e.from)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOverridden() {
    if (overrides == null || overrides.value == null || !name.equals(overrides.name)) {
      return false;
    }
    return edgesIn.stream()
        .anyMatch(
            e ->
                e.overrides != null
                    && name.equals(e.overrides.name)
                    && version().equals(e.overrides.value)
                    && !e.overrides.equals(e.from.overrides));
  }

  boolean canDedupe(boolean preferDedupe, boolean explicitRequest) {
    if (isInDependencyBundle() || inShrinkwrap()) {
      return false;
    }
    Node up = resolveParent();
    Node above = up == null ? null : up.resolveParent();
    if (above == null) {
      return false;
    }
    if (edgesIn.isEmpty()) {
      return true;
    }
    Node other = above.resolve(name);
    if (other == null) {
      return false;
    }
    if (other.matches(this)) {
      return true;
    }
    if (!other.canReplace(this, Set.of())) {
      return false;
    }
    int c = Semver.compare(other.version(), version());
    return preferDedupe || c == 0 || c > 0 && !isOverridden() || explicitRequest;
  }

  public boolean isOmitted(Set<String> omit) {
    Node top = this;
    while (top.parent != null) {
      top = top.parent;
    }
    if (omit.isEmpty() || !top.isProjectRoot() && !top.isWorkspace()) {
      return false;
    }
    return peer && omit.contains("peer")
        || dev && omit.contains("dev")
        || optional && omit.contains("optional")
        || devOptional && omit.contains("optional") && omit.contains("dev");
  }

  public void setFlags(boolean value) {
    dev = value;
    optional = value;
    devOptional = value;
    peer = value;
    extraneous = value;
  }

  @Override
  public String toString() {
    return id() + " at " + (location.isEmpty() ? "." : location);
  }
}
