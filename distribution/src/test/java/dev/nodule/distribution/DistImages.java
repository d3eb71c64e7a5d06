package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Images that {@code nodule dist} makes, for tests. */
final class DistImages {
  static final Path APPLIANCE = Nodule.CHECKOUT.resolve("examples/appliance");

  /** Compressing well takes its time. */
  private static final long TIMEOUT_SECONDS = 500;

  private DistImages() {}

  /** Makes an image, which must succeed, and gives what the command printed. */
  static String make(String... arguments) {
    List<String> command = new ArrayList<>(List.of("dist"));
    command.addAll(List.of(arguments));
    Nodule.Result result =
        Nodule.run(
            TIMEOUT_SECONDS, Nodule.CHECKOUT, Map.of(), null, command.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.err());
    return result.out();
  }

  /** Runs a program with nothing on its path and in its environment but these. */
  static Nodule.Result run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Process process = start(folder, environment, command);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Nodule.Result(process.exitValue(), out, err);
  }

  static Process start(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/nonexistent");
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
