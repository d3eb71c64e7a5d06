package dev.nodule.core.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nodule.api.Errno;
import dev.nodule.api.SystemException;
import dev.nodule.posix.Scratch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsTest {
  private static final int O_RDWR_CREAT = 0102;

  @TempDir Path root;

  private FilePath at(String name) {
    return FilePath.of(root.resolve(name).toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesAndReadsAcrossSeveralPieces() throws Exception {
    byte[] data = new byte[Scratch.MAX_BUFFER * 2 + 5];
    data[Scratch.MAX_BUFFER] = 7;
    int fd = Descriptors.open(at("f"), O_RDWR_CREAT, 0644);
    Descriptors.writeAll(fd, data, 0, data.length);
    byte[] back = new byte[data.length + 10];
    assertEquals(data.length, Descriptors.read(fd, back, 0, back.length, 0));
    assertEquals(7, back[Scratch.MAX_BUFFER]);
    assertEquals(data.length, Stats.fstat(fd).size());
    Descriptors.close(fd);
    assertEquals(data.length, Files.size(root.resolve("f")));
    SystemException closed = assertThrows(SystemException.class, () -> Descriptors.close(fd));
    assertEquals(Errno.EBADF, closed.errno());
  }

  @Test
  void statAgreesWithTheJdk() throws Exception {
    Path file = Files.writeString(root.resolve("s"), "12345");
    Stats stats = Stats.stat(at("s"));
    assertEquals(Files.getAttribute(file, "unix:ino"), stats.fields()[7]);
    assertEquals(Files.getAttribute(file, "unix:dev"), stats.fields()[0]);
    assertEquals(Files.getAttribute(file, "unix:mode"), stats.mode());
    assertEquals(5, stats.size());
    assertEquals(
        Files.getLastModifiedTime(file).toMillis(),
        stats.fields()[12] * 1000 + stats.fields()[13] / 1_000_000);
  }

  @Test
  void listsInTheOrderOfBytes() {
    for (String name : List.of("b", "a", "é", "Z")) {
      Directories.make(at(name), 0755);
    }
    assertEquals(
        List.of("Z", "a", "b", "é"),
        Directories.list(at("")).stream().map(entry -> Directories.text(entry.name())).toList());
    assertEquals(2, Directories.list(at("")).get(0).type());
  }

  @Test
  void makesMissingParentsAndSaysWhichWasFirst() throws Exception {
    FilePath first = Directories.makeAll(at("x/y/z"), 0755);
    assertArrayEquals(at("x").bytes(), first.bytes());
    assertEquals(null, Directories.makeAll(at("x/y/z"), 0755));
    Files.writeString(root.resolve("file"), "");
    SystemException inTheWay =
        assertThrows(SystemException.class, () -> Directories.makeAll(at("file/a/b"), 0755));
    assertEquals(Errno.ENOTDIR, inTheWay.errno());
  }

  @Test
  void copiesContentAndMode() throws Exception {
    Files.writeString(root.resolve("from"), "content");
    Attributes.chmod(at("from"), 0600);
    FileCopy.copy(at("from"), at("to"), 0);
    assertEquals("content", Files.readString(root.resolve("to")));
    assertEquals(0600, Stats.stat(at("to")).mode() & 0777);
    SystemException exists =
        assertThrows(SystemException.class, () -> FileCopy.copy(at("from"), at("to"), 1));
    assertEquals(
        "EEXIST: file already exists, copyfile '"
            + at("from").text()
            + "' -> '"
            + at("to").text()
            + "'",
        exists.getMessage());
  }

  @Test
  void namesWhatARealPathMisses() {
    SystemException missing =
        assertThrows(SystemException.class, () -> Links.explainRealpath(at("none/x")));
    assertEquals(
        "ENOENT: no such file or directory, lstat '" + at("none").text() + "'",
        missing.getMessage());
  }
}
