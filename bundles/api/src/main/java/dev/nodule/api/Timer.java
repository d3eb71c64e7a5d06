package dev.nodule.api;

/**
 * A timer of an {@link EventLoop}; it keeps the loop alive while it runs and is referenced. On the
 * loop's thread.
 */
public interface Timer {
  /**
   * (Re)starts the timer; it fires once, {@code delayMillis} after {@link EventLoop#now()}. Timers
   * of the same time fire in starting order.
   */
  void start(long delayMillis);

  void stop();

  boolean isRunning();

  void ref();

  void unref();

  boolean hasRef();
}
