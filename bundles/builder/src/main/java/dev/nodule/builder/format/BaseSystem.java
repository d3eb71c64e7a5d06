package dev.nodule.builder.format;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image needs of an operating system when there is none below it: the C library and the
 * shell of this machine, which its launcher is written for, and names of users.
 */
final class BaseSystem {
  private static final Pattern LIBRARY = Pattern.compile("(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

  private BaseSystem() {}

  /** Files by their paths in the image. */
  static SortedMap<String, byte[]> files(Path java) throws IOException, DistException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Path shell = Path.of("/bin/sh").toRealPath();
    files.put("bin/sh", Files.readAllBytes(shell));
    for (String user :
        new String[] {"lib/server/libjvm.so", "lib/libnio.so", "lib/libnet.so", "bin/java"}) {
      addLibraries(files, java.resolve(user));
    }
    addLibraries(files, shell);
    if (files.keySet().stream().noneMatch(name -> name.contains("libc.so"))) {
      throw new DistException("--format oci: the C library of this machine was not found with ldd");
    }
    text(
        files,
        "etc/passwd",
        "root:x:0:0:root:/:/sbin/nologin\napp:x:65532:65532:app:/tmp:/sbin/nologin\n");
    text(files, "etc/group", "root:x:0:\napp:x:65532:\n");
    text(files, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    return files;
  }

  private static void text(SortedMap<String, byte[]> files, String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void addLibraries(SortedMap<String, byte[]> files, Path program)
      throws IOException, DistException {
    Process process =
        new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = LIBRARY.matcher(output);
    while (matcher.find()) {
      Path library = Path.of(matcher.group(1));
      if (!library.startsWith("/home") && !library.toString().contains("/java/lib/")) {
        files.putIfAbsent(library.toString().substring(1), Files.readAllBytes(library));
      }
    }
  }
}
