package dev.nodule.core.childprocess;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nodule.api.Errno;
import dev.nodule.posix.CStrings;
import dev.nodule.posix.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts processes: descriptors, working directory, session and signals as posix_spawn(3) sets them
 * between fork and exec.
 */
final class PosixSpawn {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int O_RDWR_CLOEXEC = 2 | 02000000;
  private static final int O_NONBLOCK = 04000;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;

  /** Room for glibc's and musl's posix_spawn_file_actions_t, posix_spawnattr_t and sigset_t. */
  private static final int STRUCT_BYTES = 512;

  /** Held by the launcher, which cannot say that it is no business of children. */
  private static final int LAUNCHER_DESCRIPTOR = 9;

  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  static {
    keepLauncherDescriptor();
  }

  private static void keepLauncherDescriptor() {
    String home = System.getProperty("nodule.home");
    try {
      if (home != null
          && Files.isSameFile(Path.of("/proc/self/fd/" + LAUNCHER_DESCRIPTOR), Path.of(home))) {
        Libc.call("fcntl", LAUNCHER_DESCRIPTOR, F_SETFD, FD_CLOEXEC);
      }
    } catch (IOException e) {
      // It is not open.
    }
  }

  private PosixSpawn() {}

  /** Starts the process; the calling thread may change its own credentials for it. */
  static SpawnedProcess start(SpawnOptions options) {
    if (options.user() < 0 && options.group() < 0) {
      return startHere(options);
    }
    // Linux keeps credentials for each thread, and the child takes those of the thread that starts
    // it.
    SpawnedProcess[] result = new SpawnedProcess[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  int error = Credentials.assume(options.user(), options.group());
                  result[0] = error < 0 ? failed(error, options) : startHere(options);
                });
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result[0];
  }

  private static SpawnedProcess failed(int error, SpawnOptions options) {
    int[] none = new int[options.stdio().length];
    Arrays.fill(none, -1);
    return new SpawnedProcess(error, none);
  }

  private static SpawnedProcess startHere(SpawnOptions options) {
    int count = options.stdio().length;
    int[] parentEnds = new int[count];
    int[] childEnds = new int[count];
    Arrays.fill(parentEnds, -1);
    Arrays.fill(childEnds, -1);
    try (Arena arena = Arena.ofConfined()) {
      int error = openDescriptors(arena, options.stdio(), parentEnds, childEnds);
      int pid = error < 0 ? error : execute(arena, options, childEnds);
      return new SpawnedProcess(pid, parentEnds);
    } finally {
      for (int fd : childEnds) {
        Libc.close(fd);
      }
    }
  }

  /**
   * Makes the child's descriptors under high numbers, so that no dup2 hits one that is needed
   * later.
   */
  private static int openDescriptors(Arena arena, int[] stdio, int[] parentEnds, int[] childEnds) {
    MemorySegment pair = arena.allocate(JAVA_INT, 2);
    for (int i = 0; i < stdio.length; i++) {
      int source;
      boolean owned = true;
      if (stdio[i] == SpawnOptions.PIPE) {
        int error = Libc.call("socketpair", AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.address());
        if (error < 0) {
          return error;
        }
        parentEnds[i] = pair.getAtIndex(JAVA_INT, 0);
        source = pair.getAtIndex(JAVA_INT, 1);
      } else if (stdio[i] == SpawnOptions.IGNORE) {
        if (i > 2) {
          continue;
        }
        source = Libc.call("open", arena.allocateFrom("/dev/null").address(), O_RDWR_CLOEXEC);
      } else {
        source = stdio[i];
        owned = false;
        if (i < 3) {
          makeBlocking(source);
        }
      }
      int high =
          source < 0 ? source : Libc.call("fcntl", source, F_DUPFD_CLOEXEC, stdio.length + 3L);
      if (owned) {
        Libc.close(source);
      }
      if (high < 0) {
        return high;
      }
      childEnds[i] = high;
    }
    return 0;
  }

  /**
   * Programs expect to wait for their standard streams; the flag is that of the open file, which
   * both processes share.
   */
  private static void makeBlocking(int fd) {
    int flags = Libc.call("fcntl", fd, F_GETFL);
    if (flags >= 0 && (flags & O_NONBLOCK) != 0) {
      Libc.call("fcntl", fd, F_SETFL, flags & ~O_NONBLOCK);
    }
  }

  private static int execute(Arena arena, SpawnOptions options, int[] childEnds) {
    MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
    MemorySegment attributes = arena.allocate(STRUCT_BYTES, 16);
    Libc.call("posix_spawn_file_actions_init", actions.address());
    Libc.call("posix_spawnattr_init", attributes.address());
    try {
      for (int i = 0; i < childEnds.length; i++) {
        if (childEnds[i] >= 0) {
          Libc.call("posix_spawn_file_actions_adddup2", actions.address(), childEnds[i], i);
        }
      }
      if (Libc.has("posix_spawn_file_actions_addclosefrom_np")) {
        Libc.call(
            "posix_spawn_file_actions_addclosefrom_np",
            actions.address(),
            Math.max(3, childEnds.length));
      }
      if (!options.inheritsDirectory()) {
        Libc.call(
            "posix_spawn_file_actions_addchdir_np",
            actions.address(),
            arena.allocateFrom(options.directory().toString()).address());
      }
      MemorySegment signals = arena.allocate(STRUCT_BYTES, 16);
      Libc.call("sigemptyset", signals.address());
      Libc.call("posix_spawnattr_setsigmask", attributes.address(), signals.address());
      Libc.call("sigfillset", signals.address());
      Libc.call("posix_spawnattr_setsigdefault", attributes.address(), signals.address());
      short flags = (short) (SETSIGDEF | SETSIGMASK | (options.detached() ? SETSID : 0));
      Libc.call("posix_spawnattr_setflags", attributes.address(), flags);
      return search(arena, options, actions, attributes);
    } finally {
      Libc.call("posix_spawn_file_actions_destroy", actions.address());
      Libc.call("posix_spawnattr_destroy", attributes.address());
    }
  }

  /**
   * The first file of PATH, as the child's environment has it, that can be run; execvp(3)'s rules.
   */
  private static int search(
      Arena arena, SpawnOptions options, MemorySegment actions, MemorySegment attributes) {
    if (options.file().indexOf('/') >= 0) {
      return spawn(arena, options.file(), options, actions, attributes);
    }
    int result = -Errno.ENOENT.number();
    for (String folder : path(options.environment()).split(":", -1)) {
      Path candidate = options.directory().resolve(folder).resolve(options.file());
      if (!Files.isRegularFile(candidate)) {
        continue;
      }
      int pid = spawn(arena, candidate.toString(), options, actions, attributes);
      if (pid != -Errno.ENOENT.number() && pid != -Errno.EACCES.number()) {
        return pid;
      }
      if (pid == -Errno.EACCES.number()) {
        result = pid;
      }
    }
    return result;
  }

  private static String path(List<String> environment) {
    for (String entry : environment) {
      if (entry.startsWith("PATH=")) {
        return entry.substring(5);
      }
    }
    return DEFAULT_PATH;
  }

  private static int spawn(
      Arena arena,
      String file,
      SpawnOptions options,
      MemorySegment actions,
      MemorySegment attributes) {
    int pid = spawn(arena, file, options.arguments(), options.environment(), actions, attributes);
    if (pid != -Errno.ENOEXEC.number()) {
      return pid;
    }
    // A script without "#!": the shell's.
    List<String> arguments = new ArrayList<>(List.of("/bin/sh", file));
    arguments.addAll(
        options
            .arguments()
            .subList(Math.min(1, options.arguments().size()), options.arguments().size()));
    return spawn(arena, "/bin/sh", arguments, options.environment(), actions, attributes);
  }

  private static int spawn(
      Arena arena,
      String file,
      List<String> arguments,
      List<String> environment,
      MemorySegment actions,
      MemorySegment attributes) {
    MemorySegment pid = arena.allocate(JAVA_INT);
    int errno =
        Libc.call(
            "posix_spawn",
            pid.address(),
            arena.allocateFrom(file).address(),
            actions.address(),
            attributes.address(),
            CStrings.array(arena, arguments).address(),
            CStrings.array(arena, environment).address());
    return errno == 0 ? pid.get(JAVA_INT, 0) : -errno;
  }
}
