package dev.nodule.builder;

import dev.nodule.builder.report.Chains;
import dev.nodule.builder.report.ReportText;
import dev.nodule.builder.report.Treemap;
import dev.nodule.builder.update.UpdateCommand;
import dev.nodule.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code nodule dist}. Exit codes: 0 written, 1 cannot be done, 9 wrong usage. What is written
 * appears under its name when it is complete, or not at all.
 */
public final class DistMain {
  private static final int FAILED = 1;
  private static final int USAGE = 9;

  /** Parsers and resolvers recurse. */
  private static final long STACK_BYTES = 256L << 20;

  private DistMain() {}

  /** Runs the command and ends the JVM. */
  public static void main(String[] arguments) throws InterruptedException {
    int[] code = {FAILED};
    Thread thread =
        new Thread(
            null,
            () -> code[0] = run(List.of(arguments), System.out, System.err),
            "nodule-dist",
            STACK_BYTES);
    thread.start();
    thread.join();
    System.out.flush();
    System.exit(code[0]);
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.isEmpty() || arguments.contains("--help")) {
      (arguments.isEmpty() ? err : out).print(DistOptions.USAGE);
      return arguments.isEmpty() ? USAGE : 0;
    }
    try {
      if (UpdateCommand.isMeant(arguments)) {
        UpdateCommand.run(arguments, out);
        return 0;
      }
      DistOptions options = DistOptions.parse(arguments);
      Dist dist = new Dist(options, Path.of(System.getProperty("nodule.home", ".")), err);
      if (options.explain != null) {
        return explain(dist, options.explain, out, err);
      }
      var report = dist.write();
      if (options.html != null) {
        Files.writeString(options.html, Treemap.page(report));
      }
      if (options.json) {
        out.println(Json.write(report.json(), ""));
      } else {
        ReportText.print(report, out);
      }
      return 0;
    } catch (DistException e) {
      err.println("nodule: " + e.getMessage());
      return e.isUsage() ? USAGE : FAILED;
    } catch (IOException e) {
      err.println("nodule: " + message(e));
      return FAILED;
    }
  }

  private static int explain(Dist dist, String what, PrintStream out, PrintStream err)
      throws IOException, DistException {
    List<String> chain = Chains.explain(dist.analyse(), what);
    if (chain.isEmpty()) {
      err.println("nodule: nothing in this application brings '" + what + "' into its image");
      return FAILED;
    }
    for (int i = 0; i < chain.size(); i++) {
      out.println("  ".repeat(i) + chain.get(i));
    }
    return 0;
  }

  private static String message(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      default -> String.valueOf(e.getMessage());
    };
  }
}
