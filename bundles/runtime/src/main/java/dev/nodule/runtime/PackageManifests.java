package dev.nodule.runtime;

import dev.nodule.api.Binding;
import dev.nodule.api.ProcessInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before anything of an application runs, whether it has permissions of packages: a
 * program that has none pays a look at the package.json files above it.
 */
final class PackageManifests {
  private static final String NODE_MODULES = "/node_modules/";

  private PackageManifests() {}

  static void natives(Binding binding, ProcessInfo process) {
    binding
        .function(
            "findPackagePermissions",
            1,
            arguments ->
                find(
                    arguments.isString(0) ? process.resolve(arguments.string(0)) : null,
                    process.resolve(".")))
        .function("readFile", 1, arguments -> read(Path.of(arguments.string(0))))
        .function("realpath", 1, arguments -> real(Path.of(arguments.string(0))).toString());
  }

  /**
   * The package.json above a script, or the current folder, that mentions permissions; of a script
   * in a package the one above that.
   */
  private static @Nullable String find(@Nullable Path script, Path currentFolder) {
    Path folder = script == null ? currentFolder : real(script).getParent();
    if (folder != null) {
      int packages = (folder + "/").indexOf(NODE_MODULES);
      folder = packages < 0 ? folder : Path.of(folder.toString().substring(0, packages) + "/");
    }
    for (; folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("package.json");
      String text = file.toFile().isFile() ? read(file) : null;
      if (text != null && text.contains("\"nodule\"") && text.contains("\"permissions\"")) {
        return file.toString();
      }
    }
    return null;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static @Nullable String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return null;
    }
  }
}
