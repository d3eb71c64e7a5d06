package dev.nodule.npm.install;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.IdealTreeBuilder;
import dev.nodule.npm.tree.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A project's package.json: read with its indentation, changed in its dependencies only, written
 * whole.
 */
public final class PackageJsonFile {
  public static final List<String> KINDS =
      List.of("devDependencies", "optionalDependencies", "dependencies", "peerDependencies");

  public final Path file;
  public final Map<String, @Nullable Object> content;
  public final String indent;
  private final String newline;
  private boolean changed;

  private PackageJsonFile(
      Path file, Map<String, @Nullable Object> content, String indent, String newline) {
    this.file = file;
    this.content = content;
    this.indent = indent;
    this.newline = newline;
  }

  public static PackageJsonFile read(Path project) {
    Path file = project.resolve("package.json");
    if (!Files.exists(file)) {
      return new PackageJsonFile(file, new LinkedHashMap<>(), "  ", "\n");
    }
    var content = Manifest.readContent(file);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new NpmException("EJSONPARSE", "package.json is not UTF-8: " + file);
    }
    int brace = text.indexOf('{');
    int line = text.indexOf('\n', brace);
    String indent = "  ";
    if (line >= 0) {
      int end = line + 1;
      while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      if (end > line + 1 && text.substring(brace + 1, line).isBlank()) {
        indent = text.substring(line + 1, end);
      }
    }
    return new PackageJsonFile(file, content, indent, text.contains("\r\n") ? "\r\n" : "\n");
  }

  /**
   * What stands in for the file where packages are installed for everybody: all that is there, and
   * it is never saved.
   */
  static PackageJsonFile global(Path folder) {
    var dependencies = new LinkedHashMap<String, @Nullable Object>();
    for (String name : IdealTreeBuilder.packageNames(folder.resolve("node_modules"))) {
      Path path = folder.resolve("node_modules").resolve(name);
      try {
        dependencies.put(name, Files.isSymbolicLink(path) ? "file:" + path.toRealPath() : "*");
      } catch (IOException e) {
        // a link to a folder that is gone
      }
    }
    var content = new LinkedHashMap<String, @Nullable Object>();
    content.put("dependencies", dependencies);
    return new PackageJsonFile(folder.resolve("package.json"), content, "  ", "\n");
  }

  /**
   * What is wrong with a file whose last value of a key counts, as in npm, and whose other values
   * are lost when it is written; null when every key is there once.
   */
  public static @Nullable String duplicateKey(Path file) {
    try (var p = Json.FACTORY.createParser(Files.readAllBytes(file))) {
      p.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      while (p.nextToken() != null) {
        // each key is compared with those before it
      }
      return null;
    } catch (JsonParseException e) {
      return String.valueOf(e.getOriginalMessage()).contains("Duplicate field")
          ? e.getOriginalMessage() + " in " + file + ", line " + e.getLocation().getLineNr()
          : null;
    } catch (IOException e) {
      return null; // reported by who reads it
    }
  }

  public Map<String, String> dependencies(String kind) {
    return Json.strings(content.get(kind));
  }

  /** The kind of dependency that already names the package; null when none does. */
  public @Nullable String kindOf(String name) {
    return KINDS.stream().filter(k -> dependencies(k).containsKey(name)).findFirst().orElse(null);
  }

  public void set(String kind, String name, String spec) {
    for (String other : List.of("dependencies", "devDependencies", "optionalDependencies")) {
      if (!other.equals(kind)) {
        remove(other, name);
      }
    }
    var sorted = new TreeMap<String, String>(LocaleOrder.ORDER);
    sorted.putAll(dependencies(kind));
    if (!spec.equals(sorted.put(name, spec))) {
      changed = true;
    }
    content.put(kind, new LinkedHashMap<String, @Nullable Object>(sorted));
  }

  public boolean remove(String kind, String name) {
    var map = new LinkedHashMap<String, @Nullable Object>(Json.object(content.get(kind)));
    if (!map.containsKey(name)) {
      return false;
    }
    map.remove(name);
    changed = true;
    if (map.isEmpty()) {
      content.remove(kind);
    } else {
      content.put(kind, map);
    }
    return true;
  }

  /** Sets or, with null, removes a field of its own. */
  public void put(String key, @Nullable Object value) {
    if (value == null) {
      content.remove(key);
    } else {
      content.put(key, value);
    }
    changed = true;
  }

  public boolean isChanged() {
    return changed;
  }

  public String text() {
    return Json.write(content, indent).replace("\n", newline) + newline;
  }

  public void save() throws IOException {
    if (changed) {
      write(file, text());
    }
  }

  /** Writes beside the file and renames, so that no reader and no crash ever meets half of it. */
  public static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path fresh =
        file.resolveSibling("." + file.getFileName() + ".nodule-" + ProcessHandle.current().pid());
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
