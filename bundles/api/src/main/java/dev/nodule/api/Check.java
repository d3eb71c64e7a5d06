package dev.nodule.api;

/** A task that waits for the check phase; see {@link EventLoop#setImmediate}. */
public interface Check {
  void cancel();

  void ref();

  void unref();

  boolean hasRef();
}
