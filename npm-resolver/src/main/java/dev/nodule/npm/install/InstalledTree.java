package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.DependencyFlags;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a project has installed: from the hidden lock file in node_modules, or from the packages
 * themselves where there is none.
 *
 * @param packageJson the project's own file
 */
public record InstalledTree(Node root, PackageJsonFile packageJson) {

  public static InstalledTree load(Path project, boolean legacyPeerDeps, boolean global) {
    var packageJson = global ? PackageJsonFile.global(project) : PackageJsonFile.read(project);
    var root =
        Node.project(
            project,
            new Manifest(packageJson.content),
            Workspaces.of(project, packageJson.content.get("workspaces")),
            legacyPeerDeps);
    Map<String, Map<String, @Nullable Object>> entries;
    try {
      entries = LockFile.read(project.resolve("node_modules/.package-lock.json"));
    } catch (NpmException e) {
      entries = null;
    }
    entries = entries == null ? new LinkedHashMap<>() : entries;
    // What was taken away or put there by hand since counts as it is.
    entries
        .entrySet()
        .removeIf(
            e ->
                e.getKey().contains("node_modules/")
                    && !Files.exists(project.resolve(e.getKey()), LinkOption.NOFOLLOW_LINKS));
    for (String location : List.copyOf(entries.keySet())) {
      scan(project.resolve(location), location, entries);
    }
    scan(project, "", entries);
    LockFile.load(root, entries);
    DependencyFlags.calculate(root);
    return new InstalledTree(root, packageJson);
  }

  private static void scan(
      Path folder, String location, Map<String, Map<String, @Nullable Object>> entries) {
    Path modules = folder.resolve("node_modules");
    for (String name : IdealTreeBuilder.packageNames(modules)) {
      Path path = modules.resolve(name);
      String at = (location.isEmpty() ? "" : location + "/") + "node_modules/" + name;
      if (entries.containsKey(at)
          || Files.isSymbolicLink(path)
          || !Files.exists(path.resolve("package.json"))) {
        continue;
      }
      entries.put(
          at, new LinkedHashMap<>(Json.object(Manifest.readContent(path.resolve("package.json")))));
      scan(path, at, entries);
    }
  }

  /** The installed packages, without the project. */
  public List<Node> packages() {
    return root.inventory().stream().filter(n -> n != root && !n.inert).toList();
  }
}
