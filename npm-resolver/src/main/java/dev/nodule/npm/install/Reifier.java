package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.json.Json;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes node_modules what the ideal tree says. All packages are fetched, checked and built in a staging folder first; only
 * then are they renamed into place, so that a failure before leaves the old tree as it was.
 */
final class Reifier {
  static final String STAGING = ".nodule-";

  /** What an install changes. */
  record Changes(int added, int removed, int changed) {}

  private final Node root;
  private final Path modules;
  private final RegistrySource source;
  private final Set<String> omit;
  private final Map<String, Map<String, @Nullable Object>> recorded;

  Reifier(Node root, RegistrySource source, Set<String> omit) {
    this.root = root;
    this.modules = root.path().resolve("node_modules");
    this.source = source;
    this.omit = omit;
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
      if (node != root && node.parent() != null && !node.inert && !node.isOmitted(omit) && !node.extraneous) {
        nodes.add(node);
      }
    }
    nodes.sort(Comparator.comparingInt((Node n) -> n.location().length()).thenComparing(Node::location));
    return nodes;
  }

  Changes run(boolean dryRun) {
    var wanted = wanted();
    var missing = new ArrayList<Node>();
    int changed = 0;
    for (Node node : wanted) {
      State state = state(node);
      if (state != State.SAME) {
        missing.add(node);
        changed += state == State.OTHER ? 1 : 0;
      }
    }
    var locations = new LinkedHashSet<String>();
    wanted.forEach(n -> locations.add(n.location()));
    var surplus = new ArrayList<Path>();
    findSurplus(root.path(), "", locations, surplus);
    var result = new Changes(missing.size() - changed, surplus.size(), changed);
    if (dryRun) {
      return result;
    }
    try {
      if (!missing.isEmpty() || !surplus.isEmpty() || recorded.isEmpty() && !wanted.isEmpty()) {
        apply(missing, surplus, wanted);
      }
    } catch (IOException e) {
      String text = String.valueOf(e.getMessage());
      String code = e instanceof java.nio.file.AccessDeniedException ? "EACCES" : text.contains("No space") ? "ENOSPC" : "EIO";
      throw new NpmException(code, "could not write " + modules + ": " + e, e);
    }
    return result;
  }

  private enum State {
    ABSENT, OTHER, SAME
  }

  private State state(Node node) {
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
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? State.OTHER : State.ABSENT;
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
    boolean same = version.equals(node.version())
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
        if (!bundled && (Files.isSymbolicLink(path) || Files.exists(path.resolve("package.json")))) {
          surplus.add(path);
        }
      } else if (!Files.isSymbolicLink(path)) {
        findSurplus(path, at, wanted, surplus);
      }
    }
  }

  private void apply(List<Node> missing, List<Path> surplus, List<Node> wanted) throws IOException {
    Files.createDirectories(modules);
    Path staging = Files.createTempDirectory(modules, STAGING);
    Path trash = Files.createDirectory(staging.resolve("old"));
    try {
      var staged = stage(missing, staging);
      // From here on the tree changes: without its record, an interrupted run is found and completed by the next.
      Files.deleteIfExists(modules.resolve(".package-lock.json"));
      int n = 0;
      for (Path path : surplus) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(path, trash.resolve("s" + n++));
          removeEmptyScope(path.getParent());
        }
      }
      for (Node node : missing) {
        commit(node, staged.get(node), trash.resolve("r" + n++));
      }
      for (Node node : wanted) {
        BinLinks.create(node);
      }
      var folders = new LinkedHashSet<Path>(List.of(modules));
      surplus.forEach(p -> folders.add(String.valueOf(p.getParent().getFileName()).startsWith("@") ? p.getParent().getParent() : p.getParent()));
      for (Path folder : folders) {
        BinLinks.sweep(folder);
      }
    } finally {
      PackageStore.delete(staging);
    }
  }

  private Map<Node, Path> stage(List<Node> missing, Path staging) {
    var running = new LinkedHashMap<Node, CompletableFuture<Path>>();
    int n = 0;
    for (Node node : missing) {
      if (node.isLink() || node.isInBundle()) {
        continue;
      }
      Path folder = staging.resolve(String.valueOf(n++));
      running.put(node, source.fetch(node).thenApply(stored -> {
        try {
          PackageStore.link(stored, folder);
          return folder;
        } catch (IOException e) {
          throw new NpmException(String.valueOf(e.getMessage()).contains("No space") ? "ENOSPC" : "EIO",
              "could not write " + node.location() + ": " + e, e);
        }
      }));
    }
    var result = new LinkedHashMap<Node, Path>();
    NpmException failure = null;
    for (var e : running.entrySet()) {
      try {
        result.put(e.getKey(), PackageStore.join(e.getValue()));
      } catch (NpmException x) {
        if (e.getKey().optional) {
          e.getKey().inert = true; // as npm does: an optional package that cannot be fetched is left out
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

  private void commit(Node node, @Nullable Path staged, Path trash) throws IOException {
    Path path = node.path();
    if (node.isLink()) {
      Files.createDirectories(path.getParent());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(path, trash);
      }
      Files.createSymbolicLink(path, path.getParent().toRealPath().relativize(node.realpath()));
      return;
    }
    if (staged == null || node.inert) {
      return; // bundled: it came with the package around it
    }
    Files.createDirectories(path.getParent());
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Path inner = path.resolve("node_modules");
      Path stagedInner = staged.resolve("node_modules");
      if (!Files.isSymbolicLink(path) && Files.isDirectory(inner) && !Files.exists(stagedInner)) {
        Files.move(inner, stagedInner);
      }
      Files.move(path, trash);
    }
    Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void removeEmptyScope(Path folder) throws IOException {
    if (String.valueOf(folder.getFileName()).startsWith("@")) {
      try (var list = Files.newDirectoryStream(folder)) {
        if (list.iterator().hasNext()) {
          return;
        }
      }
      Files.delete(folder);
    }
  }

  /** Deletes what runs that were killed left behind. */
  static void sweepStaging(Path modules) {
    if (!Files.isDirectory(modules)) {
      return;
    }
    try (var list = Files.newDirectoryStream(modules, STAGING + "*")) {
      for (Path p : list) {
        if (Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)) {
          PackageStore.delete(p);
        }
      }
    } catch (IOException e) {
      // litter only
    }
  }
}
