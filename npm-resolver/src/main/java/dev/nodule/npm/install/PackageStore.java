package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.Registry;
import java.io.IOException;
import java.net.URI;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked packages, named by the hash of their archive and shared by all projects. An entry counts from the moment its
 * index file exists, which is written last; files whose size or time changed since are fetched anew.
 */
public final class PackageStore {
  private final Path root;
  /** For work that is thrown away afterwards. */
  final Path scratch;
  private final Registry registry;
  private final Map<String, CompletableFuture<Stored>> running = new ConcurrentHashMap<>();
  /** Unpacking is work for the processor: no more at once than there are cores, whatever arrives from the network. */
  private final Semaphore unpacking = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

  public PackageStore(Path cacheFolder, Registry registry) {
    this.root = cacheFolder.resolve("npm/store-1").toAbsolutePath();
    this.scratch = cacheFolder.resolve("npm/scratch").toAbsolutePath();
    this.registry = registry;
  }

  record StoredFile(String path, long size, long modified) {}

  /** A package in the store. */
  public record Stored(Path folder, List<StoredFile> files, String integrity) {}

  /** Fetches the archive at the address unless the store has it. */
  public CompletableFuture<Stored> fetch(@Nullable String integrity, URI address, String what) {
    String key = integrity == null ? address.toString() : integrity;
    return running.computeIfAbsent(key,
        k -> CompletableFuture.supplyAsync(() -> load(integrity, address, what), registry.threads()));
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
      throw new NpmException("EIO", "could not store " + what + ": " + e, e);
    }
  }

  private Stored load(@Nullable String integrityText, URI address, String what) {
    var integrity = Integrity.parse(integrityText);
    if (integrity != null) {
      var stored = read(integrity);
      if (stored != null) {
        return stored;
      }
    }
    byte[] archive = address.getScheme().equals("file") ? readFile(Path.of(address)) : registry.archive(address, what);
    if (integrity == null) {
      integrity = Integrity.of("sha512", archive);
    } else {
      integrity.check(archive, what);
    }
    unpacking.acquireUninterruptibly();
    try {
      return unpack(integrity, archive, what);
    } catch (IOException e) {
      throw new NpmException(String.valueOf(e.getMessage()).contains("No space") ? "ENOSPC" : "EIO",
          "could not store " + what + ": " + e, e);
    } finally {
      unpacking.release();
    }
  }

  private static byte[] readFile(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new NpmException("ENOENT", "no such file or directory, open '" + file + "'");
    }
  }

  private Path folder(Integrity integrity) {
    String hex = integrity.hex();
    return root.resolve(integrity.algorithm()).resolve(hex.substring(0, 2)).resolve(hex.substring(2, Math.min(hex.length(), 66)));
  }

  private static Path index(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".index");
  }

  private @Nullable Stored read(Integrity integrity) {
    return read(folder(integrity), integrity.toString());
  }

  private static @Nullable Stored read(Path folder, String integrity) {
    try {
      var files = new ArrayList<StoredFile>();
      for (String line : Files.readAllLines(index(folder))) {
        String[] parts = line.split(" ", 3);
        files.add(new StoredFile(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1])));
      }
      for (var f : files) {
        var attributes = Files.readAttributes(folder.resolve(f.path), BasicFileAttributes.class);
        if (attributes.size() != f.size || attributes.lastModifiedTime().toMillis() != f.modified) {
          discard(folder);
          return null;
        }
      }
      return new Stored(folder, files, integrity);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static void discard(Path folder) throws IOException {
    Files.deleteIfExists(index(folder));
    delete(folder);
  }

  private Stored unpack(Integrity integrity, byte[] archive, String what) throws IOException {
    Path folder = folder(integrity);
    Files.createDirectories(folder.getParent());
    Path temporary = Files.createTempDirectory(folder.getParent(), ".new");
    Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      var lines = new StringBuilder();
      var files = new ArrayList<StoredFile>();
      for (var f : ArchiveExtractor.extract(archive, temporary, what)) {
        var attributes = Files.readAttributes(temporary.resolve(f.path()), BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().toMillis();
        files.add(new StoredFile(f.path(), attributes.size(), modified));
        lines.append(attributes.size()).append(' ').append(modified).append(' ').append(f.path()).append('\n');
      }
      try {
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        // Another process was faster, or an entry without index lies there from an interrupted run.
        var other = read(integrity);
        if (other != null) {
          delete(temporary);
          return other;
        }
        delete(folder);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      Path newIndex = Files.createTempFile(folder.getParent(), ".new", ".index");
      Files.writeString(newIndex, lines);
      Files.move(newIndex, index(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Stored(folder, files, integrity.toString());
    } catch (IOException | RuntimeException e) {
      delete(temporary);
      throw e;
    }
  }

  /** Puts a package's files into a folder: hard links, or copies where the file system has none. */
  static void link(Stored stored, Path target, boolean shared) throws IOException {
    Files.createDirectories(target);
    var folders = new HashSet<Path>();
    folders.add(target);
    boolean links = shared;
    for (var f : stored.files) {
      Path to = target.resolve(f.path);
      if (folders.add(to.getParent())) {
        Files.createDirectories(to.getParent());
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

  /** Checks size and time of every file of the store; what was changed goes, and is fetched anew when needed. */
  public Report verify() throws IOException {
    var indexes = new ArrayList<Path>();
    if (Files.isDirectory(root)) {
      try (var walk = Files.find(root, 3, (p, a) -> p.toString().endsWith(".index"))) {
        walk.forEach(indexes::add);
      }
    }
    int removed = 0;
    long files = 0;
    long bytes = 0;
    for (Path index : indexes) {
      String name = index.getFileName().toString();
      var stored = read(index.resolveSibling(name.substring(0, name.length() - ".index".length())), "");
      if (stored == null) {
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
      throw e.getCause() instanceof NpmException n ? n : new NpmException("EUNKNOWN", String.valueOf(e.getCause()), e);
    }
  }
}
