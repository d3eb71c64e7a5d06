package dev.nodule.npm;

import dev.nodule.npm.command.CommandTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The npm commands of the {@code nodule} launcher. */
public final class NpmCommand {
  private NpmCommand() {}

  /** Whether the launcher should hand a command line with this first word to {@link #run}. */
  public static boolean isCommand(String word) {
    return word.equals("npm") || CommandTable.has(word);
  }

  /**
   * Runs a command line such as {@code install express}, also with {@code npm} before it; returns
   * the exit code.
   */
  public static int run(
      List<String> args, Path cwd, Map<String, String> env, PrintStream out, PrintStream err) {
    var own =
        !args.isEmpty() && args.getFirst().equals("npm") ? args.subList(1, args.size()) : args;
    if (own.equals(List.of("--version")) || own.equals(List.of("-v"))) {
      out.println("11.19.1"); // the npm whose ways these commands follow
      return 0;
    }
    try {
      return CommandTable.run(own, cwd.toAbsolutePath().normalize(), env, out, err);
    } catch (NpmException e) {
      report(e, err);
      return e.code().matches("[1-9][0-9]{0,2}") ? Integer.parseInt(e.code()) : 1;
    } catch (IOException e) {
      report(FileFailure.of("could not finish", e), err);
    } catch (RuntimeException e) {
      report(new NpmException("EINTERNAL", "internal error: " + e), err);
      if (Boolean.getBoolean("nodule.trace-java")) {
        e.printStackTrace(err);
      }
    }
    return 1;
  }

  private static void report(NpmException e, PrintStream err) {
    err.println("nodule error code " + e.code());
    String.valueOf(e.getMessage())
        .lines()
        .forEach(line -> err.println(("nodule error " + line).stripTrailing()));
  }
}
