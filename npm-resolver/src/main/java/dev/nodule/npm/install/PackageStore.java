package dev.nodule.npm.install;

import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked packages, named by the hash of their archive and shared by all projects. An entry is a
 * folder with the files and an index of them that comes into being by one rename; entries whose
 * files changed since are fetched anew.
 */
public final class PackageStore {
  private final Path root;

  /** For work that is thrown away afterwards. */
  final Path scratch;

  private final Registry registry;
  private final Map<String, CompletableFuture<Stored>> running = new ConcurrentHashMap<>();

  /**
   * Unpacking is work for the processor: no more at once than there are cores, whatever arrives
   * from the network.
   */
  private final Semaphore unpacking =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

  /** Leaves connections to the documents that the resolver waits for, and bounds the memory. */
  private final Semaphore loading = new Semaphore(24);

  public PackageStore(Path cacheFolder, Registry registry) {
    this.root = cacheFolder.resolve("npm/store-2").toAbsolutePath().normalize();
    this.scratch = cacheFolder.resolve("npm/scratch").toAbsolutePath().normalize();
    this.registry = registry;
  }

  record StoredFile(String path, long size, long modified) {}

  /** A package in the store. */
  public record Stored(Path folder, List<StoredFile> files, String integrity) {}

  /** Fetches the archive at the address unless the store has it. */
  public CompletableFuture<Stored> fetch(
      @Nullable String integrity, Supplier<URI> address, String what) {
    String key = integrity == null ? address.get().toString() : integrity;
    return running.computeIfAbsent(
        key,
        k ->
            CompletableFuture.supplyAsync(
                () -> load(integrity, address, what), registry.threads()));
  }

  /** What the store has; null when it has not, or not yet. */
  @Nullable Stored present(String integrityText) {
    var known = running.get(integrityText);
    if (known != null) {
      return known.state() == Future.State.SUCCESS ? known.resultNow() : null;
    }
    var integrity = Integrity.parse(integrityText);
    var stored = integrity == null ? null : read(integrity);
    if (stored != null) {
      running.putIfAbsent(integrityText, CompletableFuture.completedFuture(stored));
    }
    return stored;
  }

  /** Stores an archive that was made here, not fetched. */
  Stored put(byte[] archive, String what) {
    var integrity = Integrity.of("sha512", archive);
    var known = read(integrity);
    if (known != null) {
      return known;
    }
    try {
      return unpack(integrity, archive, what);
    } catch (IOException e) {
      throw FileFailure.of("could not store " + what, e);
    }
  }

  private Stored load(@Nullable String integrityText, Supplier<URI> place, String what) {
    var integrity = Integrity.parse(integrityText);
    if (integrity != null) {
      var stored = read(integrity);
      if (stored != null) {
        return stored;
      }
    }
    loading.acquireUninterruptibly();
    try {
      return download(integrity, place.get(), what);
    } finally {
      loading.release();
    }
  }

  private Stored download(@Nullable Integrity known, URI address, String what) {
    var integrity = known;
    byte[] archive =
        address.getScheme().equals("file")
            ? readFile(Path.of(address))
            : registry.archive(address, what);
    if (integrity == null) {
      integrity = Integrity.of("sha512", archive);
    } else {
      integrity.check(archive, what);
    }
    unpacking.acquireUninterruptibly();
    try {
      return unpack(integrity, archive, what);
    } catch (IOException e) {
      throw FileFailure.of("could not store " + what, e);
    } finally {
      unpacking.release();
    }
  }

