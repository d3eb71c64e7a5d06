package dev.nodule.npm.install;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Manifest;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folders that a project's {@code workspaces} patterns name. */
public final class Workspaces {
  private Workspaces() {}

  /** Absolute folders by package name. */
  public static Map<String, String> of(Path project, @Nullable Object field) {
    List<?> patterns =
        field instanceof List<?> l
            ? l
            : Json.object(field).get("packages") instanceof List<?> l ? l : List.of();
    var result = new TreeMap<String, String>();
    for (Object p : patterns) {
      String pattern = String.valueOf(p).replaceFirst("^\\./", "").replaceFirst("/+$", "");
      boolean negated = pattern.startsWith("!");
      var matcher =
          FileSystems.getDefault()
              .getPathMatcher("glob:" + (negated ? pattern.substring(1) : pattern));
      int depth = pattern.contains("**") ? 8 : pattern.split("/").length;
      try (var walk = Files.walk(project, depth)) {
        for (Path folder :
            (Iterable<Path>) walk.filter(f -> !f.toString().contains("node_modules"))::iterator) {
          Path relative = project.relativize(folder);
          if (!matcher.matches(relative) || !Files.exists(folder.resolve("package.json"))) {
            continue;
          }
          String name = Manifest.read(folder).name();
          String key = name.isEmpty() ? String.valueOf(folder.getFileName()) : name;
          if (negated) {
            result.remove(key, folder.toString());
          } else {
            String other = result.put(key, folder.toString());
            if (other != null && !other.equals(folder.toString())) {
              throw new NpmException(
                  "EDUPLICATEWORKSPACE",
                  "must not have multiple workspaces with the same name\n"
                      + "package '"
                      + key
                      + "' has conflicts in the following paths:\n    "
                      + other
                      + "\n    "
                      + folder);
            }
          }
        }
      } catch (IOException e) {
        throw new NpmException("EIO", "cannot read the workspaces of " + project + ": " + e);
      }
    }
    return result;
  }
}
