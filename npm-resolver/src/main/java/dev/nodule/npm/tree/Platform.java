package dev.nodule.npm.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The machine packages are installed for, in Node.js's words. */
public record Platform(String os, String cpu, @Nullable String libc) {

  public static Platform current(@Nullable String os, @Nullable String cpu, @Nullable String libc) {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String actualOs =
        name.contains("mac")
            ? "darwin"
            : name.contains("windows") ? "win32" : name.replaceAll("[^a-z].*", "");
    String arch = System.getProperty("os.arch", "");
    String actualCpu =
        switch (arch) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          case "x86", "i386" -> "ia32";
          default -> arch;
        };
    String o = os != null ? os : actualOs;
    String l = libc != null ? libc : o.equals("linux") ? currentLibc() : null;
    return new Platform(o, cpu != null ? cpu : actualCpu, l);
  }

  private static String currentLibc() {
    return Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
            || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"))
        ? "musl"
        : "glibc";
  }

  public boolean admits(Manifest manifest) {
    return listed(os, manifest.get("os"))
        && listed(cpu, manifest.get("cpu"))
        && (manifest.get("libc") == null || libc != null && listed(libc, manifest.get("libc")));
  }

  private static boolean listed(String value, @Nullable Object list) {
    List<?> entries =
        list instanceof List<?> l ? l : list instanceof String s ? List.of(s) : List.of();
    if (list == null
        || list.equals("")
        || entries.size() == 1 && entries.getFirst().equals("any")) {
      return true;
    }
    int negated = 0;
    boolean match = false;
    for (Object entry : entries) {
      String e = String.valueOf(entry);
      if (e.startsWith("!")) {
        negated++;
        if (e.substring(1).equals(value)) {
          return false;
        }
      } else {
        match |= e.equals(value);
      }
    }
    return match || negated == entries.size();
  }
}
