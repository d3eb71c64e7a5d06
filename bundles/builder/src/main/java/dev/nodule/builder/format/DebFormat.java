package dev.nodule.builder.format;

import dev.nodule.builder.Application;
import dev.nodule.builder.DistException;
import dev.nodule.builder.image.FileTree;
import dev.nodule.builder.trim.Target;
import dev.nodule.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataConsumer;
import org.vafer.jdeb.DataProducer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.PackagingException;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarArchiveEntry;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarConstants;

/**
 * Debian packages: the image below /usr/lib, a command in /usr/bin, a service of systemd with a
 * user of its own, and its environment as a configuration file (Debian Policy, chapters 5, 6 and
 * 10).
 */
final class DebFormat {
  private static final int PLAIN = 0100644;
  private static final int EXECUTABLE = 0100755;

  private DebFormat() {}

  static void write(
      Path image, Path output, Application application, Target target, Instant time, Path work)
      throws IOException, DistException {
    String name = application.name();
    Map<String, String> values =
        Map.of(
            "name", name,
            "version", version(application.version()),
            "architecture", target.debian(),
            "maintainer", maintainer(application),
            "description", application.description().lines().findFirst().orElse(name));
    Path control = Files.createDirectory(work.resolve("control"));
    for (String file : List.of("control", "postinst", "prerm", "postrm")) {
      Files.writeString(control.resolve(file), Template.fill(file, values));
    }
    byte[] service = Template.fill("service", values).getBytes(StandardCharsets.UTF_8);
    byte[] defaults = Template.fill("default", values).getBytes(StandardCharsets.UTF_8);
    String settings = "./etc/default/" + name;
    DataProducer files =
        consumer -> {
          addTree(consumer, image, "./usr/lib/" + name, time);
          addLink(consumer, "./usr/bin/" + name, "../lib/" + name + "/bin/" + name, time);
          addFile(consumer, "./usr/lib/systemd/system/" + name + ".service", service, time);
          addFile(consumer, settings, defaults, time);
        };
    DataProducer configuration = consumer -> addFile(consumer, settings, defaults, time);
    DebMaker maker = new DebMaker(new Quiet(), List.of(files), List.of(configuration));
    maker.setDeb(output.toFile());
    maker.setControl(control.toFile());
    // Most of it is compressed already.
    maker.setCompression("gzip");
    maker.setTarLongFileMode("posix");
    maker.setTarBigNumberMode("posix");
    maker.setOutputTimestampMs(time.toEpochMilli());
    maker.setEncoding(StandardCharsets.UTF_8);
    try {
      maker.validate();
      maker.makeDeb();
    } catch (PackagingException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new DistException("the package cannot be written: " + cause);
    }
  }

  /** 1.0.0-beta.1 comes before 1.0.0 for npm; a tilde says so to Debian. */
  private static String version(String version) {
    String plain = version.replaceFirst("\\+.*", "").replaceFirst("-", "~").replace('-', '.');
    return plain.matches("[0-9][A-Za-z0-9.~]*")
        ? plain
        : "0~" + plain.replaceAll("[^A-Za-z0-9.~]", ".");
  }

  private static String maintainer(Application application) {
    Object author = application.packageJson().get("author");
    String text =
        author instanceof String plain
            ? plain.replaceAll("\\s*\\([^)]*\\)", "")
            : (Json.string(Json.object(author).get("name"))
                    + " <"
                    + Json.string(Json.object(author).get("email"))
                    + ">")
                .replace(" <>", "")
                .strip();
    return text.isBlank()
        ? application.name() + " <root@localhost>"
        : text.lines().findFirst().orElse("");
  }

  private static void addTree(DataConsumer consumer, Path folder, String place, Instant time)
      throws IOException {
    addFolder(consumer, place, time);
    for (Path file : FileTree.entries(folder)) {
      String name = place + "/" + folder.relativize(file);
      if (Files.isSymbolicLink(file)) {
        addLink(consumer, name, Files.readSymbolicLink(file).toString(), time);
      } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        addFolder(consumer, name, time);
      } else {
        TarArchiveEntry entry = entry(name, time);
        entry.setSize(Files.size(file));
        entry.setMode(TarFormat.isExecutable(file) ? EXECUTABLE : PLAIN);
        try (InputStream in = Files.newInputStream(file)) {
          consumer.onEachFile(in, entry);
        }
      }
    }
  }

  private static TarArchiveEntry entry(String name, Instant time) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }

  private static void addFolder(DataConsumer consumer, String name, Instant time)
      throws IOException {
    TarArchiveEntry entry = entry(name + "/", time);
    entry.setMode(040755);
    consumer.onEachDir(entry);
  }

  private static void addFile(DataConsumer consumer, String name, byte[] bytes, Instant time)
      throws IOException {
    TarArchiveEntry entry = entry(name, time);
    entry.setSize(bytes.length);
    entry.setMode(PLAIN);
    consumer.onEachFile(new ByteArrayInputStream(bytes), entry);
  }

  private static void addLink(DataConsumer consumer, String name, String target, Instant time)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setModTime(time.toEpochMilli());
    entry.setLinkName(target);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setMode(0120777);
    consumer.onEachLink(entry);
  }

  private static final class Quiet implements Console {
    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      System.err.println("nodule dist: " + message);
    }
  }
}
