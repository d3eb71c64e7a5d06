package dev.nodule.npm.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A note in node_modules of the package.json and lock file it was made from, so that "nothing to
 * do" costs three stats.
 */
public final class InstallStamp {
  private static final String FILE = "node_modules/.nodule-stamp";

  private InstallStamp() {}

  private static String current(Path project) {
    return stat(project.resolve("package.json"))
        + "\n"
        + stat(project.resolve("package-lock.json"))
        + "\n"
        + stat(project.resolve("node_modules/.package-lock.json"))
        + "\n";
  }

  private static String stat(Path file) {
    try {
      var a = Files.readAttributes(file, BasicFileAttributes.class);
      return a.size() + " " + a.lastModifiedTime().toMillis();
    } catch (IOException e) {
      return "-";
    }
  }

  public static boolean matches(Path project) {
    try {
      return Files.readString(project.resolve(FILE)).equals(current(project));
    } catch (IOException e) {
      return false;
    }
  }

  static void write(Path project) throws IOException {
    Files.writeString(project.resolve(FILE), current(project));
  }
}
