package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The normalised content of a package.json, wherever it came from: folder, registry, archive or
 * lock file.
 */
public final class Manifest {
  private static final List<String> SCRIPTS = List.of("preinstall", "install", "postinstall");

  public final Map<String, @Nullable Object> content;

  /** Integrity and address of the archive, for manifests of a registry. */
  public final @Nullable String integrity;

  public final @Nullable String resolved;

  public Manifest(
      Map<String, @Nullable Object> content,
      @Nullable String integrity,
      @Nullable String resolved) {
    this.content = normalize(new LinkedHashMap<>(content));
    this.integrity = integrity;
    this.resolved = resolved;
  }

  public Manifest(Map<String, @Nullable Object> content) {
    this(content, null, null);
  }

  public static Manifest read(Path folder) {
    return new Manifest(readContent(folder.resolve("package.json")));
  }

  /** The raw content of a package.json file. */
  public static Map<String, @Nullable Object> readContent(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.of("Could not read package.json", e);
    }
    return parse(bytes, file.toString());
  }

  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> parse(byte[] bytes, String what) {
    try {
      if (Json.parse(bytes) instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String text =
          new String(
              bytes, 0, Math.min(bytes.length, 1 << 20), java.nio.charset.StandardCharsets.UTF_8);
      String hint = text.contains("<<<<<<<") ? " The file has merge conflict markers." : "";
      throw new NpmException(
          "EJSONPARSE", "Invalid JSON in " + what + ": " + message + "." + hint, e);
    }
    throw new NpmException("EJSONPARSE", "Invalid JSON in " + what + ": not an object.");
  }

  private static Map<String, @Nullable Object> normalize(Map<String, @Nullable Object> c) {
    if (!c.containsKey("bundleDependencies") && c.containsKey("bundledDependencies")) {
      c.put("bundleDependencies", c.get("bundledDependencies"));
    }
    c.remove("bundledDependencies");
    if (c.containsKey("bundleDependencies")) {
      Object bundled = c.get("bundleDependencies");
      if (bundled instanceof Boolean all) {
        var names = all ? Json.object(c.get("dependencies")).keySet() : Set.<String>of();
        c.put("bundleDependencies", new ArrayList<>(names));
      } else if (bundled instanceof Map<?, ?> m) {
        c.put("bundleDependencies", new ArrayList<>(m.keySet()));
      } else if (!(bundled instanceof List<?>)) {
        c.remove("bundleDependencies");
      }
    }
    if (c.get("dependencies") instanceof Map<?, ?> deps
        && c.get("optionalDependencies") instanceof Map<?, ?> opt) {
      var copy = new LinkedHashMap<String, @Nullable Object>(Json.object(deps));
      copy.keySet().removeAll(opt.keySet());
      if (copy.isEmpty()) {
        c.remove("dependencies");
      } else {
        c.put("dependencies", copy);
      }
    }
    if (c.get("funding") instanceof String url && !url.isEmpty()) {
      c.put("funding", new LinkedHashMap<>(Map.of("url", url)));
    }
    normalizeBin(c);
    return c;
  }

  private static void normalizeBin(Map<String, @Nullable Object> c) {
    // No switch over types: what it compiles to is linked anew at each start.
    var bins = new LinkedHashMap<String, @Nullable Object>();
    Object bin = c.get("bin");
    if (bin == null) {
      c.remove("bin");
      return;
    } else if (bin instanceof String s) {
      if (!s.isEmpty() && !Json.string(c.get("name")).isEmpty()) {
        bins.put(Json.string(c.get("name")), s);
      }
    } else if (bin instanceof List<?> list) {
      list.forEach(v -> bins.put(baseName(String.valueOf(v)), v));
    } else if (bin instanceof Map<?, ?> map) {
      bins.putAll(Json.object(map));
    }
    var clean = new LinkedHashMap<String, @Nullable Object>();
    bins.forEach(
        (k, v) -> {
          String name = baseName(k.replace('\\', '/').replace(':', '/'));
          String target = v instanceof String s ? inside(s) : "";
          if (!name.isEmpty() && !name.equals("..") && !name.equals(".") && !target.isEmpty()) {
            clean.put(name, target);
          }
        });
    if (clean.isEmpty()) {
      c.remove("bin");
    } else {
      c.put("bin", clean);
    }
  }

  private static String baseName(String s) {
    return s.substring(s.lastIndexOf('/') + 1);
  }

  /** The path as seen from a root that {@code ..} cannot leave. */
  private static String inside(String path) {
    var parts = new ArrayList<String>();
    String p = path.replace('\\', '/');
    for (String part : p.split("/")) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts) + (p.endsWith("/") && !parts.isEmpty() ? "/" : "");
  }

  public @Nullable Object get(String key) {
    return content.get(key);
  }

  public String name() {
    return Json.string(content.get("name"));
  }

  public String version() {
    return Json.string(content.get("version"));
  }

  public Map<String, String> dependencies(String kind) {
    return content.get(kind) instanceof Map<?, ?> m && !m.isEmpty() ? Json.strings(m) : Map.of();
  }

  @SuppressWarnings("unchecked")
  public List<String> bundled() {
    return content.get("bundleDependencies") instanceof List<?> l ? (List<String>) l : List.of();
  }

  public boolean isOptionalPeer(String name) {
    return Boolean.TRUE.equals(
        Json.object(Json.object(content.get("peerDependenciesMeta")).get(name)).get("optional"));
  }

  public boolean hasInstallScript() {
    if (Boolean.TRUE.equals(content.get("hasInstallScript"))) {
      return true;
    }
    var scripts = Json.object(content.get("scripts"));
    for (String script : SCRIPTS) {
      if (scripts.get(script) instanceof String text && !text.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  public boolean hasShrinkwrap() {
    return Boolean.TRUE.equals(content.get("_hasShrinkwrap"))
        || Boolean.TRUE.equals(content.get("hasShrinkwrap"));
  }

  public Map<String, String> bin() {
    return dependencies("bin"); // of the same form: names and texts
  }
}
