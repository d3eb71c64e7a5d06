package dev.nodule.api;

/**
 * Something that can keep a loop alive: a socket, a server, a timer, a request under way. On the
 * loop's thread.
 */
public interface Handle {
  String type();

  /**
   * Whether it is under way: an inactive handle keeps nothing alive (a socket that is not reading,
   * a stopped timer).
   */
  void setActive(boolean active);

  void ref();

  void unref();

  boolean hasRef();

  boolean isClosed();

  /** Ends the handle; {@code closed} runs in the loop's close phase. A second call does nothing. */
  void close(Runnable closed);
}
