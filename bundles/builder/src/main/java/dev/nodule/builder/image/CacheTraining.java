package dev.nodule.builder.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the application once and keeps the classes that it loaded, linked, in an ahead-of-time cache
 * (JEP 483, JEP 514). A server is asked for its first page some times and then ended.
 */
public final class CacheTraining {
  private static final String SCRIPT = "train-application.cjs";
  private static final long TIMEOUT_SECONDS = 120;

  /**
   * Milliseconds after which the compiler would start: its classes would make the cache twice as
   * large in memory and on disk, for a start that they come too late for.
   */
  private static final long NEVER = 1_000_000_000;

  private CacheTraining() {}

  /**
   * Trains.
   *
   * @return empty, or what the application said that cannot be run here; the image has no cache
   *     then
   */
  public static String run(ImageLayout image, String name) throws IOException {
    Path work = Files.createTempDirectory("nodule-train");
    try {
      Path script = work.resolve(SCRIPT);
      try (InputStream in = CacheTraining.class.getResourceAsStream(SCRIPT)) {
        Files.write(script, in == null ? new byte[0] : in.readAllBytes());
      }
      Files.createDirectories(image.folder().resolve("cache"));
      // With classes in it that were loaded and not linked when the run ended, JDK 25 crashes at
      // start: so it is tried.
      for (String flags : List.of("", "", "-XX:-AOTClassLinking")) {
        Files.deleteIfExists(image.cache());
        // In two steps: the virtual machine's own second step lacks the launcher's descriptor.
        Path recorded = work.resolve("recorded");
        String options =
            " -XX:AOTConfiguration=" + recorded + " -XX:CompilerDirectivesFile= " + flags;
        start(
            image,
            name,
            work,
            script,
            "-XX:AOTMode=record -Dnodule.compiler.delay=" + NEVER + options);
        if (!Files.exists(recorded)) {
          continue;
        }
        start(
            image,
            name,
            work,
            script,
            "-XX:AOTMode=create -XX:AOTCache=" + image.cache() + options);
        if (Files.exists(image.cache()) && works(image, work)) {
          return "";
        }
      }
      FileTree.delete(image.folder().resolve("cache"));
      String said = Files.readString(work.resolve("train.log")).strip();
      return said.isEmpty()
          ? "it said nothing"
          : said.lines().limit(3).reduce((a, b) -> a + " | " + b).orElse("");
    } finally {
      FileTree.delete(work);
    }
  }

  private static void start(
      ImageLayout image, String name, Path work, Path script, String javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(image.launcher(name).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("NODE_OPTIONS", "--require " + script);
    environment.put("NODULE_JAVA_OPTIONS", javaOptions);
    environment.put("NODE_ENV", "production");
    environment.put("PORT", "0");
    finish(builder, work.resolve("train.log"));
  }

  private static boolean works(ImageLayout image, Path work) throws IOException {
    Path log = work.resolve("try.log");
    ProcessBuilder builder =
        new ProcessBuilder(image.folder().resolve("bin/nodule").toString(), "-p", "40+2")
            .directory(work.toFile());
    builder.environment().remove("NODE_OPTIONS");
    builder.environment().put("NODULE_JAVA_OPTIONS", "-XX:ErrorFile=/dev/null");
    return finish(builder, log) == 0
        && Files.readString(log, StandardCharsets.UTF_8).strip().endsWith("42");
  }

  private static int finish(ProcessBuilder builder, Path log) throws IOException {
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    try {
      if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return -1;
  }
}
