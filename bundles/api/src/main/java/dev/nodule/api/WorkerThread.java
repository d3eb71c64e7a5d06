package dev.nodule.api;

/** A JavaScript thread as the realm sees it that started it; thread-safe. */
public interface WorkerThread {
  int id();

  /** Ends it whatever it does, with the exit code 1; returns at once. */
  void terminate();

  /** Nanoseconds since its loop began, and how many of those the loop has waited; {0, 0} before. */
  long[] loopNanos();

  /** Microseconds of CPU that it has used, in user mode and in the system. */
  long[] cpuMicros();
}
