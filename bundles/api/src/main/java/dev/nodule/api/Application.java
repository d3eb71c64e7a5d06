package dev.nodule.api;

import java.util.concurrent.CompletableFuture;

/** A JavaScript application that shares its process with others; from any thread. */
public interface Application {
  /** A number that no other application of this process has or had. */
  int id();

  /** What it was started with, as one would write it behind {@code nodule}. */
  String commandLine();

  /** Node.js's exit code, as soon as it has ended. */
  CompletableFuture<Integer> exitCode();

  /**
   * Asks it to end: its listeners of {@code SIGTERM} run; without one it ends with the exit code
   * 143.
   */
  void terminate();

  /** Ends it, whatever it does, with the exit code 137. */
  void kill();
}
