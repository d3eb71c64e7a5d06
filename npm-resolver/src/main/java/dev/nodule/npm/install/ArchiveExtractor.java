package dev.nodule.npm.install;

import dev.nodule.npm.FileFailure;
import dev.nodule.npm.NpmException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a package archive into a new folder; only plain files inside that folder are ever
 * written.
 */
final class ArchiveExtractor {
  private static final int MAX_ENTRIES = 200_000;
  private static final long MAX_BYTES = 4L << 30;

  private ArchiveExtractor() {}

  /** A file of a package: path with slashes, and whether it may be executed. */
  record Extracted(String path, boolean executable) {}

  static List<Extracted> extract(byte[] archive, Path folder, String what) {
    try (var tar = new TarArchiveInputStream(decompressed(archive), "UTF-8")) {
      return extract(tar, folder, what);
    } catch (IllegalArgumentException e) {
      throw new NpmException("EBADARCHIVE", what + ": " + e.getMessage(), e);
    } catch (IOException e) {
      if (FileFailure.isOfThisMachine(e)) {
        throw FileFailure.of("could not unpack " + what, e);
      }
      throw new NpmException("EBADARCHIVE", "could not unpack " + what + ": " + e.getMessage(), e);
    }
  }

  static InputStream decompressed(byte[] archive) throws IOException {
    boolean gzip = archive.length > 2 && archive[0] == 0x1f && archive[1] == (byte) 0x8b;
    var bytes = new ByteArrayInputStream(archive);
    return gzip ? new GZIPInputStream(bytes, 1 << 15) : bytes;
  }

  private static List<Extracted> extract(TarArchiveInputStream tar, Path folder, String what)
      throws IOException {
    Map<String, Extracted> files = new HashMap<>();
    var spellings = new HashMap<String, String>();
    var folders = new HashSet<Path>();
    byte[] buffer = new byte[1 << 15];
    long bytes = 0;
    int entries = 0;
    for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
      if (++entries > MAX_ENTRIES) {
        throw new NpmException(
            "EBADARCHIVE", what + ": the archive has more than " + MAX_ENTRIES + " entries");
      }
      if (!isPlain(entry)) {
        continue; // as npm does: links and devices of a package are not created
      }
      String path = safePath(entry.getName(), what);
      if (path.isEmpty()) {
        continue;
      }
      String other = spellings.putIfAbsent(path.toLowerCase(java.util.Locale.ROOT), path);
      if (other != null && !other.equals(path)) {
        // Harmless on a file system that tells case apart; elsewhere one file would silently become
        // another.
        spellings.put(path, path);
      }
      Path file = folder.resolve(path);
      if (!file.normalize().startsWith(folder)) {
        throw unsafe(entry.getName(), what);
      }
      if (folders.add(file.getParent())) {
        Files.createDirectories(file.getParent());
      }
      try (OutputStream out = open(file, files.containsKey(path))) {
        for (int n; (n = tar.read(buffer)) > 0; ) {
          bytes += n;
          if (bytes > MAX_BYTES) {
            throw new NpmException(
                "EBADARCHIVE", what + ": the archive holds more than " + MAX_BYTES + " bytes");
          }
          out.write(buffer, 0, n);
        }
      }
      boolean executable = (entry.getMode() & 0111) != 0;
      if (executable) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      files.put(path, new Extracted(path, executable));
    }
    renameIgnores(folder, files);
    return new ArrayList<>(files.values());
  }

  static boolean isPlain(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO()
        && !entry.isGlobalPaxHeader();
  }

  private static OutputStream open(Path file, boolean again) throws IOException {
    try {
      return again
          ? Files.newOutputStream(file)
          : Files.newOutputStream(
              file,
              java.nio.file.StandardOpenOption.CREATE_NEW,
              java.nio.file.StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("two entries with the same path: " + file.getFileName());
    }
  }

  /** npm installs a .gitignore as .npmignore where the package has none. */
  private static void renameIgnores(Path folder, Map<String, Extracted> files) throws IOException {
    for (String path : List.copyOf(files.keySet())) {
      if (path.equals(".gitignore") || path.endsWith("/.gitignore")) {
        String renamed = path.substring(0, path.length() - ".gitignore".length()) + ".npmignore";
        if (!files.containsKey(renamed)) {
          Files.move(folder.resolve(path), folder.resolve(renamed));
          files.remove(path);
          files.put(renamed, new Extracted(renamed, false));
        }
      }
    }
  }

  /** The path without its first folder; refuses everything that could leave the package. */
  static String safePath(String name, String what) {
    String unified = name.replace('\\', '/');
    if (unified.startsWith("/") || unified.matches("[A-Za-z]:.*") || unified.indexOf('\0') >= 0) {
      throw unsafe(name, what);
    }
    var parts = new ArrayList<String>();
    for (String part : unified.split("/")) {
      if (part.equals("..")) {
        throw unsafe(name, what);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts.size() < 2 ? "" : String.join("/", parts.subList(1, parts.size()));
  }

  private static NpmException unsafe(String name, String what) {
    return new NpmException(
        "EBADARCHIVE", what + ": the archive has an entry that leaves its folder: " + name);
  }
}
