package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes node_modules what the ideal tree says. All packages are fetched, checked and built in a
 * staging folder first; only then are they renamed into place, so that a failure before leaves the
 * old tree as it was.
 */
final class Reifier {
  /** What an install changes. */
  record Changes(int added, int removed, int changed) {}

  /** As one lambda: those of Comparator's own methods are made anew at each start. */
  private static final Comparator<Node> TOP_DOWN =
      (a, b) -> {
        int shorter = a.location().length() - b.location().length();
        return shorter != 0 ? shorter : a.location().compareTo(b.location());
      };

  private final Node root;
  private final Path modules;
  private final Set<String> omit;
  private final boolean fresh;
  private final @Nullable Path globalBin;
  private final boolean force;
  private final Predicate<Node> ownCopy;
  private final Map<String, Map<String, @Nullable Object>> recorded;
  private final List<Node> missing = new ArrayList<>();
  private final List<Path> surplus = new ArrayList<>();
  private final Set<Path> folders = new HashSet<>();
  private final Set<Node> absent = new HashSet<>();

  /** Those of which not even the place is taken. */
  private final Set<Node> vacant = new HashSet<>();

  private List<Node> wanted = List.of();

  /**
   * @param fresh whether everything is made anew, whatever is there
   * @param globalBin for global installs the folder of commands, which is shared with others
   * @param ownCopy the packages whose files must not be shared with the store, as their scripts may
   *     change them
   */
  Reifier(
      Node root,
      Set<String> omit,
      boolean fresh,
      @Nullable Path globalBin,
      boolean force,
      Predicate<Node> ownCopy) {
    this.root = root;
    this.modules = root.path().resolve("node_modules");
    this.omit = omit;
    this.fresh = fresh;
    this.globalBin = globalBin;
    this.force = force;
    this.ownCopy = ownCopy;
    this.recorded = readRecorded();
  }

  private Map<String, Map<String, @Nullable Object>> readRecorded() {
    try {
      var found = LockFile.read(modules.resolve(".package-lock.json"));
      return found == null ? Map.of() : found;
    } catch (NpmException e) {
      return Map.of();
    }
  }

  private List<Node> wanted() {
    var nodes = new ArrayList<Node>();
    for (Node node : root.inventory()) {
      if (node != root
          && node.parent() != null
          && !node.inert
          && !node.isOmitted(omit)
          && !node.extraneous) {
        nodes.add(node);
      }
    }
    nodes.sort(TOP_DOWN);
    return nodes;
  }

  /** What the install would change. */
  Changes plan() {
    wanted = wanted();
    missing.clear();
    surplus.clear();
    absent.clear();
    vacant.clear();
    int changed = 0;
    for (Node node : wanted) {
      State state = state(node);
      if (fresh || state != State.SAME) {
        missing.add(node);
        changed += state == State.OTHER ? 1 : 0;
        if (state == State.ABSENT) {
          absent.add(node);
        }
      }
    }
    var locations = new LinkedHashSet<String>();
    wanted.forEach(n -> locations.add(n.location()));
    for (Node top : tops()) {
      findSurplus(top.path(), top.location(), locations, surplus);
    }
    return fresh
        ? new Changes(missing.size(), 0, 0)
        : new Changes(missing.size() - changed, surplus.size(), changed);
  }

  /** The project, and the folders in it that links lead to. */
  private List<Node> tops() {
    return root.inventory().stream()
        .filter(n -> n.isTop() && !n.isLink() && n.path().startsWith(root.path()))
        .toList();
  }

  /** The packages that this install puts into place. */
  List<Node> changedNodes() {
    return missing.stream().filter(n -> !n.isLink() && !n.inert).toList();
  }

  boolean isNeeded() {
    return fresh
        || !missing.isEmpty()
        || !surplus.isEmpty()
        || recorded.isEmpty() && !wanted.isEmpty();
  }

  /** Makes the planned changes; they stand when the moves are committed. */
  void apply(TreeMoves moves, Staging staging) throws IOException {
    var staged = stage(staging);
    if (fresh) {
      try (var list =
          Files.newDirectoryStream(
              modules, p -> !p.getFileName().toString().startsWith(".nodule"))) {
        for (Path p : list) {
          moves.remove(p);
        }
      }
      for (Node top : tops()) {
        if (top != root) {
          moves.remove(top.path().resolve("node_modules"));
        }
      }
    }
    // From here on the tree changes: without its record, nobody takes what lies there for whole.
    moves.remove(modules.resolve(".package-lock.json"));
    for (Path path : surplus) {
      moves.remove(path);
      TreeMoves.removeIfEmptyScope(parent(path));
    }
    var places = new LinkedHashMap<Path, Path>();
    for (Node node : missing) {
      Path made = staged.get(node);
      if (made != null && !node.inert && vacant.contains(node)) {
        places.put(made, node.path());
      }
    }
    moves.note(places);
    for (Node node : missing) {
      commit(moves, node, staged.get(node));
    }
    linkBins(moves);
  }

