package dev.nodule.api;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel between JavaScript threads: what is sent at the other end waits here, in its
 * order, until this end's owner takes it. An end may move to another thread. Thread-safe.
 */
public final class MessageEnd {
  /**
   * A value on its way.
   *
   * @param bytes the value, as its sender's JavaScript wrote it
   * @param attachments what moves or is shared instead of being written: {@code byte[]}, {@code
   *     MessageEnd}, or what {@link JavaScript#share} gave
   */
  public record Message(byte[] bytes, Object[] attachments) {
    /** The message arrives nowhere: channels whose ends it holds are closed. */
    void discard() {
      for (Object attachment : attachments) {
        if (attachment instanceof MessageEnd end) {
          end.close();
        }
      }
    }
  }

  private final Queue<Message> waiting = new ArrayDeque<>();
  private @Nullable MessageEnd other;
  private @Nullable Runnable wake;
  private boolean woken;
  private boolean closed;
  private boolean otherClosed;

  private MessageEnd() {}

  /** The two ends of a new channel. */
  public static MessageEnd[] pair() {
    MessageEnd one = new MessageEnd();
    MessageEnd two = new MessageEnd();
    one.other = two;
    two.other = one;
    return new MessageEnd[] {one, two};
  }

  /** An end that whoever knows it delivers to. */
  public static MessageEnd alone() {
    return new MessageEnd();
  }

  private synchronized @Nullable MessageEnd other() {
    return other;
  }

  /** Whether this is the other end of the same channel. */
  public boolean isOtherEndOf(MessageEnd end) {
    return other() == end;
  }

  /** Sends to the other end; what nobody is going to take is dropped. */
  public void send(Message message) {
    MessageEnd target = other();
    if (target == null || !target.deliver(message)) {
      message.discard();
    }
  }

  /** Puts a message into this end; false if it is closed. */
  public boolean deliver(Message message) {
    Runnable task;
    synchronized (this) {
      if (closed) {
        return false;
      }
      waiting.add(message);
      task = toWake();
    }
    if (task != null) {
      task.run();
    }
    return true;
  }

  private @Nullable Runnable toWake() {
    if (woken || wake == null) {
      return null;
    }
    woken = true;
    return wake;
  }

  /**
   * From now on {@code task} runs, on any thread, when something is there to be taken: once, until
   * {@link #awake()}.
   */
  public void listen(Runnable task) {
    Runnable now = null;
    synchronized (this) {
      wake = task;
      woken = false;
      if (!waiting.isEmpty() || otherClosed) {
        now = toWake();
      }
    }
    if (now != null) {
      now.run();
    }
  }

  /** The owner looks for messages now, so that the next one has to wake it again. */
  public synchronized void awake() {
    woken = false;
  }

  /** The end leaves its owner; messages wait for the next one. */
  public synchronized void leave() {
    wake = null;
    woken = false;
  }

  /** The next message; null if none waits. */
  public synchronized @Nullable Message take() {
    return waiting.poll();
  }

  /** How many messages wait. */
  public synchronized int size() {
    return waiting.size();
  }

  /** Whether the other end was closed and everything that it sent is taken. */
  public synchronized boolean isExhausted() {
    return otherClosed && waiting.isEmpty();
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** Drops what waits here; the owner of the other end learns of it behind what was sent before. */
  public void close() {
    MessageEnd target;
    Message[] dropped;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      wake = null;
      target = other;
      other = null;
      dropped = waiting.toArray(Message[]::new);
      waiting.clear();
    }
    for (Message message : dropped) {
      message.discard();
    }
    if (target != null) {
      target.closedByOther();
    }
  }

  private void closedByOther() {
    Runnable task;
    synchronized (this) {
      other = null;
      otherClosed = true;
      task = closed ? null : toWake();
    }
    if (task != null) {
      task.run();
    }
  }
}
