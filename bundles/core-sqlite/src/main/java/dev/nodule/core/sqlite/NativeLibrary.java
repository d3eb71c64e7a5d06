package dev.nodule.core.sqlite;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nodule.posix.Libc;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads the SQLite that sqlite-jdbc carries and asks it for its table of functions, as an extension
 * does. Once for the process.
 */
final class NativeLibrary {
  private static final int MFD_CLOEXEC = 1;

  private NativeLibrary() {}

  /** The address of {@code sqlite3_api_routines}. */
  static long table() throws IOException, SQLException {
    loadDriver();
    NativeDB database = new NativeDB("jdbc:sqlite::memory:", ":memory:", new SQLiteConfig());
    int extension = memoryFile("nodule-sqlite", TableExtension.file());
    try {
      String path = "/proc/self/fd/" + extension;
      database.open(":memory:", SQLiteOpenMode.READWRITE.flag | SQLiteOpenMode.CREATE.flag);
      database.enable_load_extension(true);
      database._exec("SELECT load_extension('" + path + "', '" + TableExtension.ENTRY + "')");
      MemorySegment table =
          SymbolLookup.libraryLookup(path, Arena.global()).find(TableExtension.TABLE).orElseThrow();
      return table.reinterpret(JAVA_LONG.byteSize()).get(JAVA_LONG, 0);
    } finally {
      database.close();
      Libc.close(extension);
    }
  }

  /** An image may hold the library as a file; otherwise it is one for as long as it is loaded. */
  private static void loadDriver() throws IOException, SQLException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String home = System.getProperty("nodule.home");
    Path own = home == null ? null : Path.of(home, "native", name);
    if (own != null && Files.isReadable(own)) {
      load(own);
      return;
    }
    Path folder = Files.createTempDirectory("nodule-sqlite");
    Path file = folder.resolve(name);
    try {
      try (InputStream in = packed(name)) {
        Files.copy(in, file);
      }
      load(file);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static void load(Path file) throws SQLException {
    System.setProperty("org.sqlite.lib.path", String.valueOf(file.getParent()));
    System.setProperty("org.sqlite.lib.name", String.valueOf(file.getFileName()));
    boolean loaded;
    try {
      loaded = NativeDB.load();
    } catch (Exception e) {
      throw new SQLException(e.getMessage(), e);
    }
    if (!loaded) {
      throw new SQLException("the library does not load");
    }
  }

  private static InputStream packed(String name) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    @Nullable InputStream in = NativeDB.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("sqlite-jdbc has no " + resource);
    }
    return in;
  }

  /** A file that is in memory alone, so that no file system has to be writable. */
  private static int memoryFile(String name, byte[] content) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = Libc.call("memfd_create", arena.allocateFrom(name).address(), MFD_CLOEXEC);
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, content);
      if (fd < 0 || Libc.call("write", fd, bytes.address(), content.length) != content.length) {
        Libc.close(fd);
        throw new IOException("no file could be made in memory");
      }
      return fd;
    }
  }
}
