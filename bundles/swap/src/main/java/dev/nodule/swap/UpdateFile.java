package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * An update as it lies in a file, read whole and verified: a jar, signed as jars are, of bundles
 * and of what they are for ({@link UpdateContents}).
 */
record UpdateFile(UpdateContents contents, List<ModuleJar> bundles) {
  private static final long MAXIMUM_BYTES = 512L << 20;

  /** The bundle that an entry holds; null if there is none. */
  @Nullable ModuleJar bundle(String file) {
    return bundles.stream().filter(jar -> jar.name().equals(file)).findFirst().orElse(null);
  }

  /**
   * Reads one that is signed by somebody whom the policy names.
   *
   * @throws ModuleOperationException why it is not taken
   */
  static UpdateFile read(Path file, SwapPolicy policy) throws ModuleOperationException {
    String name = String.valueOf(file.getFileName());
    if (policy.signers().isEmpty()) {
      throw new ModuleOperationException(
          Reason.UNSIGNED,
          "this process knows nobody whose updates it takes: its image was made without --signers,"
              + " and it was started without --module-signers");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw notAnUpdate(file + " is not a file");
      }
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw notAnUpdate(file + " is larger than " + (MAXIMUM_BYTES >> 20) + " MiB");
      }
      byte[] bytes = Files.readAllBytes(file);
      return Scratch.read(bytes, jar -> read(name, bytes, jar, policy));
    } catch (SecurityException e) {
      throw notAnUpdate(name + " was changed after it was signed: " + e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      throw notAnUpdate(name + " cannot be read as an update: " + e.getMessage());
    }
  }

  private static UpdateFile read(String name, byte[] bytes, JarFile jar, SwapPolicy policy)
      throws IOException, ModuleOperationException {
    Map<String, byte[]> entries = new HashMap<>();
    EntrySigners signers = new EntrySigners();
    for (JarEntry entry : Collections.list(jar.entries())) {
      String path = entry.getName();
      byte[] content;
      try (InputStream in = jar.getInputStream(entry)) {
        content = in.readAllBytes();
      }
      if (entry.isDirectory() || path.startsWith("META-INF/")) {
        continue;
      }
      if (entries.put(path, content) != null) {
        throw notAnUpdate(name + " has two entries " + path);
      }
      signers.add(entry);
    }
    byte[] contents = entries.get(UpdateContents.ENTRY);
    if (contents == null) {
      throw notAnUpdate(name + " is no update: it has no " + UpdateContents.ENTRY);
    }
    List<CodeSigner> all = signers.all();
    if (!policy.accepts(all)) {
      throw new ModuleOperationException(
          Reason.UNSIGNED,
          all.isEmpty()
              ? name + " is not signed, or not all of it"
              : name + " is not signed by anyone whose updates this process takes");
    }
    UpdateContents said = UpdateContents.parse(contents);
    List<ModuleJar> bundles = new ArrayList<>();
    String sha256 = HexFormat.of().formatHex(ContentDigest.sha256().digest(bytes));
    ModuleJar.Container container = new ModuleJar.Container("update-" + sha256 + ".jar", bytes);
    for (UpdateContents.Bundle bundle : said.bundles()) {
      byte[] jarBytes = entries.get(bundle.file());
      if (jarBytes == null) {
        throw notAnUpdate(name + " lacks its bundle " + bundle.file());
      }
      bundles.add(ModuleJar.of(bundle.file(), jarBytes, container, all));
    }
    return new UpdateFile(said, List.copyOf(bundles));
  }

  private static ModuleOperationException notAnUpdate(String message) {
    return new ModuleOperationException(Reason.NOT_AN_UPDATE, message);
  }
}
