package dev.nodule.launcher;

import dev.nodule.posix.UnixDatagram;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager that the program is ready and that its loop turns: sd_notify(3) and
 * sd_watchdog_enabled(3) of systemd, which set the variables that this reads.
 */
final class ServiceManager {
  private static final long NANOS_PER_MICRO = 1000;

  private final String socket;

  private ServiceManager(String socket) {
    this.socket = socket;
  }

  /**
   * Starts telling, if somebody asked for it.
   *
   * @param loop where tasks run between the program's own: the first after its main script, and
   *     none while it hangs
   */
  static void tell(Executor loop) {
    ServiceManager manager = find();
    if (manager == null) {
      return;
    }
    loop.execute(
        () -> {
          manager.send("READY=1\nMAINPID=" + ProcessHandle.current().pid());
          manager.watch(loop);
        });
  }

  /** The program has ended by itself, or because it was told to. */
  static void tellEnd() {
    ServiceManager manager = find();
    if (manager != null) {
      manager.send("STOPPING=1");
    }
  }

  private static @Nullable ServiceManager find() {
    String socket = System.getenv("NOTIFY_SOCKET");
    return socket != null && (socket.startsWith("/") || socket.startsWith("@"))
        ? new ServiceManager(socket)
        : null;
  }

  private void send(String state) {
    int result = UnixDatagram.send(socket, state.getBytes(StandardCharsets.UTF_8));
    if (result < 0) {
      System.err.println(
          "nodule: the service manager cannot be told at " + socket + ": errno " + -result);
    }
  }

  /** One message in half of the time that the manager waits for one. */
  private void watch(Executor loop) {
    String micros = System.getenv("WATCHDOG_USEC");
    String pid = System.getenv("WATCHDOG_PID");
    if (micros == null
        || !micros.matches("[1-9][0-9]{0,17}")
        || (pid != null && !pid.equals(String.valueOf(ProcessHandle.current().pid())))) {
      return;
    }
    long pause = Long.parseLong(micros) * NANOS_PER_MICRO / 2;
    Thread.ofPlatform()
        .daemon()
        .name("nodule-watchdog")
        .start(
            () -> {
              while (true) {
                LockSupport.parkNanos(pause);
                loop.execute(() -> send("WATCHDOG=1"));
              }
            });
  }
}
