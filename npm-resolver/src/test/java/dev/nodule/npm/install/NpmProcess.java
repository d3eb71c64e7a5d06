package dev.nodule.npm.install;

import dev.nodule.npm.NpmMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command in a process of its own, which can be killed, or confined by the system. */
final class NpmProcess {
  private NpmProcess() {}

  /** The command line that starts npm's commands in another JVM. */
  static List<String> command(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NpmMain.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Process start(ProjectFolder project, Path log, String... arguments) throws IOException {
    return start(project, log, command(arguments));
  }

  static Process start(ProjectFolder project, Path log, List<String> command) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(project.path.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(project.env);
    return builder.start();
  }

  /**
   * Runs a shell script with mounts of its own, where {@code npm} is a function; null where the
   * system does not allow that.
   */
  static String withMounts(ProjectFolder project, Path log, String script) throws Exception {
    var line = new StringBuilder("npm() {");
    command().forEach(word -> line.append(" '").append(word).append('\''));
    line.append(" \"$@\"; }\n").append(script);
    boolean root = Files.isWritable(Path.of("/etc"));
    var probe =
        new ProcessBuilder(
            root ? List.of("unshare", "-m", "true") : List.of("unshare", "-rm", "true"));
    try {
      if (probe.start().waitFor() != 0) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    var process =
        start(project, log, List.of("unshare", root ? "-m" : "-rm", "sh", "-c", line.toString()));
    process.waitFor();
    return Files.readString(log);
  }
}
