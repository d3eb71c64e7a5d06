package dev.nodule.builder.trace;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a command really loads: it is run with a preloaded script ({@code NODE_OPTIONS}) whose hooks
 * write down each module, in all processes that it starts. The script is plain JavaScript, so it
 * works for whatever {@code node} the command calls.
 */
public record LoadTrace(Map<Path, Trace.Origin> files, Map<String, Trace.Origin> coreIds) {
  private static final String SCRIPT = "load-trace.cjs";
  private static final long TIMEOUT_MINUTES = 10;

  /**
   * Runs a shell command in the application's folder and tells what its processes loaded.
   *
   * @param bin the folder with {@code node}, which comes first on the path
   */
  public static LoadTrace of(String command, Path application, Path bin)
      throws IOException, DistException {
    Path work = Files.createTempDirectory("nodule-trace");
    try {
      Path script = work.resolve(SCRIPT);
      try (InputStream in = LoadTrace.class.getResourceAsStream(SCRIPT)) {
        Files.write(script, in == null ? new byte[0] : in.readAllBytes());
      }
      Path log = Files.createFile(work.resolve("log"));
      ProcessBuilder builder =
          // Standard output is the report's.
          new ProcessBuilder("sh", "-c", "exec 1>&2\n" + command)
              .directory(application.toFile())
              .inheritIO();
      Map<String, String> environment = builder.environment();
      environment.put("PATH", bin + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
      environment.merge("NODE_OPTIONS", "--require " + script, (old, added) -> added + " " + old);
      environment.put("NODULE_LOAD_TRACE", log.toString());
      Process process = builder.start();
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new DistException("--trace: '" + command + "' did not end within ten minutes");
      }
      if (process.exitValue() != 0) {
        throw new DistException(
            "--trace: '" + command + "' ended with exit code " + process.exitValue());
      }
      return read(log, application);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DistException("--trace: interrupted");
    } finally {
      for (String name : Arrays.asList(SCRIPT, "log")) {
        Files.deleteIfExists(work.resolve(name));
      }
      Files.deleteIfExists(work);
    }
  }

  /** Lines of parent URL, a tab, and the URL that was loaded; only what lies in the application. */
  private static LoadTrace read(Path log, Path application) throws IOException {
    Map<Path, Trace.Origin> files = new LinkedHashMap<>();
    Map<String, Trace.Origin> coreIds = new TreeMap<>();
    for (String line : Files.readAllLines(log)) {
      String[] fields = line.split("\t", 2);
      if (fields.length != 2 || !fields[0].startsWith("file:")) {
        continue;
      }
      Path parent = Path.of(URI.create(fields[0]));
      if (!parent.startsWith(application)) {
        continue;
      }
      Trace.Origin origin = new Trace.Origin(parent, 0);
      if (fields[1].startsWith("node:")) {
        coreIds.putIfAbsent(fields[1].substring("node:".length()), origin);
      } else if (fields[1].startsWith("file:")) {
        Path file = Path.of(URI.create(fields[1]));
        if (file.startsWith(application)) {
          files.putIfAbsent(file, origin);
        }
      }
    }
    return new LoadTrace(files, coreIds);
  }
}
