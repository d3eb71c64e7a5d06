package dev.nodule.npm.install;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one install to a project, each written to a journal before it happens. Until
 * {@link #commit} they can be taken back, also by the next process after this one was killed: see
 * {@link #recover}.
 */
final class TreeMoves implements AutoCloseable {
  static final String STAGING = ".nodule-staging-";
  private static final String JOURNAL = "journal";
  private static final String SEPARATOR = "\0";

  /** No path holds a NUL, so a record that was cut off is known by its missing end. */
  private static final String END = "\0\n";

  final Path staging;
  private final Path trash;
  private @Nullable OutputStream journal;
  private int count;
  private boolean committed;

  private TreeMoves(Path staging) throws IOException {
    this.staging = staging;
    this.trash = Files.createDirectory(staging.resolve("old"));
  }

  static TreeMoves begin(Path modules) throws IOException {
    Files.createDirectories(modules);
    String unique = Long.toUnsignedString(System.nanoTime(), 36); // nobody else: we hold the lock
    return new TreeMoves(Files.createDirectory(modules.resolve(STAGING + unique)));
  }

  private Path fresh() {
    return trash.resolve(String.valueOf(count++));
  }

  private void note(String kind, Path a, @Nullable Path b) throws IOException {
    write(line(kind, a, b));
  }

  private static String line(String kind, Path a, @Nullable Path b) {
    return kind + SEPARATOR + a + SEPARATOR + (b == null ? "" : b) + END;
  }

  private void write(String records) throws IOException {
    if (journal == null) {
      journal =
          Files.newOutputStream(
              staging.resolve(JOURNAL), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    journal.write(records.getBytes(StandardCharsets.UTF_8));
  }

  void move(Path from, Path to) throws IOException {
    note("move", from, to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Announces moves to places where nothing is, of which each is made by {@link #moveNoted}. Those
   * that were not made when a process dies are still where they were, and stay there.
   */
  void note(Map<Path, Path> moves) throws IOException {
    var records = new StringBuilder();
    moves.forEach((from, to) -> records.append(line("move", from, to)));
    write(records.toString());
  }

  static void moveNoted(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes something out of the tree; does nothing where nothing is. */
  void remove(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      move(path, fresh());
    }
  }

  /** Announces that a file, folder or link which is not there yet will be made. */
  void creating(Path path) throws IOException {
    note("create", path, null);
  }

  /** Keeps a copy of a file, or of a folder of links, that is about to be changed in place. */
  void changing(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      creating(path);
      return;
    }
    Path copy = fresh();
    Files.copy(path, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (var list = Files.newDirectoryStream(path)) {
        for (Path p : list) {
          Files.copy(
              p,
              copy.resolve(p.getFileName()),
              LinkOption.NOFOLLOW_LINKS,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    note("change", path, copy);
  }

  void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    changing(file);
    PackageJsonFile.write(file, text);
  }

  /** From here on the new state stands. */
  void commit() throws IOException {
    closeJournal();
    committed = true;
    Files.deleteIfExists(staging.resolve(JOURNAL));
  }

  private void closeJournal() throws IOException {
    if (journal != null) {
      journal.close();
      journal = null;
    }
  }

  /** Takes back what was not committed, and clears up. */
  @Override
  public void close() throws IOException {
    closeJournal();
    if (!committed) {
      undo(staging);
    }
    PackageStore.delete(staging);
  }

  /** Takes back what processes that were killed left half done; call it under the lock. */
  static void recover(Path modules) throws IOException {
    if (!Files.isDirectory(modules)) {
      return;
    }
    try (var list = Files.newDirectoryStream(modules, STAGING + "*")) {
      for (Path staging : list) {
        undo(staging);
        PackageStore.delete(staging);
      }
    }
  }

  private static void undo(Path staging) throws IOException {
    Path journal = staging.resolve(JOURNAL);
    if (!Files.exists(journal)) {
      return;
    }
    String text = Files.readString(journal);
    // What follows the last end was being written when the process died: its change never began.
    int end = text.lastIndexOf(END);
    List<String> records = end < 0 ? List.of() : List.of(text.substring(0, end).split(END));
    for (String entry : records.reversed()) {
      String[] parts = entry.split(SEPARATOR, -1);
      Path a = Path.of(parts[1]);
      switch (parts[0]) {
        case "move" -> {
          Path to = Path.of(parts[2]);
          if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)
              && !Files.exists(a, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(a.getParent());
            Files.move(to, a, StandardCopyOption.ATOMIC_MOVE);
            removeIfEmptyScope(Objects.requireNonNull(to.getParent()));
          }
        }
        case "change" -> {
          Path copy = Path.of(parts[2]);
          if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            PackageStore.delete(a);
            Files.move(copy, a, StandardCopyOption.ATOMIC_MOVE);
          }
        }
        case "create" -> {
          PackageStore.delete(a);
          removeIfEmptyScope(Objects.requireNonNull(a.getParent()));
        }
        default -> {}
      }
    }
    Files.delete(journal);
  }

  /** A scope's folder, or a node_modules inside of a package, goes with the last package in it. */
  static void removeIfEmptyScope(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    if (!name.startsWith("@") && !name.equals("node_modules")
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var list = Files.newDirectoryStream(folder)) {
      if (list.iterator().hasNext()) {
        return;
      }
    }
    Files.delete(folder);
  }
}
