package dev.nodule.npm;

import dev.nodule.npm.command.CommandTable;
import java.nio.file.Path;
import java.util.List;

/**
 * The npm commands as a program of their own: they need no engine, and so no JVM that is set up for
 * one.
 */
public final class NpmMain {
  private NpmMain() {}

  public static void main(String[] arguments) {
    if (Boolean.getBoolean("nodule.npm.list-commands")) {
      System.out.println("npm " + String.join(" ", CommandTable.names()));
      return;
    }
    int code =
        NpmCommand.run(
            List.of(arguments),
            Path.of("").toAbsolutePath(),
            System.getenv(),
            System.out,
            System.err);
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }
}
