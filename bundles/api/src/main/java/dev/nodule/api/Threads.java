package dev.nodule.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JavaScript threads of one application, as the realm of one of them sees them. Each has a
 * realm and an event loop of its own; the engine and the core modules' Java are shared.
 */
public interface Threads {
  /** This realm's number: 0 for the one that the application started with. */
  int id();

  /** This realm's channel to the one that started it; null in the first. */
  @Nullable MessageEnd parent();

  /**
   * Starts a further thread.
   *
   * @throws NodeException if its options are none that it could have
   */
  WorkerThread start(WorkerStart start);

  /** The ends that have joined a broadcast channel, in all threads; thread-safe. */
  Set<MessageEnd> channel(String name);

  /** The locks that all threads share. */
  LockTable locks();

  /** Where another thread takes what is sent to it by its number; null if it takes nothing. */
  @Nullable MessageEnd inbox(int id);

  /** Where this thread takes such messages. */
  void setInbox(MessageEnd inbox);

  /** Runs a task on this realm's thread when the realm ends, after its last JavaScript. */
  void atEnd(Runnable task);
}
