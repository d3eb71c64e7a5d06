package dev.nodule.npm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several command lines in one process, so that one ahead-of-time cache knows the classes, lambdas
 * and call sites of all of them. A line is the folder of the cache to use, and then the words.
 */
final class Training {
  private Training() {}

  /** Returns 0 when every line did what it should. */
  static int run(Path lines) throws IOException {
    int code = 0;
    for (String line : Files.readAllLines(lines)) {
      List<String> words = List.of(line.split(" "));
      Map<String, String> env = new HashMap<>(System.getenv());
      env.put("NODULE_CACHE", words.getFirst());
      code |=
          NpmCommand.run(
              words.subList(1, words.size()),
              Path.of("").toAbsolutePath(),
              env,
              System.out,
              System.err);
    }
    return code;
  }
}
