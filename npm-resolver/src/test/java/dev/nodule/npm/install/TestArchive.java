package dev.nodule.npm.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Package archives, well-formed and hostile. */
final class TestArchive {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  TestArchive() {
    try {
      tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestArchive file(String path, String text) {
    return file(path, text, 0644);
  }

  TestArchive file(String path, String text, int mode) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(path, true);
    entry.setSize(content.length);
    entry.setMode(mode);
    return put(entry, content);
  }

  /** An entry of another type: link, device, pipe. */
  TestArchive special(String path, byte type, String target) {
    var entry = new TarArchiveEntry(path, type, true);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  private TestArchive put(TarArchiveEntry entry, byte[] content) {
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
