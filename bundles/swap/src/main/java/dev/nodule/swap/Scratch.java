package dev.nodule.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * Jars are verified in a file: a copy in memory where there is one, as the root may be read-only.
 */
final class Scratch {
  private Scratch() {}

  /** What is done with a jar. */
  interface Reader<T, E extends Exception> {
    T read(JarFile jar) throws IOException, E;
  }

  /** Opens the bytes as a jar whose signatures are verified. */
  static <T, E extends Exception> T read(byte[] bytes, Reader<T, E> reader) throws IOException, E {
    Path shared = Path.of("/dev/shm");
    Path copy =
        Files.isWritable(shared)
            ? Files.createTempFile(shared, "nodule-", ".jar")
            : Files.createTempFile("nodule-", ".jar");
    try {
      Files.write(copy, bytes);
      try (JarFile jar = new JarFile(copy.toFile(), true)) {
        return reader.read(jar);
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
