package dev.nodule.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * This machine's operating system with another surface: a root whose changes lie in memory and are
 * gone with the process that holds its mount namespace. Packages are installed there by the real
 * {@code dpkg}.
 */
final class ThrowawaySystem implements AutoCloseable {
  /** What root has on a system that nobody sits at. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH",
          "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "DEBIAN_FRONTEND",
          "noninteractive",
          "LC_ALL",
          "C.UTF-8",
          "HOME",
          "/root");

  private static final String SETUP =
      """
      set -e
      mount -t tmpfs -o size=1g tmpfs "$0"
      mkdir "$0/upper" "$0/work" "$0/root"
      mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$0/root"
      mount -t proc proc "$0/root/proc"
      mount --bind /dev "$0/root/dev"
      echo ready
      exec cat
      """;

  private final Process holder;
  private final Path root;

  private ThrowawaySystem(Process holder, Path root) {
    this.holder = holder;
    this.root = root;
  }

  /** Whether this machine lets us, and has these programs. */
  static boolean isPossible(Path folder, String... programs) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return false;
    }
    for (String program : programs) {
      if (Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
          .noneMatch(bin -> Files.isExecutable(Path.of(bin, program)))) {
        return false;
      }
    }
    try (ThrowawaySystem system = on(Files.createTempDirectory(folder, "try"))) {
      return system.holder.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** Mounts it on an empty folder, for its own processes alone. */
  static ThrowawaySystem on(Path folder) throws IOException {
    Process process =
        new ProcessBuilder("unshare", "--mount", "sh", "-c", SETUP, folder.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (!"ready".equals(line)) {
      process.destroyForcibly();
      throw new IOException("no throwaway system here: " + line);
    }
    return new ThrowawaySystem(process, folder.resolve("root"));
  }

  private List<String> inside(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "/usr/bin/nsenter",
                "--target",
                String.valueOf(holder.pid()),
                "--mount",
                "/usr/sbin/chroot",
                root.toString()));
    all.addAll(List.of(command));
    return all;
  }

  /** Runs a program as root. */
  Nodule.Result run(String... command) throws IOException, InterruptedException {
    return DistImages.run(Path.of("/"), ENVIRONMENT, inside(command).toArray(String[]::new));
  }

  /** Runs a line of the shell, which must succeed, and gives what it printed. */
  String shell(String line) throws IOException, InterruptedException {
    Nodule.Result result = run("/bin/sh", "-c", line);
    if (result.exitCode() != 0) {
      throw new AssertionError(line + "\n" + result.out() + result.err());
    }
    return result.out();
  }

  /** Starts a program that stays; its process id is the program's own. */
  Process start(Map<String, String> environment, String... command) throws IOException {
    return DistImages.start(Path.of("/"), environment, inside(command).toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
    holder.destroy();
  }
}
