package dev.nodule.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * This machine's operating system with another surface, as {@link ThrowawaySystem}, and with its
 * own systemd in charge: in namespaces of processes, mounts and control groups. All is gone with
 * it.
 */
final class SystemdSystem implements AutoCloseable {
  private static final String SYSTEMD = "/usr/lib/systemd/systemd";
  private static final long START_SECONDS = 60;

  /** $0 is an empty folder, $1 the control group. */
  private static final String SETUP =
      """
      set -e
      echo $$ > "$1/cgroup.procs"
      exec unshare --mount --pid --fork --uts --ipc --cgroup --kill-child sh -c '
      set -e
      mount --make-rprivate /
      mount -t tmpfs -o size=1g tmpfs "$0"
      mkdir "$0/upper" "$0/work" "$0/root"
      root=$0/root
      mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$root"
      mount -t proc proc "$root/proc"
      mount -t tmpfs -o mode=755 tmpfs "$root/dev"
      for name in null zero full random urandom tty; do
        touch "$root/dev/$name"
        mount --bind "/dev/$name" "$root/dev/$name"
      done
      # Services with devices of their own copy it.
      ln -s pts/ptmx "$root/dev/ptmx"
      mkdir "$root/dev/shm"
      mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
      mount -t tmpfs -o mode=755 tmpfs "$root/run"
      mount -t sysfs -o ro sysfs "$root/sys"
      mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
      mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
      printf "[Unit]\\nDescription=test\\n" > "$root/etc/systemd/system/test.target"
      # Nothing of a boot: /tmp has what the test brings.
      for unit in systemd-tmpfiles-setup systemd-tmpfiles-clean systemd-journald systemd-udevd; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
      done
      hostname test
      cd "$root"
      mkdir old
      pivot_root . old
      umount -l /old
      rmdir /old
      exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
        /usr/lib/systemd/systemd --system --unit=test.target --log-target=console --show-status=false
      ' "$0"
      """;

  private final Process holder;
  private final Path group;

  private SystemdSystem(Process holder, Path group) {
    this.holder = holder;
    this.group = group;
  }

  /** Whether this machine has systemd, and lets us start it. */
  static boolean isPossible(Path folder) throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(SYSTEMD)) || hierarchy() == null) {
      return false;
    }
    try (SystemdSystem system = on(Files.createTempDirectory(folder, "try"))) {
      return system.holder.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  private static @org.jspecify.annotations.Nullable Path hierarchy() {
    for (String path : List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")) {
      if (Files.isWritable(Path.of(path, "cgroup.procs"))
          && Files.exists(Path.of(path, "cgroup.controllers"))) {
        return Path.of(path);
      }
    }
    return null;
  }

  /** Starts it on an empty folder, and returns when it says that it runs. */
  static SystemdSystem on(Path folder) throws IOException, InterruptedException {
    Path hierarchy = hierarchy();
    if (hierarchy == null) {
      throw new IOException("no control groups of version 2");
    }
    Path group = hierarchy.resolve("nodule-test-" + ProcessHandle.current().pid());
    Files.createDirectories(group);
    Process process =
        new ProcessBuilder("sh", "-c", SETUP, folder.toString(), group.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile())
            .start();
    SystemdSystem system = new SystemdSystem(process, group);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (process.toHandle().children().findFirst().isPresent()) {
        String state = system.run("systemctl", "is-system-running").out().strip();
        if (state.equals("running") || state.equals("degraded")) {
          return system;
        }
      }
      Thread.sleep(100);
    }
    system.close();
    throw new IOException("systemd does not start here");
  }

  /** Runs a program as root. */
  Nodule.Result run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("/usr/bin/nsenter", "--target"));
    all.add(String.valueOf(holder.toHandle().children().findFirst().orElseThrow().pid()));
    all.addAll(List.of("--mount", "--pid", "--uts", "--ipc", "--cgroup", "--"));
    all.addAll(List.of(command));
    return DistImages.run(Path.of("/"), ThrowawaySystem.ENVIRONMENT, all.toArray(String[]::new));
  }

  /** Runs a line of the shell, which must succeed, and gives what it printed. */
  String shell(String line) throws IOException, InterruptedException {
    Nodule.Result result = run("/bin/sh", "-c", line);
    if (result.exitCode() != 0) {
      throw new AssertionError(line + "\n" + result.out() + result.err());
    }
    return result.out();
  }

  @Override
  public void close() throws IOException {
    // With the first process of its namespace all others go.
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
    try {
      holder.waitFor(20, TimeUnit.SECONDS);
      for (int i = 0; i < 50 && Files.exists(group); i++) {
        Thread.sleep(100);
        remove(group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path group) throws IOException {
    try (Stream<Path> groups = Files.walk(group)) {
      for (Path path :
          groups.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        path.toFile().delete();
      }
    }
  }
}
