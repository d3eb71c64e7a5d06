package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code nodule new module NAME}: a project that builds a core module of one's own. */
final class NewModule {
  private static final Pattern NAME = Pattern.compile("(?:[a-z][a-z0-9-]*:)?[a-z][a-z0-9_-]*");
  private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");
  private static final String TEMPLATES = "new-module/";
  private static final List<String> RESERVED = List.of("node", "osgi", "nodule", "file", "data");

  /** The words of Java that a name of a module may be. */
  private static final Set<String> KEYWORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do double else enum"
                  + " extends final finally float for goto if implements import instanceof int interface long"
                  + " native new package private protected public return short static strictfp super switch"
                  + " synchronized this throw throws transient try void volatile while true false null")
              .split(" "));

  private final PrintStream out;

  NewModule(PrintStream out) {
    this.out = out;
  }

  /**
   * Writes the project.
   *
   * @param name {@code gpio}, or with a scope {@code acme:gpio}
   * @param directory the project's folder, which is new or empty; null for one in the current
   *     folder with the name without its scope
   */
  void write(String name, @Nullable String directory, boolean json) throws AdminException {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name.split(":")[0])) {
      throw new AdminException(
          "USAGE", "'" + name + "' is no name for a module: as in gpio or acme:gpio");
    }
    String plain = name.substring(name.indexOf(':') + 1);
    Path folder = Path.of(directory == null ? plain : directory);
    Map<String, String> words = words(name, plain);
    Map<String, String> files = files(words);
    try {
      if (Files.exists(folder) && !isEmpty(folder)) {
        throw new AdminException("EXISTS", folder + " is there already and not an empty folder");
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = folder.resolve(file.getValue());
        Files.createDirectories(target.getParent());
        Files.writeString(target, filled(template(file.getKey()), words));
      }
    } catch (FileAlreadyExistsException e) {
      throw new AdminException("EXISTS", e.getFile() + " is in the way");
    } catch (IOException e) {
      throw new AdminException("FAILED", "the project cannot be written: " + e.getMessage());
    }
    if (json) {
      Map<String, @Nullable Object> report = new LinkedHashMap<>();
      report.put("module", name);
      report.put("folder", folder.toAbsolutePath().normalize().toString());
      report.put("files", List.copyOf(files.values()));
      out.println(Json.write(report, ""));
      return;
    }
    out.println("Wrote " + folder + ": require('" + name + "')");
    out.println("  cd " + folder + " && mvn package");
    out.println("  nodule swap PID target/" + words.get("artifact") + "-1.0.0.jar");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /** Templates and where each goes to. */
  private static Map<String, String> files(Map<String, String> words) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("bnd.bnd", "bnd.bnd");
    files.put("README.md", "README.md");
    files.put("gitignore", ".gitignore");
    files.put("Module.java", filled("src/main/java/@packagepath@/@class@.java", words));
    files.put("module.js", filled("src/main/js/@path@.js", words));
    files.put("test.mjs", "src/test/js/test.mjs");
    return files;
  }

  private static Map<String, String> words(String name, String plain) {
    String scope = name.contains(":") ? name.substring(0, name.indexOf(':')) : "";
    String group = scope.isEmpty() ? "dev.example" : "dev.example." + identifier(scope);
    String packageName = group + "." + identifier(plain);
    return Map.of(
        "id",
        name,
        "path",
        name.replace(':', '/'),
        "group",
        group,
        "artifact",
        "module-" + plain,
        "package",
        packageName,
        "packagepath",
        packageName.replace('.', '/'),
        "class",
        className(plain) + "Module",
        "version",
        version(),
        "home",
        System.getProperty("nodule.home", "${env.NODULE_HOME}"));
  }

  /** A name as a part of a package; a keyword of Java gets an underscore. */
  private static String identifier(String name) {
    String word = name.replace('-', '_');
    return KEYWORDS.contains(word) ? word + "_" : word;
  }

  private static String className(String name) {
    return Arrays.stream(name.split("[-_]+"))
        .filter(part -> !part.isEmpty())
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }

  /** The version of the API that lies in this distribution. */
  private static String version() {
    String home = System.getProperty("nodule.home");
    if (home != null) {
      try (var jars = Files.newDirectoryStream(Path.of(home, "lib"), "nodule-api-*.jar")) {
        for (Path jar : jars) {
          String file = String.valueOf(jar.getFileName());
          return file.substring("nodule-api-".length(), file.length() - ".jar".length());
        }
      } catch (IOException e) {
        // An unusual distribution: the version of this source serves.
      }
    }
    return "0.1.0";
  }

  private static String template(String name) throws IOException {
    try (InputStream in = NewModule.class.getResourceAsStream(TEMPLATES + name)) {
      if (in == null) {
        throw new IOException("the template " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String filled(String template, Map<String, String> words) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(words.getOrDefault(place.group(1), place.group())));
  }
}
