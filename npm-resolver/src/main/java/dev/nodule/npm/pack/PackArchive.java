package dev.nodule.npm.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A package archive: the same files always give the same bytes.
 *
 * @param bytes the gzipped tar
 * @param entries what is in it
 */
public record PackArchive(byte[] bytes, List<Entry> entries) {
  /** The time that npm gives to all files, so that archives do not differ by it. */
  private static final Date TIME = new Date(499_162_500_000L);

  /** One file. */
  public record Entry(String path, long size, int mode) {}

  public static PackArchive of(Path folder) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var entries = new ArrayList<Entry>();
    var gzip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        };
    try (var tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (String path : PackList.of(folder)) {
        Path file = folder.resolve(path);
        byte[] content = Files.readAllBytes(file);
        int mode = Files.isExecutable(file) ? 0755 : 0644;
        var entry = new TarArchiveEntry("package/" + path);
        entry.setSize(content.length);
        entry.setMode(mode);
        entry.setModTime(TIME);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        entries.add(new Entry(path, content.length, mode));
      }
    }
    return new PackArchive(bytes.toByteArray(), entries);
  }
}
