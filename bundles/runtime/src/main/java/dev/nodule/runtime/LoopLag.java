package dev.nodule.runtime;

import dev.nodule.loop.NodeEventLoop;

/** How late a loop comes to a task of another thread; measured only when somebody asks. */
final class LoopLag {
  private final NodeEventLoop loop;
  private volatile double lastMillis;
  private volatile long asked;

  LoopLag(NodeEventLoop loop) {
    this.loop = loop;
  }

  /**
   * The lag of the last probe that was answered, or of one under way if that is longer; starts
   * another.
   */
  double probe() {
    long now = System.nanoTime();
    long pending = asked;
    if (pending != 0) {
      return Math.max(lastMillis, (now - pending) / 1e6);
    }
    asked = now;
    loop.execute(
        () -> {
          lastMillis = (System.nanoTime() - asked) / 1e6;
          asked = 0;
        });
    return lastMillis;
  }
}
