package dev.nodule.api;

import java.util.concurrent.Executor;

/** The loop of one realm's JavaScript thread, in libuv's place. */
public interface EventLoop extends Executor {
  /** Whether this is the loop's thread. */
  boolean inLoop();

  /**
   * Queues a task for the loop's pending phase, from any thread. It does not keep the loop alive:
   * hold a {@link Handle} where it must come.
   */
  @Override
  void execute(Runnable task);

  /**
   * The Netty loop that runs on this same thread: channels registered here call back on the
   * JavaScript thread.
   */
  io.netty.channel.EventLoop netty();

  /** The channels that fit {@link #netty()}. */
  Transport transport();

  /**
   * The worker pool ({@code UV_THREADPOOL_SIZE} threads) of the process. Work there does not keep
   * the loop alive by itself.
   */
  Executor workers();

  /**
   * A new handle, active and referenced; {@code type} is its name in {@code
   * process.getActiveResourcesInfo()}.
   */
  Handle open(String type);

  /**
   * Milliseconds of the loop's clock, as of the start of this turn: the base of timers. Whole
   * numbers.
   */
  long now();

  /** The table of a name, the same for all revisions of a module. */
  <T> HandleTable<T> table(String name);

  /** A stopped timer whose task runs in the timers phase. */
  Timer newTimer(Runnable task);

  /** Runs a task once in the check phase of this turn, or of the next if that phase is running. */
  Check setImmediate(Runnable task);

  /** Nanoseconds that the loop has spent waiting in the poll phase. */
  long idleNanos();

  /** The types of what keeps the loop alive, one entry for each. */
  java.util.List<String> activeResources();
}
