package dev.nodule.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the image of one application says of itself; looked at when modules are changed. */
final class ImageFiles {
  private ImageFiles() {}

  /** What tells this image from others; empty for the full distribution. */
  static String id() {
    Path file = file("image");
    try {
      return file == null ? "" : Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whose changes of modules the image takes; null if it does not say. */
  static @Nullable Path signers() {
    return file("signers.pem");
  }

  private static @Nullable Path file(String name) {
    String home = System.getProperty("nodule.home");
    Path file = home == null ? null : Path.of(home, "etc", name);
    return file != null && Files.exists(file) ? file : null;
  }
}
