package dev.nodule.npm.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder for the front of a script's PATH, in which {@code node}, {@code npm} and {@code npx} are
 * this Nodule.
 */
final class ScriptShims {
  private ScriptShims() {}

  /** Null where no image of Nodule is known, so that the PATH decides. */
  static @Nullable Path folder(Path cache) {
    Path launcher = launcher();
    if (launcher == null) {
      return null;
    }
    Path folder =
        cache.resolve("npm/shims").resolve(Integer.toHexString(launcher.toString().hashCode()));
    String quoted = ScriptRunner.quote(launcher.toString());
    // As node it takes every word for a program, as Node.js does; as nodule it knows npm's
    // commands.
    var shims =
        Map.of(
            "node",
            "exec " + ScriptRunner.quote(node(launcher).toString()) + " \"$@\"",
            "npm",
            "exec " + quoted + " npm \"$@\"",
            "npx",
            "exec " + quoted + " npm x \"$@\"");
    try {
      Files.createDirectories(folder);
      for (var shim : shims.entrySet()) {
        Path file = folder.resolve(shim.getKey());
        String text = "#!/bin/sh\n" + shim.getValue() + "\n";
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
          Path fresh =
              Files.createTempFile(
                  folder,
                  ".new",
                  "",
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rwxr-xr-x")));
          Files.writeString(fresh, text);
          Files.move(
              fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return folder;
    } catch (IOException e) {
      return launcher.getParent(); // has a node at least
    }
  }

  /** The launcher under Node's own name. */
  static Path node(Path launcher) {
    Path node = launcher.resolveSibling("node");
    return Files.exists(node) ? node : launcher;
  }

  static @Nullable Path launcher() {
    String home = System.getProperty("nodule.home");
    Path launcher = home == null ? null : Path.of(home, "bin", "nodule").toAbsolutePath();
    return launcher != null && Files.isExecutable(launcher) ? launcher : null;
  }
}
