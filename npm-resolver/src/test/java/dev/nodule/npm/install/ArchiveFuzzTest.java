package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Any bytes unpack to plain files inside of their folder, or are refused as an archive. */
class ArchiveFuzzTest {
  @FuzzTest(maxDuration = "3m")
  void anyBytesAreUnpackedInsideOrRefused(byte[] data) throws IOException {
    Path around = Files.createTempDirectory("archive");
    try {
      Path folder = Files.createDirectory(around.resolve("package"));
      try {
        ArchiveExtractor.extract(data, folder, "any");
      } catch (NpmException e) {
        assertEquals("EBADARCHIVE", e.code(), e.getMessage());
      }
      try {
        ArchiveContents.of(data, "any");
      } catch (NpmException e) {
        assertEquals("EBADARCHIVE", e.code(), e.getMessage());
      }
      try (var walk = Files.walk(folder)) {
        walk.forEach(
            p ->
                assertTrue(
                    Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)
                        || Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)));
      }
      try (var left = Files.list(around)) {
        assertEquals(1, left.count(), "something lies outside");
      }
    } finally {
      PackageStore.delete(around);
    }
  }
}
