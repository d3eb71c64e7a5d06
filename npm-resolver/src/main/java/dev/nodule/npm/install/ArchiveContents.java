package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a package in memory, to be compared; nothing is written. */
public final class ArchiveContents {
  private static final int MAX_ENTRIES = 200_000;
  private static final long MAX_BYTES = 1L << 30;

  private ArchiveContents() {}

  /** One file. */
  public record Entry(byte[] content, int mode) {}

  /** By path without its first folder, in the archive's order. */
  public static Map<String, Entry> of(byte[] archive, String what) {
    var files = new LinkedHashMap<String, Entry>();
    long bytes = 0;
    int entries = 0;
    try (var tar = new TarArchiveInputStream(ArchiveExtractor.decompressed(archive), "UTF-8")) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        if (!ArchiveExtractor.isPlain(entry)) {
          continue;
        }
        bytes += Math.max(0, entry.getSize());
        if (++entries > MAX_ENTRIES || bytes > MAX_BYTES) {
          throw new NpmException("EBADARCHIVE", what + ": the archive is too large to be compared");
        }
        String path = entry.getName().replaceFirst("^[^/]*/?", "");
        files.put(path, new Entry(tar.readAllBytes(), entry.getMode() & 07777777));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new NpmException("EBADARCHIVE", "could not read " + what + ": " + e.getMessage(), e);
    }
    return files;
  }

  /** An installed package as it is, without what lies in its own node_modules. */
  public static Map<String, Entry> of(Path folder) throws IOException {
    var files = new LinkedHashMap<String, Entry>();
    try (var walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.sorted()::iterator) {
        Path path = folder.relativize(file);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !path.startsWith("node_modules")) {
          int mode = Files.isExecutable(file) ? 0755 : 0644;
          files.put(path.toString().replace('\\', '/'), new Entry(Files.readAllBytes(file), mode));
        }
      }
    }
    return files;
  }
}
