package dev.nodule.karaf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Karaf as its users start it: {@code bin/karaf}, with its shell on a terminal. The terminal comes
 * from {@code script} of util-linux: on a pipe Karaf's shell writes its prompt without end.
 */
final class KarafProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = Long.getLong("karaf.patience", 120);

  /** What moves the cursor and colours the text. */
  private static final Pattern TERMINAL_CONTROL =
      Pattern.compile("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>])|\r");

  private final Process process;
  private final Writer input;
  private final StringBuilder output = new StringBuilder();

  private KarafProcess(Process process) {
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Prepares the folder as docs/containers.md says and starts it with an empty cache. */
  static KarafProcess start(Path home, Path repository) throws IOException {
    Files.writeString(
        home.resolve("bin/setenv"),
        "JAVA_OPTS=\"-javaagent:"
            + System.getProperty("karaf.agent")
            + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "
            + System.getProperty("karaf.options", "")
            + "\"\nexport JAVA_OPTS\n");
    Files.writeString(
        home.resolve("etc/org.ops4j.pax.url.mvn.cfg"),
        "org.ops4j.pax.url.mvn.useFallbackRepositories=false\n"
            + "org.ops4j.pax.url.mvn.defaultRepositories="
            + repository.toUri()
            + "@id=nodule,${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots\n"
            + "org.ops4j.pax.url.mvn.repositories=\n");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qefc", home.resolve("bin/karaf") + " clean", "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    KarafProcess karaf = new KarafProcess(builder.start());
    Thread.ofPlatform().daemon().name("karaf-output").start(karaf::read);
    return karaf;
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int c;
      while ((c = reader.read()) >= 0) {
        synchronized (output) {
          output.append((char) c);
          output.notifyAll();
        }
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  /** Sends a line to the shell and waits for what it must answer. */
  Matcher command(String line, String answer) throws IOException, InterruptedException {
    int start;
    synchronized (output) {
      start = output.length();
    }
    input.write(line + "\n");
    input.flush();
    return await(start, answer);
  }

  /** Waits until everything that was written has such a text in it. */
  Matcher await(String text) throws IOException, InterruptedException {
    return await(0, text);
  }

  private Matcher await(int start, String text) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(text);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (output) {
      while (true) {
        String written = output.substring(start);
        Matcher matcher = pattern.matcher(TERMINAL_CONTROL.matcher(written).replaceAll(""));
        if (matcher.find()) {
          return matcher;
        }
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("Karaf did not write '" + text + "' but:\n" + written);
        }
        output.wait(1000);
      }
    }
  }

  boolean awaitEnd() throws InterruptedException {
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
