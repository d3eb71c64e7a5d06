package dev.nodule.npm;

import dev.nodule.npm.command.CommandTable;
import dev.nodule.npm.registry.NativeCrypto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The npm commands as a program of their own: they need no engine, and so no JVM that is set up for
 * one.
 */
public final class NpmMain {
  private NpmMain() {}

  public static void main(String[] arguments) throws IOException {
    if (Boolean.getBoolean("nodule.npm.list-commands")) {
      System.out.println("npm " + String.join(" ", CommandTable.names()));
      return;
    }
    NativeCrypto.allow();
    String training = System.getProperty("nodule.npm.training");
    int code =
        training != null
            ? Training.run(Path.of(training))
            : NpmCommand.run(
                List.of(arguments),
                Path.of("").toAbsolutePath(),
                System.getenv(),
                System.out,
                System.err);
    System.out.flush();
    System.err.flush();
    if (training != null) {
      System.exit(code);
    }
    // Nothing hooks on to the end of these programs, and the orderly one would look for a logger
    // first.
    Runtime.getRuntime().halt(code);
  }
}
