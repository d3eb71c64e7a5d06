package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.PackageJsonFile;
import dev.nodule.npm.install.Workspaces;
import dev.nodule.npm.registry.Registry;
import dev.nodule.npm.tree.LockFile;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code mirror DIR}: all that the lock file needs, as a folder that serves as a registry where
 * there is no network.
 */
final class MirrorCommand implements Command {
  @Override
  public int run(Invocation call) throws IOException {
    if (call.words().size() != 1) {
      throw call.usage("nodule mirror <folder>");
    }
    var entries = LockFile.read(dev.nodule.npm.install.ProjectInstall.lockFile(call.project()));
    if (entries == null) {
      throw new NpmException(
          "EUSAGE", "A mirror is made from package-lock.json. Run `nodule install` to make one.");
    }
    Path folder = Files.createDirectories(call.cwd().resolve(call.words().getFirst()).normalize());
    var packageJson = PackageJsonFile.read(call.project());
    var root =
        Node.project(
            call.project(),
            new Manifest(packageJson.content),
            Workspaces.of(call.project(), packageJson.content.get("workspaces")),
            call.config().flag("legacy-peer-deps"));
    LockFile.load(root, entries);
    var nodes = new TreeMap<String, TreeMap<String, Node>>();
    for (Node n : root.inventory()) {
      if (n != root && !n.isLink() && !n.isInBundle() && n.isRegistryDependency()) {
        nodes
            .computeIfAbsent(
                n.packageName().isEmpty() ? n.name : n.packageName(), k -> new TreeMap<>())
            .put(n.version(), n);
      }
    }
    int archives = 0;
    try (var session = call.session()) {
      for (var e : nodes.entrySet()) {
        Path at = Registry.packumentIn(folder.toUri(), e.getKey());
        Files.createDirectories(at.resolveSibling("-"));
        for (Node n : e.getValue().values()) {
          String base = e.getKey().substring(e.getKey().indexOf('/') + 1);
          Path file = at.resolveSibling("-").resolve(base + "-" + n.version() + ".tgz");
          if (!Files.exists(file)) {
            Files.write(file, session.source.archive(n));
          }
          archives++;
        }
        PackageJsonFile.write(
            at, Json.write(reduced(session.registry.document(e.getKey()), e.getValue()), ""));
      }
    }
    call.out()
        .println(
            "mirrored "
                + archives
                + " archives of "
                + nodes.size()
                + " packages\n"
                + "use it with: nodule install --registry file:"
                + folder);
    return 0;
  }

  /**
   * The document with the mirrored versions only; the tag latest means the highest of them where
   * its own is not there.
   */
  private static LinkedHashMap<String, @Nullable Object> reduced(
      java.util.Map<String, @Nullable Object> document, TreeMap<String, Node> wanted) {
    var versions =
        new LinkedHashMap<String, @Nullable Object>(Json.object(document.get("versions")));
    versions.keySet().retainAll(wanted.keySet());
    var tags = new LinkedHashMap<String, @Nullable Object>(Json.object(document.get("dist-tags")));
    tags.values().retainAll(versions.keySet());
    if (!tags.containsKey("latest") && !versions.isEmpty()) {
      tags.put(
          "latest",
          versions.keySet().stream().max(dev.nodule.npm.semver.Semver::compare).orElseThrow());
    }
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("name", document.get("name"));
    result.put("dist-tags", tags);
    result.put("versions", versions);
    return result;
  }
}
