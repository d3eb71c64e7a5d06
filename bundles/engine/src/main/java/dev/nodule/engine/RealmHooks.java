package dev.nodule.engine;

/** What the runtime adds to the end of every callback of the loop. */
public interface RealmHooks {
  /**
   * Runs what {@code process.nextTick} queued, then the microtasks, until both are empty. Called
   * when the outermost callback has returned.
   */
  void drain();

  /** An exception that left a callback: a JavaScript exception or a Java one. */
  void uncaught(Throwable exception);
}
