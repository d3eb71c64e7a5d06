package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Whether a process runs what an update is for. */
final class UpdateBase {
  private static final int TOLD = 3;

  private final Map<String, ModuleSlot> slots;
  private @Nullable Map<String, Path> shipped;

  /**
   * @param slots the process's modules
   */
  UpdateBase(Map<String, ModuleSlot> slots) {
    this.slots = slots;
  }

  /**
   * Compares.
   *
   * @throws ModuleOperationException if it runs something else
   */
  void check(UpdateContents contents) throws ModuleOperationException {
    if (contents.bundles().isEmpty()) {
      throw new ModuleOperationException(Reason.NOT_AN_UPDATE, "the update brings no bundle");
    }
    boolean applied = true;
    for (UpdateContents.Bundle bundle : contents.bundles()) {
      applied &= bundle.state().content().equals(content(bundle.module()));
    }
    if (applied) {
      throw new ModuleOperationException(Reason.NO_CHANGE, "the update was applied already");
    }
    List<String> wrong = new ArrayList<>();
    contents.base().forEach((module, state) -> compare(module, state, wrong));
    for (UpdateContents.Bundle bundle : contents.bundles()) {
      if (!contents.base().containsKey(bundle.module()) && current(bundle.module()) != null) {
        wrong.add("it has '" + bundle.module() + "' already");
      }
    }
    if (!wrong.isEmpty()) {
      String more = wrong.size() > TOLD ? " and " + (wrong.size() - TOLD) + " more" : "";
      throw new ModuleOperationException(
          Reason.WRONG_BASE,
          "the update is not for what this process runs: "
              + String.join(", ", wrong.subList(0, Math.min(TOLD, wrong.size())))
              + more);
    }
  }

  private void compare(String module, UpdateContents.State wanted, List<String> wrong) {
    Revision current = current(module);
    if (current == null) {
      wrong.add("it has no '" + module + "'");
    } else if (!wanted.content().equals(content(module))) {
      String version = current.version();
      wrong.add(
          "'"
              + module
              + "' is "
              + (version.equals(wanted.version()) ? "another " : "")
              + version
              + (version.equals(wanted.version()) ? "" : ", not " + wanted.version()));
    }
  }

  private @Nullable Revision current(String module) {
    ModuleSlot slot = slots.get(module);
    return slot == null ? null : slot.current;
  }

  private @Nullable String content(String module) {
    Revision current = current(module);
    if (current == null) {
      return null;
    }
    ModuleJar jar = current.jar();
    if (jar != null) {
      return jar.content();
    }
    Path file = shipped().get(String.valueOf(current.bundle().getSymbolicName()));
    try {
      return file == null ? null : ContentDigest.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return null;
    }
  }

  /** The image's bundles on the class path, by symbolic name. */
  private Map<String, Path> shipped() {
    Map<String, Path> known = shipped;
    if (known != null) {
      return known;
    }
    Map<String, Path> found = new HashMap<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(path);
      if (!file.isFile()) {
        continue;
      }
      try (JarFile jar = new JarFile(file, false)) {
        Manifest manifest = jar.getManifest();
        String name =
            manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
        if (name != null) {
          found.put(name.split(";")[0].trim(), file.toPath());
        }
      } catch (IOException e) {
        // Then what it provides is not what the update is for.
      }
    }
    shipped = found;
    return found;
  }
}
