package dev.nodule.loop;

import dev.nodule.api.Handle;

/** A handle that counts towards its loop's life while it is active and referenced. */
final class LoopHandle implements Handle {
  private final NodeEventLoop loop;
  private final String type;
  private boolean active = true;
  private boolean referenced = true;
  private boolean closed;

  LoopHandle(NodeEventLoop loop, String type) {
    this.loop = loop;
    this.type = type;
    loop.retain(this);
  }

  private void change(boolean newActive, boolean newReferenced) {
    boolean before = active && referenced;
    active = newActive;
    referenced = newReferenced;
    boolean after = active && referenced;
    if (before != after && !closed) {
      if (after) {
        loop.retain(this);
      } else {
        loop.release(this);
      }
    }
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public void setActive(boolean newActive) {
    change(newActive, referenced);
  }

  @Override
  public void ref() {
    change(active, true);
  }

  @Override
  public void unref() {
    change(active, false);
  }

  @Override
  public boolean hasRef() {
    return referenced && !closed;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close(Runnable task) {
    if (closed) {
      return;
    }
    if (active && referenced) {
      loop.release(this);
    }
    closed = true;
    loop.addClosing(task);
  }
}
