package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

/**
 * A bundle as it lies in a file, read whole: what happens to the file later does not matter.
 *
 * @param name for messages
 * @param isModule whether it provides a core module
 * @param sources the JavaScript by its path in the jar
 * @param classes names of all classes
 * @param signers who has signed every entry; empty if one entry has no signature
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
    List<CodeSigner> signers) {
  private static final long MAXIMUM_BYTES = 256L << 20;

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
      Path copy = Files.createTempFile("nodule-", ".jar");
      try {
        Files.write(copy, bytes);
        return read(name, bytes, copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      throw notAModule(name + " cannot be read as a jar: " + e.getMessage());
    }
  }

  private static ModuleJar read(String name, byte[] bytes, Path copy)
      throws IOException, ModuleOperationException {
    try (JarFile jar = new JarFile(copy.toFile(), true)) {
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
      List<CodeSigner> signers = null;
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
        if (!entry.isDirectory() && !path.startsWith("META-INF/")) {
          CodeSigner[] own = entry.getCodeSigners();
          List<CodeSigner> found = own == null ? List.of() : List.of(own);
          if (signers == null) {
            signers = new ArrayList<>(found);
          } else {
            signers.retainAll(found);
          }
        }
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
          signers == null ? List.of() : signers);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModuleOperationException notAModule(String message) {
    return new ModuleOperationException(Reason.NOT_A_MODULE, message);
  }
}
