package dev.nodule.builder.format;

import dev.nodule.builder.Application;
import dev.nodule.builder.image.FileTree;
import dev.nodule.builder.java.JdkFinder;
import dev.nodule.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an image is made of, for scanners: CycloneDX 1.6. */
public final class Sbom {
  /** In every image. */
  public static final String FILE = "sbom.cdx.json";

  private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][^/]*?)(?:-linux.*)?\\.jar");

  private Sbom() {}

  /** Writes the list into an image. */
  public static void write(Path image, Application application, Instant time) throws IOException {
    List<Object> components = new ArrayList<>();
    components.add(
        component("platform", "OpenJDK", JdkFinder.version(image.resolve("java")), null));
    for (Path file : FileTree.entries(image)) {
      String name = String.valueOf(file.getFileName());
      Matcher jar = JAR.matcher(name);
      if (jar.matches()) {
        String version = jar.group(2);
        components.add(
            component(
                "library", jar.group(1), version, "pkg:generic/" + jar.group(1) + "@" + version));
      } else if (name.equals("package.json") && isPackage(image.relativize(file).toString())) {
        Map<String, @Nullable Object> json = read(file);
        String packageName = Json.string(json.get("name"));
        String version = Json.string(json.get("version"));
        if (!packageName.isEmpty() && !version.isEmpty()) {
          components.add(
              component(
                  "library",
                  packageName,
                  version,
                  "pkg:npm/" + packageName.replace("@", "%40") + "@" + version));
        }
      }
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("timestamp", time.toString());
    metadata.put(
        "component", component("application", application.name(), application.version(), null));
    Map<String, @Nullable Object> bom = new LinkedHashMap<>();
    bom.put("bomFormat", "CycloneDX");
    bom.put("specVersion", "1.6");
    bom.put("version", 1);
    bom.put("metadata", metadata);
    bom.put("components", components);
    Files.write(
        image.resolve(FILE), (Json.write(bom, "  ") + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPackage(String path) {
    return path.matches("app/(.*/)?node_modules/(@[^/]+/)?[^/]+/package\\.json");
  }

  private static Map<String, @Nullable Object> read(Path file) {
    try {
      return Json.object(Json.parse(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static Map<String, @Nullable Object> component(
      String type, String name, String version, @Nullable String purl) {
    Map<String, @Nullable Object> component = new LinkedHashMap<>();
    component.put("type", type);
    component.put("name", name);
    component.put("version", version);
    if (purl != null) {
      component.put("purl", purl);
    }
    return component;
  }
}
