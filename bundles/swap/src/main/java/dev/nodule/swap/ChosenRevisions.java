package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
import java.util.function.Supplier;
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
  private static final String IMAGE = "image";

  /** The next list, whole, before it takes the place of the other. */
  private static final String NEXT = "modules.next";

  /**
   * A line of the list.
   *
   * @param jar the bundle, or the update that holds it
   * @param member the update's entry; null if the jar is the bundle itself
   */
  record Entry(String module, String version, Path jar, @Nullable String member) {}

  private final @Nullable Path folder;
  private final Supplier<String> image;

  /**
   * @param folder of one application; null if nothing is kept
   * @param image what tells the image from others: updates are for one
   */
  public ChosenRevisions(@Nullable Path folder, Supplier<String> image) {
    this.folder = folder;
    this.image = image;
  }

  /** Whether what is chosen outlives the process. */
  boolean isKept() {
    return folder != null;
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

  private List<Entry> parse(Path folder, String text) {
    int end = text.lastIndexOf("end ");
    if (!text.startsWith(FIRST_LINE + "\n") || end < 0) {
      throw new IllegalArgumentException("it is not whole");
    }
    if (!text.substring(end).equals(lastLine(text.substring(0, end)))) {
      throw new IllegalArgumentException("its checksum differs");
    }
    List<Entry> entries = new ArrayList<>();
    boolean sameImage = true;
    for (String line : text.substring(FIRST_LINE.length() + 1, end).lines().toList()) {
      String[] fields = line.split("\t");
      if (fields.length == 2 && fields[0].equals(IMAGE)) {
        sameImage = fields[1].equals(image.get());
        continue;
      }
      if (fields.length < 3 || fields.length > 4 || fields[2].contains("/")) {
        throw new IllegalArgumentException("line '" + line + "'");
      }
      String member = fields.length == 4 ? fields[3] : null;
      entries.add(new Entry(fields[0], fields[1], folder.resolve(fields[2]), member));
    }
    if (!sameImage && entries.removeIf(entry -> entry.member() != null)) {
      System.err.println(
          "nodule: the updates in " + folder + " were for another image; they are left out");
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
    stage(choices).commit();
  }

  /** A list that is ready: all that needs space on a disk has been written. */
  interface Staged {
    /** Makes it the list, at one moment. */
    void commit() throws ModuleOperationException;

    /** Takes it away again; what it brought goes with the next list that is written. */
    default void discard() {}
  }

  /** Writes all but the last step. */
  Staged stage(Map<String, Revision> choices) throws ModuleOperationException {
    Path kept = folder;
    if (kept == null) {
      return () -> {};
    }
    return choices.isEmpty() ? () -> clear(kept) : stage(kept, choices);
  }

  private void clear(Path kept) throws ModuleOperationException {
    try {
      if (exists()) {
        Files.delete(kept.resolve(LIST));
        removeUnlisted(kept, Set.of());
      }
    } catch (IOException e) {
      throw notKept(kept, e);
    }
  }

  private Staged stage(Path kept, Map<String, Revision> choices) throws ModuleOperationException {
    Set<String> listed = new HashSet<>();
    Path next = kept.resolve(NEXT);
    try {
      Files.createDirectories(
          kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      byte[] list = list(kept, choices, listed).getBytes(StandardCharsets.UTF_8);
      write(next, list);
    } catch (IOException e) {
      deleteQuietly(next);
      throw notKept(kept, e);
    }
    return new Staged() {
      @Override
      public void commit() throws ModuleOperationException {
        try {
          rename(next, kept.resolve(LIST));
        } catch (IOException e) {
          throw notKept(kept, e);
        }
        removeUnlisted(kept, listed);
      }

      @Override
      public void discard() {
        deleteQuietly(next);
      }
    };
  }

  /** The text of a list whose bundles are in the folder when this returns. */
  private String list(Path kept, Map<String, Revision> choices, Set<String> listed)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    boolean updated = false;
    for (Map.Entry<String, Revision> choice : new TreeMap<>(choices).entrySet()) {
      ModuleJar jar = choice.getValue().jar();
      if (jar == null) {
        continue;
      }
      ModuleJar.Container container = jar.container();
      String file =
          container == null ? choice.getKey() + "-" + jar.sha256() + ".jar" : container.file();
      if (listed.add(file) && !Files.exists(kept.resolve(file))) {
        replace(kept.resolve(file), container == null ? jar.bytes() : container.bytes());
      }
      lines.append(choice.getKey()).append('\t').append(jar.version()).append('\t').append(file);
      if (container != null) {
        updated = true;
        lines.append('\t').append(jar.name());
      }
      lines.append('\n');
    }
    String id = updated ? image.get() : "";
    String text = FIRST_LINE + "\n" + (id.isEmpty() ? "" : IMAGE + "\t" + id + "\n") + lines;
    return text + lastLine(text);
  }

  private static ModuleOperationException notKept(Path kept, IOException e) {
    String why =
        e instanceof FileSystemException failure && failure.getReason() == null
            ? e instanceof AccessDeniedException
                ? failure.getFile() + ": permission denied"
                : failure.toString()
            : String.valueOf(e.getMessage());
    return new ModuleOperationException(
        Reason.NOT_KEPT, "the choice cannot be kept in " + kept + ": " + why);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      write(part, bytes);
      rename(part, file);
    } catch (IOException e) {
      deleteQuietly(part);
      throw e;
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** By one step, which has been done for good when this returns. */
  private static void rename(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path parent = file.getParent();
    if (parent != null) {
      try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is written anew, or taken away, the next time.
    }
  }

  private static void removeUnlisted(Path folder, Set<String> listed) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.contains(".jar") && !listed.contains(name)) {
          deleteQuietly(file);
        }
      }
    } catch (IOException e) {
      // What is not listed does no harm.
    }
  }
}
