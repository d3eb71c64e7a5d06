package dev.nodule.npm.install;

import dev.nodule.npm.NpmCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A project in a temporary folder, and the commands run in it. */
final class ProjectFolder {
  final Path path;
  final Map<String, String> env = new HashMap<>();
  String out = "";
  String err = "";

  ProjectFolder(Path temporary, String registry) throws IOException {
    path = Files.createDirectories(temporary.resolve("project"));
    env.put("HOME", temporary.toString());
    env.put("PATH", System.getenv("PATH"));
    env.put("NODULE_CACHE", temporary.resolve("cache").toString());
    env.put("npm_config_registry", registry);
    env.put("npm_config_fetch_retry_mintimeout", "1");
  }

  int run(String... arguments) {
    var o = new ByteArrayOutputStream();
    var e = new ByteArrayOutputStream();
    int code =
        NpmCommand.run(
            List.of(arguments),
            path,
            env,
            new PrintStream(o, true, StandardCharsets.UTF_8),
            new PrintStream(e, true, StandardCharsets.UTF_8));
    out = o.toString(StandardCharsets.UTF_8);
    err = e.toString(StandardCharsets.UTF_8);
    return code;
  }

  ProjectFolder write(String file, String text) throws IOException {
    Files.createDirectories(path.resolve(file).getParent());
    Files.writeString(path.resolve(file), text);
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(path.resolve(file));
  }

  boolean has(String file) {
    return Files.exists(path.resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  /** Every file with its content, the stamp left out: two equal snapshots are the same tree. */
  Map<String, String> snapshot() throws IOException {
    var result = new TreeMap<String, String>();
    try (var walk = Files.walk(path)) {
      for (Path p : (Iterable<Path>) walk::iterator) {
        String name = path.relativize(p).toString();
        if (Files.isSymbolicLink(p)) {
          result.put(name, "-> " + Files.readSymbolicLink(p));
        } else if (Files.isRegularFile(p) && !name.endsWith(".nodule-stamp")) {
          result.put(name, Files.readString(p, StandardCharsets.ISO_8859_1));
        } else if (Files.isDirectory(p) && name.contains(".nodule")) {
          result.put(name, "litter");
        }
      }
    }
    return result;
  }
}
