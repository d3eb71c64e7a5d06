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
import java.util.Map;

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
      case "DEB" -> DebFormat.write(image.folder(), written, application, target, time, work);
      default -> {
        OciFormat.write(image.folder(), Files.createDirectory(written), application, target, time);
        String layout = output + ":" + OciFormat.tag(application.version());
        Files.writeString(
            Path.of(output + ".k8s.yaml"),
            Template.fill(
                "kubernetes.yaml",
                Map.of(
                    "name",
                    application.name(),
                    "version",
                    OciFormat.tag(application.version()),
                    "layout",
                    layout)));
      }
    }
    Files.move(written, output, StandardCopyOption.ATOMIC_MOVE);
  }
}
