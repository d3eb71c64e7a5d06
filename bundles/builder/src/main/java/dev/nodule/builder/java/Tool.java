package dev.nodule.builder.java;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that the builder calls. */
final class Tool {
  private Tool() {}

  /** Runs a program and gives what it printed; one that fails is an error with its last lines. */
  static String run(List<String> command) throws IOException, DistException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        List<String> lines = output.lines().toList();
        throw new DistException(
            command.getFirst()
                + " failed: "
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DistException("interrupted");
    }
    return output;
  }
}
