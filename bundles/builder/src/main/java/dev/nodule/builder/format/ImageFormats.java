package dev.nodule.builder.format;

import dev.nodule.builder.Application;
import dev.nodule.builder.DistException;
import dev.nodule.builder.image.ImageLayout;
import dev.nodule.builder.trim.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** Writes an image in one of the formats, and moves what is complete to its place. */
public final class ImageFormats {
  private ImageFormats() {}

  /**
   * Writes.
   *
   * @param format DIR, TAR, DEB or OCI
   * @param time of all files
   * @param work a folder in the same file system as the output
   */
  public static void write(
      String format,
      ImageLayout image,
      Application application,
      Target target,
      Instant time,
      Path work,
      Path output)
      throws IOException, DistException {
    Path written = work.resolve("written");
    switch (format) {
      case "DIR" -> written = image.folder();
      case "TAR" ->
          TarFormat.write(image.folder(), written, String.valueOf(output.getFileName()), time);
      default -> throw new DistException("--format " + format + " is not there yet");
    }
    Files.move(written, output, StandardCopyOption.ATOMIC_MOVE);
  }
}
