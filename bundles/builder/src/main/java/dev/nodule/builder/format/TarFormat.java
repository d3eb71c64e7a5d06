package dev.nodule.builder.format;

import dev.nodule.builder.image.FileTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Tar archives whose bytes depend on the files' content alone: sorted, owned by root, of one time.
 */
public final class TarFormat {
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  /** Larger than any image: what repeats anywhere is found. */
  private static final int DICTIONARY = 1 << 27;

  private TarFormat() {}

  /**
   * Packs a folder under its own name.
   *
   * @param name of the archive, whose ending says how it is compressed
   */
  public static void write(Path folder, Path archive, String name, Instant time)
      throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16);
        OutputStream compressed = compressed(file, name);
        TarArchiveOutputStream tar = stream(compressed)) {
      String base = folder.getFileName() + "/";
      add(tar, folder, base, time);
      for (Path entry : FileTree.entries(folder)) {
        add(tar, entry, base + folder.relativize(entry), time);
      }
    }
  }

  static TarArchiveOutputStream stream(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  private static OutputStream compressed(OutputStream file, String name) throws IOException {
    if (name.endsWith(".xz")) {
      LZMA2Options options = new LZMA2Options(9);
      options.setDictSize(DICTIONARY);
      return new XZOutputStream(file, options);
    }
    if (name.endsWith(".tar")) {
      return file;
    }
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    parameters.setModificationInstant(Instant.EPOCH);
    return new GzipCompressorOutputStream(file, parameters);
  }

  /** Adds one file, link or folder. */
  static void add(TarArchiveOutputStream tar, Path file, String name, Instant time)
      throws IOException {
    TarArchiveEntry entry;
    boolean content = false;
    if (Files.isSymbolicLink(file)) {
      entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(file).toString());
      entry.setMode(0777);
    } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      entry = new TarArchiveEntry(name.endsWith("/") ? name : name + "/");
      entry.setMode(EXECUTABLE);
    } else {
      entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(file));
      entry.setMode(isExecutable(file) ? EXECUTABLE : PLAIN);
      content = true;
    }
    entry.setModTime(java.nio.file.attribute.FileTime.from(time));
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    tar.putArchiveEntry(entry);
    if (content) {
      Files.copy(file, tar);
    }
    tar.closeArchiveEntry();
  }

  /** The owner's bit: to root everything may look executable. */
  static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file)
        .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
  }
}
