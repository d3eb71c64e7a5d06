package dev.nodule.core.http2;

/** How many streams the peer may reset: a burst, and so many in each second (rapid reset). */
final class ResetRate {
  private final int burst;
  private final int rate;
  private double tokens;
  private long lastNanos;

  ResetRate(int burst, int rate) {
    this.burst = burst;
    this.rate = rate;
    this.tokens = burst;
    this.lastNanos = System.nanoTime();
  }

  /** Whether one more is within it. */
  boolean take() {
    long now = System.nanoTime();
    tokens = Math.min(burst, tokens + (now - lastNanos) * 1e-9 * rate);
    lastNanos = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
