package dev.nodule.builder.trim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A jar in memory, with the entries that Java 25 sees: of a multi-release jar the newest. */
final class JarContent {
  private static final String VERSIONS = "META-INF/versions/";
  private static final int JAVA = 25;

  final Path file;
  final SortedMap<String, byte[]> entries = new TreeMap<>();

  private JarContent(Path file) {
    this.file = file;
  }

  static JarContent read(Path file) throws IOException {
    JarContent content = new JarContent(file);
    SortedMap<Integer, SortedMap<String, byte[]>> versions = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        String name = entry.getName();
        if (name.startsWith(VERSIONS)) {
          int slash = name.indexOf('/', VERSIONS.length());
          int version =
              slash < 0 ? Integer.MAX_VALUE : number(name.substring(VERSIONS.length(), slash));
          if (version <= JAVA) {
            versions
                .computeIfAbsent(version, key -> new TreeMap<>())
                .put(name.substring(slash + 1), bytes);
          }
        } else {
          content.entries.put(name, bytes);
        }
      }
    }
    versions.values().forEach(content.entries::putAll);
    return content;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  static boolean isClass(String entry) {
    return entry.endsWith(".class") && !entry.endsWith("module-info.class");
  }

  static String className(String entry) {
    return entry.substring(0, entry.length() - ".class".length());
  }

  /** Whether it is one of Nodule's own, which are not trimmed. */
  boolean isOwn() {
    return name().startsWith("nodule-");
  }

  String name() {
    return String.valueOf(file.getFileName());
  }
}
