package dev.nodule.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Other versions of the core modules that were built: their bundles with changes. */
final class ModuleJars {
  private static final Path LIBRARIES = Nodule.LAUNCHER.getParent().getParent().resolve("lib");
  private static final String CAPABILITY = "Provide-Capability";

  private final Manifest manifest;
  private final Map<String, byte[]> entries;
  private final String name;

  private ModuleJars(String name, Manifest manifest, Map<String, byte[]> entries) {
    this.name = name;
    this.manifest = manifest;
    this.entries = entries;
  }

  /** The bundles of all core modules by the modules' names. */
  static Map<String, Path> shipped() throws IOException {
    Map<String, Path> bundles = new TreeMap<>();
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      for (Path file : files.toList()) {
        if (!file.toString().endsWith(".jar")) {
          continue;
        }
        try (JarFile jar = new JarFile(file.toFile())) {
          Manifest manifest = jar.getManifest();
          String capability =
              manifest == null ? null : manifest.getMainAttributes().getValue(CAPABILITY);
          if (capability != null && capability.startsWith("nodule.module;")) {
            bundles.put(capability.replaceAll(".*nodule.module=\"?([a-z0-9_]+)\"?.*", "$1"), file);
          }
        }
      }
    }
    return bundles;
  }

  /** A version of a shipped module, to be changed and written. */
  static ModuleJars of(String module, String version) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (JarFile jar = new JarFile(shipped().get(module).toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          try (InputStream in = jar.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
      Manifest manifest = new Manifest(jar.getManifest());
      Attributes headers = manifest.getMainAttributes();
      headers.putValue("Bundle-Version", version);
      headers.putValue(
          CAPABILITY,
          headers
              .getValue(CAPABILITY)
              .replaceAll("version:Version=\"?[\\d.]+\"?", "version:Version=\"" + version + "\""));
      return new ModuleJars(module, manifest, entries);
    }
  }

  ModuleJars header(String header, String value) {
    manifest.getMainAttributes().putValue(header, value);
    return this;
  }

  /** Adds JavaScript at the end of the module's file {@code id}, which may be new. */
  ModuleJars append(String id, String source) {
    entries.merge(
        "nodule/" + name + "/" + id + ".js",
        ("\n" + source + "\n").getBytes(StandardCharsets.UTF_8),
        (before, added) -> {
          byte[] both = new byte[before.length + added.length];
          System.arraycopy(before, 0, both, 0, before.length);
          System.arraycopy(added, 0, both, before.length, added.length);
          return both;
        });
    return this;
  }

  /** Puts other bytes in the place of all of the module's classes. */
  ModuleJars breakClasses() {
    entries.replaceAll((path, bytes) -> path.endsWith(".class") ? new byte[] {1, 2, 3} : bytes);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String path : List.copyOf(new TreeMap<>(entries).keySet())) {
        jar.putNextEntry(new JarEntry(path));
        jar.write(entries.get(path));
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  String write(Path file) throws IOException {
    Files.write(file, bytes());
    return file.toString();
  }
}
