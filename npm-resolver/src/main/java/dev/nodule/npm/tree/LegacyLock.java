package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nested {@code dependencies} of lock files of version 1, which those of version 2 have beside
 * {@code packages} for npm 6.
 */
public final class LegacyLock {
  private final Path project;
  private final Map<String, Map<String, @Nullable Object>> entries = new LinkedHashMap<>();

  private LegacyLock(Path project) {
    this.project = project;
  }

  /** What a lock file of version 1 says, as entries by location. */
  static Map<String, Map<String, @Nullable Object>> entries(
      Map<String, @Nullable Object> lock, Path project) {
    var legacy = new LegacyLock(project);
    legacy.children("", lock);
    legacy.nameBundles();
    return legacy.entries;
  }

  private void children(String location, Map<String, @Nullable Object> lock) {
    Json.object(lock.get("dependencies"))
        .forEach(
            (name, value) -> {
              var child = Json.object(value);
              String at = (location.isEmpty() ? "" : location + "/") + "node_modules/" + name;
              children(add(at, name, child), child);
            });
  }

  /** Adds an entry; returns where its own dependencies lie, which for a link is its target. */
  private String add(String location, String name, Map<String, @Nullable Object> lock) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    entries.put(location, entry);
    var spec = spec(name, lock);
    if (spec != null && spec.type() == PackageSpec.Type.DIRECTORY) {
      String target = project.relativize(Path.of(spec.fetch())).toString();
      entry.put("link", true);
      entry.put("resolved", target);
      entries.computeIfAbsent(target, t -> dependencies(lock));
      return target;
    }
    entry.putAll(dependencies(lock));
    for (String flag : List.of("dev", "optional")) {
      if (Boolean.TRUE.equals(lock.get(flag))) {
        entry.put(flag, true);
      }
    }
    if (Boolean.TRUE.equals(lock.get("bundled"))) {
      entry.put("inBundle", true);
    }
    if (lock.get("integrity") instanceof String integrity) {
      entry.put("integrity", integrity);
    }
    if (spec == null) {
      return location;
    }
    switch (spec.type()) {
      case GIT -> entry.put("resolved", spec.fetch());
      case FILE -> entry.put("resolved", "file:" + project.relativize(Path.of(spec.fetch())));
      case REMOTE -> entry.put("resolved", spec.fetch());
      default -> {
        var target = spec.registrySpec();
        if (spec.type() == PackageSpec.Type.ALIAS) {
          entry.put("name", target.name());
        }
        entry.put("version", target.fetch());
        if (lock.get("resolved") instanceof String resolved) {
          entry.put("resolved", resolved);
        }
      }
    }
    return location;
  }

  private @Nullable PackageSpec spec(String name, Map<String, @Nullable Object> lock) {
    for (String key : List.of("version", "from", "resolved")) {
      String text = Json.string(lock.get(key));
      if (!text.isEmpty()) {
        try {
          return PackageSpec.resolve(name, text, project);
        } catch (NpmException e) {
          // the next one may say it better
        }
      }
    }
    return null;
  }

  private static Map<String, @Nullable Object> dependencies(Map<String, @Nullable Object> lock) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    var requires = Json.strings(lock.get("requires"));
    if (!requires.isEmpty()) {
      entry.put("dependencies", new LinkedHashMap<String, @Nullable Object>(requires));
    }
    return entry;
  }

  /** The outermost of bundled packages belong to the package around them. */
  private void nameBundles() {
    for (var e : List.copyOf(entries.entrySet())) {
      String location = e.getKey();
      int at = location.lastIndexOf("/node_modules/");
      var parent = at < 0 ? null : entries.get(location.substring(0, at));
      if (parent == null
          || !Boolean.TRUE.equals(e.getValue().get("inBundle"))
          || Boolean.TRUE.equals(parent.get("inBundle"))) {
        continue;
      }
      String name = location.substring(at + "/node_modules/".length());
      if (Json.object(parent.get("dependencies")).containsKey(name)) {
        var bundled = new ArrayList<@Nullable Object>();
        if (parent.get("bundleDependencies") instanceof List<?> l) {
          bundled.addAll(l);
        }
        bundled.add(name);
        parent.put("bundleDependencies", bundled);
      }
    }
  }

  /**
   * Gives the packages of such a lock file the manifests that it does not have: bins, engines,
   * peers and the like.
   */
  public static void complete(Node root, ManifestSource source, Set<String> warnings) {
    warnings.add(
        "old lockfile: package-lock.json was made by an old version of npm, so metadata that it does not have "
            + "was fetched from the registry. This happens once.");
    var nodes =
        root.inventory().stream()
            .filter(n -> !n.isLink() && n.location().startsWith("node_modules/"))
            .toList();
    for (Node n : nodes) {
      if (!n.version().isEmpty()) {
        source.prefetch(n.packageName().isEmpty() ? n.name : n.packageName(), n.version());
      }
    }
    for (Node n : nodes) {
      try {
        var found = source.manifest(PackageSpec.resolve(specName(n), specText(n), root.path()));
        n.reloadManifest(new Manifest(found.content, n.integrity, n.resolved));
        n.hasShrinkwrap = found.hasShrinkwrap();
        n.integrity = n.integrity != null ? n.integrity : found.integrity;
        n.resolved = n.resolved != null ? n.resolved : found.resolved;
      } catch (NpmException e) {
        warnings.add(
            "old lockfile: Could not fetch metadata for " + n.id() + ": " + e.getMessage());
      }
    }
    DependencyFlags.calculate(root);
  }

  private static String specName(Node n) {
    return n.packageName().isEmpty() ? n.name : n.packageName();
  }

  private static String specText(Node n) {
    String resolved = n.resolved;
    return resolved != null && (n.version().isEmpty() || resolved.startsWith("file:"))
        ? resolved
        : n.version();
  }

  /** The {@code dependencies} of a tree. */
  static @Nullable Map<String, @Nullable Object> dependencies(Node root, boolean omitResolved) {
    return children(root, root, omitResolved, List.of());
  }

  private static @Nullable Map<String, @Nullable Object> children(
      Node root, Node node, boolean omitResolved, List<Path> above) {
    var path = new ArrayList<>(above);
    path.add(node.realpath());
    var result = new LinkedHashMap<String, @Nullable Object>();
    for (Node child : node.target().children()) {
      if (!above.contains(child.realpath()) && !(child.inert && child.version().isEmpty())) {
        result.put(child.name, entry(root, child, omitResolved, path));
      }
    }
    return result.isEmpty() ? null : result;
  }

  private static Map<String, @Nullable Object> entry(
      Node root, Node node, boolean omitResolved, List<Path> path) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    var spec = spec(node);
    var type = spec == null ? PackageSpec.Type.VERSION : spec.type();
    String resolved = node.resolved;
    boolean git = type == PackageSpec.Type.GIT || resolved != null && resolved.startsWith("git+");
    boolean archive = type == PackageSpec.Type.FILE || type == PackageSpec.Type.REMOTE;
    if (node.isLink()) {
      entry.put("version", "file:" + root.path().relativize(node.realpath()));
    } else if (archive && spec != null) {
      entry.put("version", spec.save());
    } else if (git) {
      entry.put("version", resolved);
      if (spec != null) {
        entry.put("from", spec.toString());
      }
    } else if (!node.packageName().isEmpty() && !node.packageName().equals(node.name)) {
      entry.put("version", "npm:" + node.packageName() + "@" + node.version());
    } else if (!node.version().isEmpty()) {
      entry.put("version", node.version());
    }
    put(entry, "bundled", node.isInDependencyBundle());
    if (resolved != null
        && !node.isLink()
        && !git
        && !archive
        && !resolved.startsWith("file:")
        && type != PackageSpec.Type.DIRECTORY
        && !omitResolved) {
      entry.put("resolved", resolved);
    }
    if (node.integrity != null) {
      entry.put("integrity", node.integrity);
    }
    if (node.extraneous) {
      entry.put("extraneous", true);
    } else if (!node.isLink()) {
      put(entry, "peer", node.peer);
      put(entry, "devOptional", node.devOptional && !node.dev && !node.optional);
      put(entry, "dev", node.dev);
      put(entry, "optional", node.optional);
    }
    if (!node.target().edgesOut().isEmpty()) {
      entry.put("requires", requires(node));
    }
    var children = children(root, node, omitResolved, path);
    if (children != null) {
      entry.put("dependencies", children);
    }
    return entry;
  }

  private static Map<String, @Nullable Object> requires(Node node) {
    var requires = new LinkedHashMap<String, @Nullable Object>();
    for (Edge e : node.target().edgesOut()) {
      if (e.isPeer()) {
        continue;
      }
      String spec = e.spec();
      requires.put(
          e.name,
          spec.startsWith("file:")
              ? "file:"
                  + node.realpath()
                      .relativize(node.realpath().resolve(spec.substring(5)).normalize())
              : spec);
    }
    return requires;
  }

  /** What the dependent nearest to the project asks for. */
  private static @Nullable PackageSpec spec(Node node) {
    Comparator<Edge> order =
        Comparator.<Edge>comparingInt(e -> parts(e).length)
            .thenComparing(e -> parts(e)[parts(e).length - 1], LocaleOrder.ORDER);
    return node.edgesIn().stream()
        .filter(Edge::isValid)
        .min(order)
        .map(e -> e.parse(e.spec()))
        .orElse(null);
  }

  private static String[] parts(Edge e) {
    return e.from.location().split("node_modules", -1);
  }

  private static void put(Map<String, @Nullable Object> entry, String key, boolean value) {
    if (value) {
      entry.put(key, true);
    }
  }
}
