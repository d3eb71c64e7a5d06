package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links in node_modules/.bin to the commands of packages. */
final class BinLinks {
  private BinLinks() {}

  /** Where the commands of a package are linked. */
  static Path folder(Node node, @Nullable Path globalBin) {
    Node parent = node.parent() == null ? node : node.parent();
    return globalBin != null && parent.isProjectRoot()
        ? globalBin
        : parent.path().resolve("node_modules/.bin");
  }

  static void create(Node node, Path folder, @Nullable TreeMoves shared, boolean force)
      throws IOException {
    Map<String, String> bins = node.manifest.bin();
    if (bins.isEmpty()) {
      return;
    }
    Files.createDirectories(folder);
    for (var bin : bins.entrySet()) {
      Path target = node.path().resolve(bin.getValue()).normalize();
      if (!target.startsWith(node.path()) || !Files.isRegularFile(target)) {
        continue;
      }
      makeExecutable(target);
      Path link = folder.resolve(bin.getKey());
      Path relative = folder.relativize(target);
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(relative)) {
        continue;
      }
      if (shared != null) {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !force) {
          throw new NpmException(
              "EEXIST",
              "file already exists: " + link + "\nRemove it, or overwrite it with --force.");
        }
        shared.changing(link);
      }
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, relative);
    }
  }

  /**
   * Removes links from a folder that others use too: those whose command lay in these modules and
   * is gone.
   */
  static void sweepShared(Path folder, Path modules, TreeMoves moves) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var links = Files.newDirectoryStream(folder, Files::isSymbolicLink)) {
      for (Path link : links) {
        if (!Files.exists(link)
            && folder.resolve(Files.readSymbolicLink(link)).normalize().startsWith(modules)) {
          moves.changing(link);
          Files.delete(link);
        }
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    unixLineEnd(file);
    var permissions = Files.getPosixFilePermissions(file);
    var all =
        EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);
    if (!permissions.containsAll(all)) {
      permissions.addAll(all);
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  /**
   * A first line that ends as on Windows names no interpreter elsewhere; a new file, as the old one
   * is shared.
   */
  private static void unixLineEnd(Path file) throws IOException {
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(2048);
    }
    String head = new String(start, StandardCharsets.ISO_8859_1);
    int end = head.indexOf('\n');
    if (!head.startsWith("#!") || end < 1 || head.charAt(end - 1) != '\r') {
      return;
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Path fresh = Files.createTempFile(file.getParent(), ".nodule-", "");
    Files.writeString(
        fresh, text.substring(0, end - 1) + text.substring(end), StandardCharsets.ISO_8859_1);
    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes links whose command is gone. */
  static void sweep(Path modules) throws IOException {
    Path folder = modules.resolve(".bin");
    if (!Files.isDirectory(folder)) {
      return;
    }
    boolean empty = true;
    try (var links = Files.newDirectoryStream(folder)) {
      for (Path link : links) {
        if (Files.isSymbolicLink(link) && !Files.exists(link)) {
          Files.delete(link);
        } else {
          empty &= !Files.exists(link, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
    if (empty) {
      Files.delete(folder);
    }
  }
}