  /** The folder of what lies in a tree, and so in a folder. */
  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private void linkBins(TreeMoves moves) throws IOException {
    var bins = new LinkedHashSet<Path>();
    for (Node node : wanted) {
      if (!node.manifest.bin().isEmpty()) {
        bins.add(BinLinks.folder(node, globalBin));
      }
    }
    for (Path path : surplus) {
      Path up = parent(path);
      bins.add((up.getFileName().toString().startsWith("@") ? parent(up) : up).resolve(".bin"));
    }
    for (Path bin : bins) {
      if (!bin.equals(globalBin) && Files.isDirectory(parent(bin))) {
        moves.changing(bin);
      }
    }
    for (Node node : wanted) {
      Path folder = BinLinks.folder(node, globalBin);
      BinLinks.create(node, folder, folder.equals(globalBin) ? moves : null, force);
    }
    for (Path bin : bins) {
      if (!bin.equals(globalBin)) {
        BinLinks.sweep(parent(bin));
      }
    }
    if (globalBin != null) {
      BinLinks.sweepShared(globalBin, modules, moves);
    }
  }

  private enum State {
    ABSENT,
    OTHER,
    SAME
  }

  private State state(Node node) {
    if (vacant.contains(node.parent())) {
      vacant.add(node);
      return State.ABSENT;
    }
    if (absent.contains(node.parent())) {
      return State.ABSENT; // nor is what lies below it
    }
    Path path = node.path();
    if (node.isLink()) {
      if (!Files.isSymbolicLink(path)) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? State.OTHER : State.ABSENT;
      }
      try {
        return path.toRealPath().equals(node.realpath().toRealPath()) ? State.SAME : State.OTHER;
      } catch (IOException e) {
        return State.OTHER;
      }
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      vacant.add(node);
      return State.ABSENT;
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return State.OTHER;
    }
    var entry = recorded.get(node.location());
    String version;
    Object integrity = null;
    if (entry != null) {
      version = Json.string(entry.get("version"));
      integrity = entry.get("integrity");
      if (!Files.exists(path.resolve("package.json"))) {
        return State.OTHER;
      }
    } else {
      if (!Files.exists(path.resolve("package.json"))) {
        return State.ABSENT;
      }
      Manifest actual;
      try {
        actual = Manifest.read(path);
      } catch (NpmException e) {
        return State.OTHER;
      }
      if (!actual.name().equals(node.packageName().isEmpty() ? node.name : node.packageName())) {
        return State.OTHER;
      }
      version = actual.version();
    }
    boolean same =
        version.equals(node.version())
            && (integrity == null || node.integrity == null || integrity.equals(node.integrity));
    return same ? State.SAME : State.OTHER;
  }

  private void findSurplus(Path folder, String location, Set<String> wanted, List<Path> surplus) {
    Path inner = folder.resolve("node_modules");
    for (String name : IdealTreeBuilder.packageNames(inner)) {
      String at = (location.isEmpty() ? "" : location + "/") + "node_modules/" + name;
      Path path = inner.resolve(name);
      if (!wanted.contains(at)) {
        boolean bundled = recorded.isEmpty() && !location.isEmpty();
        if (!bundled
            && (Files.isSymbolicLink(path) || Files.exists(path.resolve("package.json")))) {
          surplus.add(path);
        }
      } else if (!Files.isSymbolicLink(path)) {
        findSurplus(path, at, wanted, surplus);
      }
    }
  }

  private Map<Node, Path> stage(Staging staging) {
    var nodes = missing.stream().filter(node -> !node.isLink() && !node.isInBundle()).toList();
    staging.make(nodes, ownCopy);
    var result = new HashMap<Node, Path>();
    NpmException failure = null;
    for (Node node : nodes) {
      try {
        result.put(node, staging.folder(node));
      } catch (NpmException x) {
        if (node.optional) {
          node.inert = true; // as npm does: an optional package that cannot be fetched is left out
        } else if (failure == null) {
          failure = x;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  private void commit(TreeMoves moves, Node node, @Nullable Path staged) throws IOException {
    Path path = node.path();
    if (!path.normalize().equals(path) || !path.startsWith(root.path())) {
      throw new NpmException(
          "EINVALIDPACKAGENAME", "a package would lie outside of the project: " + path);
    }
    if (node.isLink()) {
      Path folder = parent(path);
      Files.createDirectories(folder);
      moves.remove(path);
      moves.creating(path);
      Files.createSymbolicLink(path, folder.toRealPath().relativize(node.realpath()));
      return;
    }
    if (staged == null || node.inert) {
      return; // bundled: it came with the package around it
    }
    Path folder = parent(path);
    if (folders.add(folder)) {
      Files.createDirectories(folder);
    }
    if (vacant.contains(node)) {
      try {
        TreeMoves.moveNoted(staged, path);
        return;
      } catch (FileSystemException e) {
        // the archive of the package around it had something there
      }
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Path inner = path.resolve("node_modules");
      Path stagedInner = staged.resolve("node_modules");
      if (!Files.isSymbolicLink(path) && Files.isDirectory(inner) && !Files.exists(stagedInner)) {
        moves.move(inner, stagedInner);
      }
      moves.remove(path);
    }
    moves.move(staged, path);
  }
}