  static byte[] readFile(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.of("could not read " + file, e);
    }
  }

  private Path folder(Integrity integrity) {
    String hex = integrity.hex();
    return root.resolve(integrity.algorithm())
        .resolve(hex.substring(0, 2))
        .resolve(hex.substring(2, Math.min(hex.length(), 66)));
  }

  private static final String INDEX = "index";
  private static final String FILES = "package";

  private @Nullable Stored read(Integrity integrity) {
    return read(folder(integrity), integrity.toString());
  }

  private static @Nullable Stored read(Path entry, String integrity) {
    try {
      Path folder = entry.resolve(FILES);
      var files = new ArrayList<StoredFile>();
      byte[] index = Files.readAllBytes(entry.resolve(INDEX));
      for (int at = 0; at < index.length; ) {
        int size = indexOf(index, ' ', at);
        int time = indexOf(index, ' ', size + 1);
        int end = indexOf(index, '\n', time + 1);
        files.add(
            new StoredFile(
                new String(index, time + 1, end - time - 1, StandardCharsets.UTF_8),
                number(index, at, size),
                number(index, size + 1, time)));
        at = end + 1;
      }
      for (var f : files) {
        var attributes = Files.readAttributes(folder.resolve(f.path), BasicFileAttributes.class);
        if (attributes.size() != f.size || attributes.lastModifiedTime().toMillis() != f.modified) {
          return null;
        }
      }
      return new Stored(folder, files, integrity);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static int indexOf(byte[] bytes, char c, int from) throws IOException {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == c) {
        return i;
      }
    }
    throw new IOException("the index is cut off");
  }

  private static long number(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException("not a number in the index");
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private Stored unpack(Integrity integrity, byte[] archive, String what) throws IOException {
    Path entry = folder(integrity);
    Files.createDirectories(entry.getParent());
    Path temporary = Files.createTempDirectory(entry.getParent(), ".new");
    try {
      Path folder = Files.createDirectory(temporary.resolve(FILES));
      var lines = new StringBuilder();
      var files = new ArrayList<StoredFile>();
      for (var f : ArchiveExtractor.extract(archive, folder, what)) {
        if (f.path().indexOf('\n') >= 0) {
          throw new NpmException(
              "EBADARCHIVE", what + ": the archive has an entry with a line break in its name");
        }
        var attributes = Files.readAttributes(folder.resolve(f.path()), BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().toMillis();
        files.add(new StoredFile(f.path(), attributes.size(), modified));
        lines
            .append(attributes.size())
            .append(' ')
            .append(modified)
            .append(' ')
            .append(f.path())
            .append('\n');
      }
      Files.writeString(temporary.resolve(INDEX), lines);
      for (int attempt = 0; ; attempt++) {
        try {
          Files.move(temporary, entry, StandardCopyOption.ATOMIC_MOVE);
          return new Stored(entry.resolve(FILES), files, integrity.toString());
        } catch (IOException e) {
          var other = read(entry, integrity.toString());
          if (other != null) {
            delete(temporary); // another process was faster
            return other;
          }
          if (attempt == 3) {
            throw e;
          }
          // A damaged entry: out of the way by a rename, as somebody may be reading it.
          Path old = Files.createTempDirectory(entry.getParent(), ".old");
          Files.move(entry, old.resolve(FILES), StandardCopyOption.ATOMIC_MOVE);
          delete(old);
        }
      }
    } catch (IOException | RuntimeException e) {
      delete(temporary);
      throw e;
    }
  }

  /** With its parents, each only once: one call of the system for each folder. */
  private static void makeFolder(Path target, String folder, Set<String> made) throws IOException {
    if (!made.add(folder)) {
      return;
    }
    int slash = folder.lastIndexOf('/');
    if (slash > 0) {
      makeFolder(target, folder.substring(0, slash), made);
    }
    try {
      Files.createDirectory(target.resolve(folder));
    } catch (FileAlreadyExistsException e) {
      // its files join those that are there
    }
  }

  /** Puts a package's files into a folder: hard links, or copies where the file system has none. */
  static void link(Stored stored, Path target, boolean shared) throws IOException {
    Files.createDirectories(target);
    var folders = new HashSet<String>();
    String last = "";
    boolean links = shared;
    for (var f : stored.files) {
      Path to = target.resolve(f.path);
      int slash = f.path.lastIndexOf('/');
      if (slash > 0 && !(slash == last.length() && f.path.startsWith(last))) {
        last = f.path.substring(0, slash);
        makeFolder(target, last, folders);
      }
      Path from = stored.folder.resolve(f.path);
      if (links) {
        try {
          Files.createLink(to, from);
          continue;
        } catch (FileAlreadyExistsException e) {
          continue;
        } catch (IOException | UnsupportedOperationException e) {
          links = false;
        }
      }
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** What {@link #verify} found. */
  public record Report(int packages, long files, long bytes, int removed) {}

  /**
   * Checks size and time of every file of the store; what was changed goes, and is fetched anew
   * when needed.
   */
  public Report verify() throws IOException {
    var indexes = new ArrayList<Path>();
    if (Files.isDirectory(root)) {
      try (var walk =
          Files.find(
              root, 4, (p, a) -> p.endsWith(INDEX) && root.relativize(p).getNameCount() == 4)) {
        walk.forEach(indexes::add);
      }
    }
    int removed = 0;
    long files = 0;
    long bytes = 0;
    for (Path index : indexes) {
      Path entry = Objects.requireNonNull(index.getParent());
      var stored = read(entry, "");
      if (stored == null) {
        delete(entry);
        removed++;
        continue;
      }
      files += stored.files.size();
      bytes += stored.files.stream().mapToLong(StoredFile::size).sum();
    }
    return new Report(indexes.size() - removed, files, bytes, removed);
  }

  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var walk = Files.walk(folder)) {
      for (Path p : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(p);
      }
    }
  }

  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NpmException n
          ? n
          : new NpmException("EUNKNOWN", String.valueOf(e.getCause()), e);
    }
  }
}
