package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What an application's next start uses in place of the shipped modules: a folder with the bundles
 * and a list of them. Whatever moment the process is killed at, the list is the old or the new one:
 * bundles are written before the list, and the list is replaced by a rename.
 */
public final class ChosenRevisions {
  private static final String LIST = "modules";
  private static final String FIRST_LINE = "nodule-modules 1";

  /** A line of the list. */
  record Entry(String module, String version, Path jar) {}

  private final @Nullable Path folder;

  /**
   * @param folder of one application; null if nothing is kept
   */
  public ChosenRevisions(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Whether there is something to read: one look at the file system. */
  public boolean exists() {
    return folder != null && Files.exists(folder.resolve(LIST));
  }

  /** The list; empty, with a warning, if it is broken. */
  List<Entry> read() {
    if (folder == null || !exists()) {
      return List.of();
    }
    try {
      return parse(folder, Files.readString(folder.resolve(LIST)));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(
          "nodule: all core modules run as shipped: "
              + folder.resolve(LIST)
              + " is broken ("
              + e.getMessage()
              + ")");
      return List.of();
    }
  }

  private static List<Entry> parse(Path folder, String text) {
    int end = text.lastIndexOf("end ");
    if (!text.startsWith(FIRST_LINE + "\n") || end < 0) {
      throw new IllegalArgumentException("it is not whole");
    }
    if (!text.substring(end).equals(lastLine(text.substring(0, end)))) {
      throw new IllegalArgumentException("its checksum differs");
    }
    List<Entry> entries = new ArrayList<>();
    for (String line : text.substring(FIRST_LINE.length() + 1, end).lines().toList()) {
      String[] fields = line.split("\t");
      if (fields.length != 3 || fields[2].contains("/")) {
        throw new IllegalArgumentException("line '" + line + "'");
      }
      entries.add(new Entry(fields[0], fields[1], folder.resolve(fields[2])));
    }
    return entries;
  }

  private static String lastLine(String text) {
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return "end " + Long.toHexString(checksum.getValue()) + "\n";
  }

  /** Replaces the list by these. */
  void write(Map<String, Revision> choices) throws ModuleOperationException {
    if (folder == null) {
      return;
    }
    try {
      if (choices.isEmpty()) {
        if (exists()) {
          Files.delete(folder.resolve(LIST));
          removeUnlisted(folder, Set.of());
        }
        return;
      }
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
      Set<String> listed = new HashSet<>();
      for (Map.Entry<String, Revision> choice : new TreeMap<>(choices).entrySet()) {
        ModuleJar jar = choice.getValue().jar();
        if (jar == null) {
          continue;
        }
        String file = choice.getKey() + "-" + jar.sha256() + ".jar";
        if (!Files.exists(folder.resolve(file))) {
          replace(folder.resolve(file), jar.bytes());
        }
        listed.add(file);
        text.append(choice.getKey())
            .append('\t')
            .append(jar.version())
            .append('\t')
            .append(file)
            .append('\n');
      }
      text.append(lastLine(text.toString()));
      replace(folder.resolve(LIST), text.toString().getBytes(StandardCharsets.UTF_8));
      removeUnlisted(folder, listed);
    } catch (IOException e) {
      throw new ModuleOperationException(
          Reason.BROKEN, "the choice cannot be kept in " + folder + ": " + e.getMessage());
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path parent = file.getParent();
    if (parent != null) {
      try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static void removeUnlisted(Path folder, Set<String> listed) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.contains(".jar") && !listed.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
