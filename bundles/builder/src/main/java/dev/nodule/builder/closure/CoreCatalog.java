package dev.nodule.builder.closure;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.apache.felix.utils.resource.ResourceImpl;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.resource.Capability;

/** The core modules that a distribution has, by the capabilities of its bundles. */
public final class CoreCatalog {
  static final String NAMESPACE = "nodule.module";

  private final SortedMap<String, CoreBundle> bundles = new TreeMap<>();
  private final Map<String, String> moduleOfId = new HashMap<>();

  /** Reads the manifests of a distribution's jars. */
  public static CoreCatalog of(Path lib) throws IOException, DistException {
    CoreCatalog catalog = new CoreCatalog();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
      for (Path jar : jars) {
        catalog.add(jar);
      }
    }
    return catalog;
  }

  private void add(Path file) throws IOException, DistException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Map<String, String> headers = headers(jar.getManifest());
      if (!headers.getOrDefault("Provide-Capability", "").contains(NAMESPACE)) {
        return;
      }
      for (Capability capability : resource(file, headers).getCapabilities(NAMESPACE)) {
        String module = String.valueOf(capability.getAttributes().get(NAMESPACE));
        List<String> ids =
            capability.getAttributes().get("nodule.ids") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(module);
        bundles.put(module, new CoreBundle(module, ids, file, headers));
        ids.forEach(id -> moduleOfId.put(id, module));
      }
    }
  }

  /** The headers of a jar. */
  public static Map<String, String> headersOf(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return headers(jar.getManifest());
    }
  }

  static Map<String, String> headers(@Nullable Manifest manifest) {
    Map<String, String> headers = new HashMap<>();
    if (manifest != null) {
      manifest
          .getMainAttributes()
          .forEach((key, value) -> headers.put(key.toString(), value.toString()));
    }
    return headers;
  }

  static ResourceImpl resource(Path jar, Map<String, String> headers) throws DistException {
    try {
      return ResourceBuilder.build(jar.toUri().toString(), headers);
    } catch (BundleException e) {
      throw new DistException(jar + ": " + e.getMessage());
    }
  }

  /** All bundles by the names of their modules. */
  public SortedMap<String, CoreBundle> bundles() {
    return bundles;
  }

  /** The name of the module that has an id; null if none has. */
  public @Nullable String moduleOf(String id) {
    return moduleOfId.get(id);
  }

  /** The module that a user means: by its own name or by an id; null if there is none. */
  public @Nullable String named(String word) {
    return bundles.containsKey(word) ? word : moduleOf(word);
  }

  /** Ids that programs may require without {@code node:}. */
  public Set<String> publicIds() {
    Set<String> ids = new TreeSet<>();
    for (String id : moduleOfId.keySet()) {
      if (!id.startsWith("internal/") && !id.equals("test")) {
        ids.add(id);
      }
    }
    return ids;
  }
}
