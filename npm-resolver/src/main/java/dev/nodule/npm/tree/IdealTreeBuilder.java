package dev.nodule.npm.tree;

import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Completes a tree until every dependency is met, in npm's order; docs/resolver.md tells the
 * algorithm in prose.
 */
public final class IdealTreeBuilder {
  private static final Comparator<Node> QUEUE_ORDER =
      (a, b) -> {
        int shallower = a.depth() - b.depth();
        if (shallower != 0) {
          return shallower;
        }
        int before = LocaleOrder.compare(a.path().toString(), b.path().toString());
        return before != 0
            ? before
            : Integer.compare(System.identityHashCode(a), System.identityHashCode(b));
      };

  private record Task(Edge edge, Node dep) {}

  private final Node tree;
  private final ManifestSource source;
  private final ResolveOptions options;
  private final Set<Edge> explicitRequests;
  private final List<Node> queue = new ArrayList<>();
  private final Set<Node> seen = new HashSet<>();
  private final Set<Node> loadFailures = new LinkedHashSet<>();
  private final Set<Node> links = new LinkedHashSet<>();
  private final Map<Node, Node> virtualRoots = new IdentityHashMap<>();
  private final Map<Node, Node> peerSetSource = new IdentityHashMap<>();
  private final Map<String, Manifest> manifests = new HashMap<>();

  public IdealTreeBuilder(
      Node tree, ManifestSource source, ResolveOptions options, Set<Edge> explicitRequests) {
    this.tree = tree;
    this.source = source;
    this.options = options;
    this.explicitRequests = explicitRequests;
  }

  public void build() {
    assertRootOverrides();
    for (Node node : List.copyOf(tree.inventory())) {
      for (var e : node.edgesOut()) {
        if (e.to() == null || !e.isValid()) {
          enqueue(node);
          break;
        }
      }
    }
    for (String name : options.updateNames()) {
      for (Node node : List.copyOf(tree.named(name))) {
        node.edgesIn().forEach(e -> enqueue(e.from));
      }
    }
    enqueue(tree);
    do {
      while (!queue.isEmpty()) {
        queue.sort(QUEUE_ORDER);
        step(queue.removeFirst());
      }
      followLinks();
    } while (!queue.isEmpty());
  }

  private void assertRootOverrides() {
    if (tree.overrides == null) {
      return;
    }
    for (var e : tree.edgesOut()) {
      if (!e.spec().equals(e.rawSpec) && !e.spec().startsWith("$")) {
        throw new NpmException(
            "EOVERRIDE",
            "Override for " + e.name + "@" + e.rawSpec + " conflicts with direct dependency");
      }
    }
  }

  private void enqueue(Node node) {
    if (!queue.contains(node)) {
      queue.add(node);
    }
  }

  private void step(Node node) {
    if (seen.contains(node) || node.root() != tree || node.hasShrinkwrap && !options.complete()) {
      return;
    }
    seen.add(node);
    if (options.complete()
        && node != tree
        && !node.inert
        && !node.isLink()
        && node.resolved != null
        && (!node.manifest.bundled().isEmpty())) {
      loadBundled(node, source.unpacked(node));
    }
    var tasks = new ArrayList<Task>();
    Node peerSource = peerSetSource.getOrDefault(node, node);
    var problems = problemEdges(node);
    problems.forEach(e -> source.prefetch(e.name, e.spec()));
    for (Edge edge : problems) {
      if (!edge.peerConflicted) {
        tasks.add(new Task(edge, dependencyFor(edge, node, peerSource)));
      }
    }
    tasks.sort((a, b) -> LocaleOrder.compare(a.edge.name, b.edge.name));
    for (var task : tasks) {
      var placement =
          new Placement(task.dep, task.edge, null, explicitRequests.contains(task.edge), options);
      after(placement);
    }
    for (var e : node.edgesOut()) {
      if (e.to() != null && e.to().isLink()) {
        links.add(e.to());
      }
    }
  }

  private Node dependencyFor(Edge edge, Node node, Node peerSource) {
    Node virtualRoot = virtualRoot(edge.isPeer() ? peerSource : node, true);
    Edge tried = virtualRoot.edge(edge.name);
    if (tried != null && tried.isValid() && tried.to != null && edge.satisfiedBy(tried.to)) {
      return tried.to;
    }
    if (edge.type == Edge.Type.PEER_OPTIONAL
        && !options.updateNames().contains(edge.name)
        && !explicitRequests.contains(edge)) {
      Node up = node.resolveParent();
      Node existing = breadthFirst(up == null ? node : up, edge);
      if (existing != null) {
        return existing;
      }
    }
    var required = new HashSet<Node>(Set.of(edge.from));
    return nodeFromEdge(edge, edge.isPeer() ? virtualRoot : null, null, required);
  }

