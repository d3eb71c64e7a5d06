package dev.nodule.launcher;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.NpmInstaller;
import dev.nodule.runtime.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code --install=auto}: what package.json names and node_modules misses is installed before the
 * program runs.
 */
final class AutoInstall {
  private AutoInstall() {}

  /** Returns the exit code with which the process must end, 0 to go on. */
  static int run(CommandLine commandLine) {
    if (!(commandLine.option("--install") instanceof String mode)) {
      return 0;
    }
    if (!mode.equals("auto")) {
      System.err.println("nodule: --install takes 'auto', not '" + mode + "'");
      return 9;
    }
    Path project = projectOf(commandLine.script());
    if (project == null) {
      return 0;
    }
    try {
      NpmInstaller.create().installMissing(project);
      return 0;
    } catch (NpmException e) {
      System.err.println("nodule error code " + e.code());
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> System.err.println("nodule error " + line));
      return 1;
    }
  }

  /** The nearest folder with a package.json, from the script's real place upwards. */
  private static @Nullable Path projectOf(@Nullable String script) {
    Path folder = Path.of("").toAbsolutePath();
    if (script != null && !script.equals("-")) {
      try {
        folder = Path.of(script).toRealPath().getParent();
      } catch (IOException e) {
        Path parent = Path.of(script).toAbsolutePath().normalize().getParent();
        folder = parent == null ? folder : parent;
      }
    }
    for (Path p = folder; p != null; p = p.getParent()) {
      if (Files.isRegularFile(p.resolve("package.json"))) {
        return p;
      }
    }
    return null;
  }
}
