package dev.nodule.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the admin sockets of a user's processes lie: one file for each, named by its number. */
final class AdminFolder {
  private static final String SUFFIX = ".sock";
  private final Path folder;

  private AdminFolder(Path folder) {
    this.folder = folder;
  }

  /** {@code $XDG_RUNTIME_DIR/nodule}, or a folder for the user beside other temporary files. */
  static AdminFolder ofUser() throws IOException {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && Files.isDirectory(Path.of(runtime))) {
      return new AdminFolder(Path.of(runtime, "nodule"));
    }
    return new AdminFolder(Path.of("/tmp", "nodule-" + user()));
  }

  private static int user() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /**
   * Makes the folder.
   *
   * @throws IOException also if somebody else could look into it
   */
  void create() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // Another process of the user was faster.
      }
    }
    check();
  }

  /** Whether the folder is the user's own and nobody else's. */
  void check() throws IOException {
    boolean own =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && user() == (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            && ((Integer) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 077)
                == 0;
    if (!own) {
      throw new IOException(folder + " is open to others");
    }
  }

  boolean exists() {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  Path socket(long pid) {
    return folder.resolve(pid + SUFFIX);
  }

  /** The processes that have, or had, a socket. */
  List<Long> processes() throws IOException {
    if (!exists()) {
      return List.of();
    }
    check();
    List<Long> pids = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Long pid = pid(String.valueOf(file.getFileName()));
        if (pid != null) {
          pids.add(pid);
        }
      }
    }
    pids.sort(null);
    return pids;
  }

  private static @Nullable Long pid(String name) {
    try {
      return name.endsWith(SUFFIX)
          ? Long.valueOf(name.substring(0, name.length() - SUFFIX.length()))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
