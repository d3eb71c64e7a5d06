package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** package-lock.json and its hidden copy in node_modules: read into a tree, written from one. */
public final class LockFile {
  private static final List<String> MANIFEST_KEYS =
      List.of(
          "version",
          "dependencies",
          "peerDependencies",
          "peerDependenciesMeta",
          "optionalDependencies",
          "bundleDependencies",
          "acceptDependencies",
          "funding",
          "engines",
          "os",
          "cpu",
          "libc",
          "license",
          "hasInstallScript",
          "bin",
          "deprecated",
          "workspaces");

  private LockFile() {}

  /**
   * What a lock file says.
   *
   * @param version the form it is written in; of version 1, {@code entries} have no more than that
   *     has
   * @param entries by location
   */
  public record Content(int version, Map<String, Map<String, @Nullable Object>> entries) {}

  /** The entries of a lock file by location, or null when there is none that can be used. */
  public static @Nullable Map<String, Map<String, @Nullable Object>> read(Path file) {
    var content = readContent(file);
    return content == null ? null : content.entries;
  }

  /**
   * A lock file of any version, also one that git left with conflict markers; null where none is.
   */
  public static @Nullable Content readContent(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw FileFailure.of("cannot read " + file, e);
    }
    var content = parse(bytes, file.toString());
    int version = content.get("lockfileVersion") instanceof Number n ? n.intValue() : 1;
    if (content.get("packages") instanceof Map<?, ?> packages) {
      return new Content(Math.max(2, version), entries(Json.object(packages)));
    }
    if (!(content.get("dependencies") instanceof Map<?, ?>)) {
      return null;
    }
    Path project = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    var entries = LegacyLock.entries(content, project);
    // Version 1 also names what a linked folder outside has: that is not this project's to install.
    entries.keySet().removeIf(LockFile::isOutside);
    return new Content(1, entries);
  }

  private static Map<String, @Nullable Object> parse(byte[] bytes, String what) {
    try {
      return Manifest.parse(bytes, what);
    } catch (NpmException e) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (LockConflict.isIn(text)) {
        return LockConflict.resolve(text, what);
      }
      throw e;
    }
  }

  private static Map<String, Map<String, @Nullable Object>> entries(
      Map<String, @Nullable Object> packages) {
    var result = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    packages.forEach(
        (location, entry) -> {
          if (isOutside(location)) {
            throw new NpmException(
                "EINVALIDLOCK", "The lock file has a location outside of the project: " + location);
          }
          result.put(location, Json.object(entry));
        });
    return result;
  }

  /** A link may lead out of the project; what is installed may not lie there. */
  private static boolean isOutside(String location) {
    return location.startsWith("/")
        || ("/" + location + "/").contains("/../") && location.contains("node_modules");
  }

  /** Adds the entries of a lock file to a project's root. */
  public static void load(Node root, Map<String, Map<String, @Nullable Object>> entries) {
    var byLocation = new HashMap<String, Node>();
    byLocation.put("", root);
    // Folders first, then links to them, then node_modules from the top down.
    for (var e : entries.entrySet()) {
      String location = e.getKey();
      if (!location.isEmpty() && !isModule(location)) {
        Node target =
            Node.linkTarget(
                root.path().resolve(location).normalize(),
                folderManifest(root, location, e.getValue()),
                root.legacyPeerDeps);
        byLocation.put(location, target);
      }
    }
    var locations = new ArrayList<>(entries.keySet().stream().filter(LockFile::isModule).toList());
    locations.sort((a, b) -> a.length() - b.length());
    for (boolean links : new boolean[] {true, false}) {
      for (String location : locations) {
        var entry = entries.get(location);
        if (entry == null || Boolean.TRUE.equals(entry.get("link")) != links) {
          continue;
        }
        int at = location.lastIndexOf("node_modules/");
        Node parent = byLocation.get(at == 0 ? "" : location.substring(0, at - 1));
        if (parent == null) {
          continue; // an entry below one that is missing
        }
        String name = location.substring(at + "node_modules/".length());
        if (!PackageSpec.isValidName(name)) {
          throw new NpmException(
              "EINVALIDLOCK", "The lock file has an entry with an invalid name: " + location);
        }
        if (links) {
          String resolved = Json.string(entry.get("resolved"));
          Node target = byLocation.get(resolved);
          if (target == null) {
            Path folder = root.path().resolve(resolved).normalize();
            Manifest m =
                Files.exists(folder.resolve("package.json"))
                    ? Manifest.read(folder)
                    : new Manifest(Map.of());
            target = Node.linkTarget(folder, m, root.legacyPeerDeps);
            byLocation.put(resolved, target);
          }
          byLocation.put(location, Node.link(name, target, parent));
        } else {
          Node node = Node.of(name, manifest(name, entry), parent, root.legacyPeerDeps);
          flags(node, entry);
          byLocation.put(location, node);
        }
      }
    }
  }

  private static void flags(Node node, Map<String, @Nullable Object> entry) {
    node.dev = is(entry, "dev");
    node.optional = is(entry, "optional");
    node.devOptional = is(entry, "devOptional") || node.dev || node.optional;
    node.peer = is(entry, "peer");
    node.extraneous = is(entry, "extraneous");
  }

  private static boolean is(Map<String, @Nullable Object> entry, String flag) {
    return Boolean.TRUE.equals(entry.get(flag));
  }

  private static boolean isModule(String location) {
    return location.startsWith("node_modules/") || location.contains("/node_modules/");
  }

  /** A folder outside of node_modules is what its own package.json says now. */
  private static Manifest folderManifest(
      Node root, String location, Map<String, @Nullable Object> entry) {
    Path folder = root.path().resolve(location);
    return Files.exists(folder.resolve("package.json"))
        ? Manifest.read(folder)
        : manifest(location.substring(location.lastIndexOf('/') + 1), entry);
  }

  private static Manifest manifest(String name, Map<String, @Nullable Object> entry) {
    var content = new LinkedHashMap<>(entry);
    content.putIfAbsent("name", name);
    String integrity = Json.string(content.remove("integrity"));
    String resolved = Json.string(content.remove("resolved"));
    return new Manifest(content, integrity.isEmpty() ? null : integrity, resolved);
  }

  static Map<String, @Nullable Object> entry(Node node, boolean omitResolved) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    if (node.isLink()) {
      entry.put("resolved", node.root().path().relativize(node.realpath()).toString());
      entry.put("link", true);
      return entry;
    }
    for (String key : MANIFEST_KEYS) {
      Object value = node.manifest.get(key);
      if (key.equals("license")
          && value instanceof Map<?, ?> m
          && m.get("type") instanceof String type) {
        value = type;
      }
      if (!isEmpty(value)) {
        entry.put(key, value);
      }
    }
    String name = node.packageName();
    if (!name.isEmpty()
        && (node == node.root() || !name.equals(node.name) || !folderName(node).equals(name))) {
      entry.put("name", name);
    }
    if (node.isTop() && !node.manifest.dependencies("devDependencies").isEmpty()) {
      entry.put("devDependencies", node.manifest.get("devDependencies"));
    }
    if (node.integrity != null) {
      entry.put("integrity", node.integrity);
    }
    if (node.isInBundle()) {
      entry.put("inBundle", true);
    }
    if (node.hasShrinkwrap) {
      entry.put("hasShrinkwrap", true);
    }
    if (node.manifest.hasInstallScript()) {
      entry.put("hasInstallScript", true);
    }
    if (node.resolved != null && !(omitResolved && node.isRegistryDependency())) {
      entry.put("resolved", relativeFile(node));
    }
    if (node.extraneous) {
      entry.put("extraneous", true);
    } else {
      put(entry, "peer", node.peer);
      put(entry, "dev", node.dev);
      put(entry, "optional", node.optional);
      put(entry, "devOptional", node.devOptional && !node.dev && !node.optional);
    }
    return entry;
  }

  private static String relativeFile(Node node) {
    String resolved = String.valueOf(node.resolved);
    if (!resolved.startsWith("file:/")) {
      return resolved;
    }
    return "file:" + node.root().path().relativize(Path.of(resolved.substring(5)));
  }

  private static String folderName(Node node) {
    if (node.parent() != null) {
      return node.name;
    }
    Path p = node.realpath();
    Path up = p.getParent();
    String base = String.valueOf(p.getFileName());
    return up != null && String.valueOf(up.getFileName()).startsWith("@")
        ? up.getFileName() + "/" + base
        : base;
  }

  private static void put(Map<String, @Nullable Object> entry, String key, boolean value) {
    if (value) {
      entry.put(key, true);
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    // No switch: what it compiles to is linked anew at each start.
    return value == null
        || value instanceof String s && s.isEmpty()
        || value instanceof Boolean b && !b
        || value instanceof Map<?, ?> m && m.isEmpty()
        || value instanceof List<?> l && l.isEmpty();
  }
}
