package dev.nodule.builder;

import dev.nodule.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application that an image is made of.
 *
 * @param folder real path
 * @param main the file that starts it
 * @param name fit for a command and a package
 */
public record Application(
    Path folder, Path main, String name, Map<String, @Nullable Object> packageJson) {
  /** Finds out what there is to start. */
  static Application of(DistOptions options) throws IOException, DistException {
    if (!Files.isDirectory(options.application)) {
      throw new DistException("--app: " + options.application + " is no folder");
    }
    Path folder = options.application.toRealPath();
    Path file = folder.resolve("package.json");
    Map<String, @Nullable Object> json =
        Files.isRegularFile(file) ? parse(file) : Map.<String, @Nullable Object>of();
    Path main = mainOf(folder, options.main, json);
    refuseMissingPackages(folder, json);
    String name = options.name != null ? options.name : Json.string(json.get("name"));
    if (name.isEmpty()) {
      name = String.valueOf(folder.getFileName());
    }
    String plain =
        name.substring(name.indexOf('/') + 1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9+.-]", "-")
            .replaceFirst("^[^a-z0-9]+", "");
    if (plain.length() < 2 || plain.equals("nodule")) {
      throw new DistException("'" + name + "' cannot be a command's name: give one with --name");
    }
    return new Application(folder, main, plain, json);
  }

  private static Map<String, @Nullable Object> parse(Path file) throws IOException, DistException {
    try {
      return Json.object(Json.parse(Files.readAllBytes(file)));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new DistException(file + " is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Path mainOf(
      Path folder, @Nullable String given, Map<String, @Nullable Object> json)
      throws IOException, DistException {
    String[] candidates =
        given != null
            ? new String[] {given}
            : new String[] {
              Json.string(json.get("main")),
              "index.js",
              "server.js",
              "index.mjs",
              "app.js",
              "main.js"
            };
    for (String candidate : candidates) {
      for (String ending : new String[] {"", ".js", "/index.js"}) {
        Path path = folder.resolve(candidate + ending).normalize();
        if (!candidate.isEmpty() && Files.isRegularFile(path)) {
          if (!path.toRealPath().startsWith(folder)) {
            throw new DistException("--main: " + path + " lies outside of the application");
          }
          return path.toRealPath();
        }
      }
    }
    throw new DistException(
        given != null
            ? "--main: " + folder.resolve(given) + " is no file"
            : folder
                + " has no \"main\" in its package.json and no index.js: name the file with --main");
  }

  /** An image of what happens to be installed is no image of the application. */
  private static void refuseMissingPackages(Path folder, Map<String, @Nullable Object> json)
      throws DistException {
    for (String name : Json.strings(json.get("dependencies")).keySet()) {
      boolean found = false;
      for (Path at = folder; at != null && !found; at = at.getParent()) {
        found = Files.isDirectory(at.resolve("node_modules").resolve(name));
      }
      if (!found) {
        throw new DistException(
            "the dependency '"
                + name
                + "' is not installed: run nodule ci (or npm ci) in "
                + folder
                + " first");
      }
    }
  }

  /** The version in package.json. */
  public String version() {
    String version = Json.string(packageJson.get("version"));
    return version.isEmpty() ? "0.0.0" : version;
  }

  /** What package.json says of it, or its name. */
  public String description() {
    String description = Json.string(packageJson.get("description"));
    return description.isEmpty() ? name + ", on Nodule" : description;
  }
}
