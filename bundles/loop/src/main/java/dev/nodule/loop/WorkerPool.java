package dev.nodule.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads for blocking work, {@code UV_THREADPOOL_SIZE} of them (4 by default, 1024 at most),
 * shared by all loops.
 */
public final class WorkerPool implements Executor, AutoCloseable {
  private static final int DEFAULT_SIZE = 4;
  private static final int MAXIMUM_SIZE = 1024;

  private final ThreadPoolExecutor threads;

  public WorkerPool(int size) {
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("nodule-worker-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** The size that an environment asks for. */
  public static int sizeFrom(@org.jspecify.annotations.Nullable String setting) {
    if (setting == null || setting.isBlank()) {
      return DEFAULT_SIZE;
    }
    try {
      int size = Integer.parseInt(setting.strip());
      return Math.clamp(size, 1, MAXIMUM_SIZE);
    } catch (NumberFormatException e) {
      // As libuv: atoi of what is no number is 0, and 0 becomes 1.
      return 1;
    }
  }

  /** Takes no more work; what is under way is finished. */
  @Override
  public void close() {
    threads.shutdown();
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }
}