  private static @Nullable Node breadthFirst(Node start, Edge edge) {
    var walk = new ArrayList<Node>(start.children());
    for (int i = 0; i < walk.size(); i++) {
      Node node = walk.get(i);
      if (node.name.equals(edge.name) && !node.isInDependencyBundle() && edge.satisfiedBy(node)) {
        return node;
      }
      walk.addAll(node.children());
    }
    return null;
  }

  /** What a placement leads to: nodes to look at, or to look at again. */
  private void after(Placement p) {
    Node placed = p.placed;
    if (placed != null && p.check != null) {
      if (placed.error != null) {
        loadFailures.add(placed);
      }
      for (var in : List.copyOf(placed.edgesIn())) {
        if (in != p.edge && !in.peerConflicted && !in.isValid()) {
          seen.remove(in.from);
          enqueue(in.from);
        }
      }
      enqueue(placed);
      source.placed(placed);
      for (Node node : p.needEvaluation) {
        seen.remove(node);
        enqueue(node);
      }
    }
    p.children.forEach(this::after);
  }

  private List<Edge> problemEdges(Node node) {
    Set<String> bundled =
        node.isProjectRoot() || node.isWorkspace() ? Set.of() : Set.copyOf(node.manifest.bundled());
    var result = new ArrayList<Edge>();
    for (var e : node.edgesOut()) {
      Node to = e.to();
      if (bundled.contains(e.name)
          || to != null && (loadFailures.contains(to) || to.inShrinkwrap())) {
        continue;
      }
      boolean asked = explicitRequests.contains(e);
      if (to == null
          ? e.type != Edge.Type.PEER_OPTIONAL || asked
          : !e.isValid()
              || !to.isWorkspace() && (asked || options.updateNames().contains(e.name))) {
        result.add(e);
      }
    }
    return result;
  }

  private Node virtualRoot(Node node, boolean reuse) {
    if (reuse) {
      Node known = virtualRoots.get(node);
      if (known != null) {
        return known;
      }
    }
    Node root = Node.virtualRoot(node);
    virtualRoots.put(node, root);
    return root;
  }

  /** A node for the edge in a virtual root, with the peers it needs beside it. */
  private Node nodeFromEdge(
      Edge edge, @Nullable Node given, @Nullable Edge second, Set<Node> required) {
    Node parent = given == null ? virtualRoot(edge.from, false) : given;
    Node node = nodeFromSpec(edge, edge, parent);
    if (second != null && !second.isValid()) {
      Node other = nodeFromSpec(edge, second, parent);
      if (edge.isValid()) {
        node = other;
      }
    }
    node.setParent(parent);
    if (required.contains(edge.from) && edge.type != Edge.Type.PEER_OPTIONAL
        || second != null
            && required.contains(second.from)
            && second.type != Edge.Type.PEER_OPTIONAL) {
      required.add(node);
    }
    if (parent.sourceReference != null) {
      peerSetSource.put(node, parent.sourceReference);
    }
    loadPeerSet(node, required);
    return node;
  }

