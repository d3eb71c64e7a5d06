package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/**
 * A connected byte stream (TCP socket, Unix domain socket, pipe) as the Java of other core modules
 * sees it. JavaScript knows it as the {@code _handle} of a socket; that object's property {@code
 * id} finds it in {@link StreamTable}. All methods are for the loop's thread; none blocks.
 */
public interface StreamHandle {
  int id();

  /**
   * Sends everything read from now on to {@code consumer}; null gives the stream back to
   * JavaScript. Does not start reading.
   */
  void consume(@Nullable ByteConsumer consumer);

  @Nullable ByteConsumer consumer();

  void readStart();

  /**
   * Stops reading; takes effect before this method returns, also in the middle of {@link
   * ByteConsumer#data}.
   */
  void readStop();

  /**
   * Queues bytes behind what was queued before, without a copy and without a system call: they must
   * not change until they are sent. {@link #flush} sends.
   */
  void write(byte[] bytes, int offset, int length);

  /**
   * Sends what is queued, all of it in one system call where the system takes it.
   *
   * @param done called once everything queued until now is sent, or with an error; not called if
   *     this method returns true
   * @return whether all was sent at once
   */
  boolean flush(@Nullable Sent done);

  /** Bytes queued and not yet taken by the system. */
  long queued();

  long bytesRead();

  long bytesWritten();

  /** When bytes last moved in either direction, by {@link EventLoop#now()}. */
  double lastActivity();

  boolean isClosed();

  /** The end of a {@link #flush} that could not be done at once. */
  @FunctionalInterface
  interface Sent {
    /** On the loop's thread. */
    void done(@Nullable Errno error);
  }
}
