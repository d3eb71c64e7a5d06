package dev.nodule.core.childprocess;

import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.posix.Libc;
import java.util.concurrent.atomic.AtomicBoolean;

/** A child of the event loop; it keeps the loop alive until it ends, unless unreferenced. */
final class RunningChild {
  private static final int ESRCH = 3;
  private static final int WAITER_STACK_BYTES = 1 << 17;

  private final SpawnedProcess process;
  private final Handle handle;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** {@code onExit(code, signal)} runs on the loop. */
  RunningChild(EventLoop loop, SpawnedProcess process, Callback onExit) {
    this.process = process;
    handle = loop.open("ProcessWrap");
    // waitpid(2) blocks, and a child may live as long as this process: the worker pool is not for
    // that.
    Thread waiter =
        new Thread(
            null,
            () -> {
              SpawnedProcess.Exit exit = process.await();
              ended.set(true);
              loop.execute(
                  () -> {
                    handle.setActive(false);
                    onExit.invoke(exit.code(), exit.signal());
                  });
            },
            "nodule-child-" + process.pid(),
            WAITER_STACK_BYTES);
    waiter.setDaemon(true);
    waiter.start();
  }

  Handle handle() {
    return handle;
  }

  int kill(int signal) {
    return ended.get() ? -ESRCH : Libc.call("kill", process.pid(), signal);
  }
}
