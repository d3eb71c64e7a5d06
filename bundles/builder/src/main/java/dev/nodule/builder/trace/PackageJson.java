package dev.nodule.builder.trace;

import dev.nodule.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package.json as resolution sees it.
 *
 * @param folder where it lies
 * @param fields its content; empty if it is no JSON object
 */
record PackageJson(Path folder, Map<String, @Nullable Object> fields) {
  /** Reads each file once. */
  static final class Cache {
    private final Map<Path, Optional<PackageJson>> known = new HashMap<>();

    /** The package.json of this folder; null if there is none. */
    @Nullable PackageJson in(Path folder) {
      return known.computeIfAbsent(folder, Cache::read).orElse(null);
    }

    /** The package.json whose scope a file lies in: the nearest one up to node_modules. */
    @Nullable PackageJson scopeOf(Path file) {
      for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
        if (folder.endsWith("node_modules")) {
          return null;
        }
        PackageJson found = in(folder);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private static Optional<PackageJson> read(Path folder) {
      Path file = folder.resolve("package.json");
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new PackageJson(folder, Json.object(Json.parse(Files.readAllBytes(file)))));
      } catch (IOException e) {
        return Optional.of(new PackageJson(folder, Map.of()));
      }
    }
  }

  @Nullable String text(String field) {
    return fields.get(field) instanceof String text ? text : null;
  }

  boolean isModuleType() {
    return "module".equals(text("type"));
  }

  boolean hasType() {
    return text("type") != null;
  }
}
