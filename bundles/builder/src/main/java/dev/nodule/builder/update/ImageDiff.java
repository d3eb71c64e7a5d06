package dev.nodule.builder.update;

import dev.nodule.builder.format.Sbom;
import dev.nodule.builder.update.ImageContent.Bundle;
import dev.nodule.builder.update.ImageContent.FileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The way from one image to another.
 *
 * @param modules changed core modules, by name
 * @param files changed files of other kinds that matter, by path
 */
public record ImageDiff(
    ImageContent from, ImageContent to, List<ModuleChange> modules, List<FileChange> files) {
  /** What becomes of something. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * A core module.
   *
   * @param from its version; null if it is new
   * @param to its version; null if it goes
   * @param bytes of the new bundle
   * @param hindrance why a running process cannot take it; null if it can
   */
  public record ModuleChange(
      String module,
      Change change,
      @Nullable String from,
      @Nullable String to,
      long bytes,
      @Nullable String hindrance) {
    /** Whether an update carries it. */
    public boolean isCarried() {
      return change != Change.REMOVED && hindrance == null;
    }

    /** Whether a running process takes it only when it is told to. */
    public boolean isOlder() {
      return from != null
          && to != null
          && Version.parseVersion(to).compareTo(Version.parseVersion(from)) < 0;
    }
  }

  /**
   * A file.
   *
   * @param part what it belongs to
   */
  public record FileChange(String path, Part part, Change change, long bytes) {}

  /** What no update carries, and why. */
  public enum Part {
    APPLICATION(
        "the application's files are read when it starts, from an image that nobody writes to"),
    JAVA("a running process cannot change its Java"),
    COMPILER("the compiler is loaded when the process starts"),
    CORE("it lies on the class path of the running process"),
    LIBRARY("libraries lie on the class path of the running process"),
    LAUNCHER("it is read when the process starts");

    private final String reason;

    Part(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }

  /** What follows from the rest, or does not change what the image does. */
  private static final Set<String> DERIVED =
      Set.of(
          Sbom.FILE,
          "etc/classpath",
          "etc/jitpath",
          "etc/npm-classpath",
          "etc/absent",
          "etc/image");

  /** Compares. */
  public static ImageDiff of(ImageContent from, ImageContent to) {
    List<ModuleChange> modules = new ArrayList<>();
    Set<String> names = new TreeSet<>(from.bundles().keySet());
    names.addAll(to.bundles().keySet());
    for (String name : names) {
      Bundle before = from.bundles().get(name);
      Bundle after = to.bundles().get(name);
      if (before == null || after == null || !before.content().equals(after.content())) {
        modules.add(
            new ModuleChange(
                name,
                change(before, after),
                before == null ? null : before.version(),
                after == null ? null : after.version(),
                after == null ? 0 : after.bytes().length,
                hindrance(after)));
      }
    }
    List<FileChange> files = new ArrayList<>();
    Set<String> paths = new TreeSet<>(from.files().keySet());
    paths.addAll(to.files().keySet());
    paths.removeAll(DERIVED);
    for (String path : paths) {
      FileState before = from.files().get(path);
      FileState after = to.files().get(path);
      if (!path.startsWith("cache/")
          && (before == null || after == null || !before.digest().equals(after.digest()))) {
        files.add(
            new FileChange(
                path, partOf(path), change(before, after), after == null ? 0 : after.bytes()));
      }
    }
    return new ImageDiff(from, to, modules, files);
  }

  private static Change change(@Nullable Object before, @Nullable Object after) {
    if (before == null) {
      return Change.ADDED;
    }
    return after == null ? Change.REMOVED : Change.CHANGED;
  }

  private static @Nullable String hindrance(@Nullable Bundle after) {
    return after == null
        ? "nothing takes a module out of an image; nodule stop does for a while"
        : null;
  }

  private static Part partOf(String path) {
    if (path.startsWith("app/") || path.equals("etc/application")) {
      return Part.APPLICATION;
    }
    if (path.startsWith("java/")) {
      return Part.JAVA;
    }
    if (path.startsWith("jit/")) {
      return Part.COMPILER;
    }
    if (path.startsWith("native/")) {
      return Part.LIBRARY;
    }
    if (path.startsWith("lib/")) {
      return path.startsWith("lib/nodule-") ? Part.CORE : Part.LIBRARY;
    }
    return Part.LAUNCHER;
  }

  /** The modules that an update brings. */
  public List<ModuleChange> carried() {
    return modules.stream().filter(ModuleChange::isCarried).toList();
  }

  /** Whether an update brings a running process all the way. */
  public boolean isWhole() {
    return files.isEmpty() && modules.stream().allMatch(ModuleChange::isCarried);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return files.isEmpty() && modules.isEmpty();
  }
}
