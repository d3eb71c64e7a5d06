package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REPL on a terminal, which script(1) makes, and on a pipe. */
class ReplTest {
  @TempDir Path folder;

  @Test
  void readsFromPipe() {
    Nodule.Result result =
        Nodule.run(folder, Map.of(), "let x = 20\nawait Promise.resolve(x + 22)\n_\nfoo\n", "-i");
    assertTrue(result.out().startsWith("Welcome to Node.js v"), result.out());
    assertTrue(
        result
            .out()
            .endsWith("> undefined\n> 42\n> 42\n> Uncaught ReferenceError: foo is not defined\n> "),
        result.out());
    assertEquals(0, result.exitCode());
  }

  @Test
  void editsLinesOnTerminal() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
    Path history = folder.resolve("history");
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/script", "-qec", Nodule.LAUNCHER.toString(), "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("NODE_REPL_HISTORY", history.toString());
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    StringBuilder output = new StringBuilder();
    type(process, output, "> ", "const answer = 6 * 7\r");
    type(process, output, "undefined", "answ");
    type(process, output, "answ", "\t");
    type(process, output, "er", " + 1\r");
    type(process, output, "43", "\u001b[A\u001b[A\r");
    type(process, output, "already been declared", ".exit\r");
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output::toString);
    assertEquals(
        ".exit\nconst answer = 6 * 7\nanswer + 1\nconst answer = 6 * 7", Files.readString(history));
  }

  /** Types {@code keys} once the output since the last time has {@code text}. */
  private static void type(Process process, StringBuilder output, String text, String keys)
      throws IOException {
    int start = output.length();
    byte[] buffer = new byte[4096];
    while (output.indexOf(text, start) < 0) {
      int count = process.getInputStream().read(buffer);
      if (count < 0) {
        throw new AssertionError("the REPL ended: " + output);
      }
      output.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }
}