  /** A folder that is not there yet may come; symbolic links in a circle lead nowhere ever. */
  private static void requireNoLoop(Path folder) {
    if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      try {
        var _ = folder.toRealPath();
      } catch (NoSuchFileException e) {
        // it may come
      } catch (IOException e) {
        throw FileFailure.of("could not link to " + folder, e);
      }
    }
  }

  private Node nodeFromSpec(Edge named, Edge edge, Node parent) {
    try {
      var spec = edge.parse(edge.spec());
      if (spec.type() == PackageSpec.Type.DIRECTORY) {
        Path folder = Path.of(spec.fetch());
        requireNoLoop(folder);
        Manifest manifest =
            Files.exists(folder.resolve("package.json"))
                ? Manifest.read(folder)
                : new Manifest(Map.of());
        Node link =
            Node.link(
                named.name, Node.linkTarget(folder, manifest, options.legacyPeerDeps()), parent);
        links.add(link);
        return link;
      }
      Edge workspace = tree.edge(named.name);
      if (workspace != null
          && workspace.type == Edge.Type.WORKSPACE
          && workspace.to != null
          && edge.satisfiedBy(workspace.to)) {
        return Node.link(named.name, workspace.to.target(), parent);
      }
      return Node.of(named.name, manifest(named.name, spec), parent, options.legacyPeerDeps());
    } catch (NpmException e) {
      Node failed = Node.of(named.name, new Manifest(Map.of()), parent, options.legacyPeerDeps());
      failed.error = e;
      loadFailures.add(failed);
      return failed;
    }
  }

  private Manifest manifest(String name, PackageSpec spec) {
    String key = name + "@" + spec.raw();
    var known = manifests.get(key);
    if (known == null) {
      known =
          source.manifest(
              new PackageSpec(
                  name, spec.raw(), spec.type(), spec.fetch(), spec.save(), spec.target()));
      manifests.put(key, known);
    }
    return known;
  }

  /**
   * Gathers in the virtual root what the node asks for as peers, so that the whole set is placed
   * together.
   */
  private void loadPeerSet(Node node, Set<Node> required) {
    var peers = new ArrayList<Edge>();
    for (var e : node.edgesOut()) {
      if (e.isPeer() && !(e.to != null && e.isValid())) {
        peers.add(e);
      }
    }
    peers.sort((a, b) -> LocaleOrder.compare(a.name, b.name));
    for (Edge edge : peers) {
      Node parent = node.parent();
      if (parent == null) {
        break;
      }
      if (edge.to != null && edge.isValid()) {
        continue;
      }
      Node owner = parent.sourceReference;
      boolean mine = owner != null && (owner.isProjectRoot() || owner.isWorkspace());
      boolean conflictAllowed = options.force() || !mine && !options.strictPeerDeps();
      Edge parentEdge = parent.edge(edge.name);
      if (edge.to == null) {
        if (parentEdge == null) {
          nodeFromEdge(edge, parent, null, required);
          continue;
        }
        Node dep = nodeFromEdge(parentEdge, parent, edge, required);
        if (edge.isValid()) {
          continue;
        }
        if (conflictAllowed || !required.contains(dep)) {
          edge.peerConflicted = true;
          continue;
        }
        if (node.parent() == null) {
          break;
        }
        throw PeerConflict.of(edge, dep, null);
      }
      Node current = edge.to;
      Node dep = nodeFromEdge(edge, null, null, required);
      if (dep.canReplace(current, Set.of())) {
        nodeFromEdge(edge, parent, null, required);
      } else if (!conflictAllowed && required.contains(edge.from)) {
        throw PeerConflict.of(edge, dep, null);
      }
    }
  }

  private void followLinks() {
    for (Node link : List.copyOf(links)) {
      links.remove(link);
      Node target = link.target();
      if (link.root() == tree && target.isDescendantOf(tree) && !seen.contains(target)) {
        enqueue(target);
      }
    }
  }

  /** Adds what lies in a package's own node_modules. */
  private void loadBundled(Node node, Path folder) {
    Path modules = folder.resolve("node_modules");
    for (String name : packageNames(modules)) {
      Path child = modules.resolve(name);
      if (Files.exists(child.resolve("package.json"))) {
        var read = Manifest.read(child);
        Node found = Node.of(name, read, node, options.legacyPeerDeps());
        loadBundled(found, child);
      }
    }
  }

  /** The package folders below a node_modules, scoped ones included, in order. */
  public static Set<String> packageNames(Path modules) {
    var names = new TreeSet<String>();
    try (var list = Files.newDirectoryStream(modules)) {
      for (Path p : list) {
        String name = p.getFileName().toString();
        if (name.startsWith("@")) {
          try (var scoped = Files.newDirectoryStream(p)) {
            scoped.forEach(s -> names.add(name + "/" + s.getFileName()));
          }
        } else if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      // no such folder: nothing in it
    }
    return names;
  }

  /**
   * After the build and the calculation of flags: failures of required packages are errors,
   * optional ones become inert.
   */
  public void settle(VersionCheck engines) {
    for (Node node : loadFailures) {
      if (node.root() != tree) {
        continue;
      }
      if (!node.optional && node.error != null) {
        throw node.error;
      }
      DependencySets.optionalGroup(node).forEach(n -> n.inert = true);
    }
    for (Node node : List.copyOf(tree.inventory())) {
      if (node.isLink()) {
        continue;
      }
      boolean engine = engines.admits(node.manifest);
      boolean platform = options.platform().admits(node.manifest);
      if (node.optional) {
        if (!node.inert && !(engine && platform)) {
          DependencySets.optionalGroup(node).forEach(n -> n.inert = true);
        }
      } else if (!node.isOmitted(options.omit())) {
        if (!platform && !options.force()) {
          throw new NpmException(
              "EBADPLATFORM",
              "Unsupported platform for "
                  + node.id()
                  + ": wanted "
                  + dev.nodule.json.Json.write(wanted(node.manifest), "")
                  + " (current: "
                  + options.platform()
                  + ")");
        }
        if (!engine) {
          String message =
              "Unsupported engine for "
                  + node.id()
                  + ": wanted "
                  + dev.nodule.json.Json.write(node.manifest.get("engines"), "");
          if (options.engineStrict()) {
            throw new NpmException("EBADENGINE", message);
          }
          options.warnings().add("EBADENGINE " + message);
        }
      }
    }
  }

  private static Map<String, @Nullable Object> wanted(Manifest m) {
    var map = new java.util.LinkedHashMap<String, @Nullable Object>();
    for (String key : List.of("os", "cpu", "libc")) {
      if (m.get(key) != null) {
        map.put(key, m.get(key));
      }
    }
    return map;
  }

  /** Whether the running Node.js and npm suit a package. */
  public interface VersionCheck {
    boolean admits(Manifest manifest);
  }
}
