package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as it lies in a file, read whole: what happens to the file later does not matter.
 *
 * @param name for messages
 * @param isModule whether it provides a core module
 * @param sources the JavaScript by its path in the jar
 * @param classes names of all classes
 * @param content its {@link ContentDigest}
 * @param signers who has signed every entry; empty if one entry has no signature
 * @param container the update that it came in; null if it came alone
 */
record ModuleJar(
    String name,
    byte[] bytes,
    String sha256,
    String symbolicName,
    String version,
    boolean isModule,
    Map<String, String> sources,
    List<String> classes,
    String content,
    List<CodeSigner> signers,
    @Nullable Container container) {
  private static final long MAXIMUM_BYTES = 256L << 20;

  /**
   * A file of several bundles, whose signature is theirs.
   *
   * @param file its name where it is kept
   */
  record Container(String file, byte[] bytes) {}

  /** Reads the bundle of a core module. */
  static ModuleJar read(Path file) throws ModuleOperationException {
    ModuleJar jar = readBundle(file);
    if (!jar.isModule()) {
      throw notAModule(
          jar.name()
              + " provides no core module: it has no capability nodule.module"
              + " (bundles of services go into the folder of --module-dir)");
    }
    return jar;
  }

  /** Reads a bundle of any kind. */
  static ModuleJar readBundle(Path file) throws ModuleOperationException {
    String name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
    try {
      if (!Files.isRegularFile(file)) {
        throw notAModule(file + " is not a file");
      }
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw notAModule(file + " is larger than " + (MAXIMUM_BYTES >> 20) + " MiB");
      }
      byte[] bytes = Files.readAllBytes(file);
      return Scratch.read(bytes, jar -> read(name, bytes, jar));
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      throw notAModule(name + " cannot be read as a jar: " + e.getMessage());
    }
  }

  /** The bundle of a core module in an update, signed as the update is. */
  static ModuleJar of(String name, byte[] bytes, Container container, List<CodeSigner> signers)
      throws ModuleOperationException {
    try {
      ModuleJar jar = Scratch.read(bytes, open -> read(name, bytes, open));
      if (!jar.isModule) {
        throw notAModule(name + " provides no core module");
      }
      return new ModuleJar(
          jar.name,
          jar.bytes,
          jar.sha256,
          jar.symbolicName,
          jar.version,
          jar.isModule,
          jar.sources,
          jar.classes,
          jar.content,
          signers,
          container);
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      throw notAModule(name + " cannot be read as a jar: " + e.getMessage());
    }
  }

  private static ModuleJar read(String name, byte[] bytes, JarFile jar)
      throws IOException, ModuleOperationException {
    Manifest manifest = jar.getManifest();
    Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String symbolicName = headers.getValue("Bundle-SymbolicName");
    String version = headers.getValue("Bundle-Version");
    String capabilities = headers.getValue("Provide-Capability");
    if (symbolicName == null || version == null) {
      throw notAModule(
          name + " is not an OSGi bundle: it has no Bundle-SymbolicName or no Bundle-Version");
    }
    Map<String, String> sources = new HashMap<>();
    List<String> classes = new ArrayList<>();
    EntrySigners signers = new EntrySigners();
    ContentDigest digest = new ContentDigest();
    for (JarEntry entry : Collections.list(jar.entries())) {
      byte[] content;
      try (InputStream in = jar.getInputStream(entry)) {
        content = in.readAllBytes();
      }
      String path = entry.getName();
      if (path.endsWith(".js")) {
        sources.put(path, new String(content, StandardCharsets.UTF_8));
      } else if (path.endsWith(".class") && !path.startsWith("META-INF/")) {
        classes.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
      }
      signers.add(entry);
      digest.add(path, content);
    }
    return new ModuleJar(
        name,
        bytes,
        sha256(bytes),
        symbolicName.split(";")[0].trim(),
        version.trim(),
        capabilities != null && capabilities.contains("nodule.module"),
        sources,
        classes,
        digest.value(),
        signers.all(),
        null);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(ContentDigest.sha256().digest(bytes));
  }

  private static ModuleOperationException notAModule(String message) {
    return new ModuleOperationException(Reason.NOT_A_MODULE, message);
  }
}
