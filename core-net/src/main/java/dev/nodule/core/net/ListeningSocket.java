package dev.nodule.core.net;

import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import org.jspecify.annotations.Nullable;

/** A socket that accepts connections: {@code onConnection.call(owner, status, id)} for each. */
final class ListeningSocket {
  /** Connections in a row before others get their turn. */
  private static final int ACCEPTS_PER_TURN = 128;

  private final Sockets sockets;
  private final String clientType;
  private final Handle handle;
  private final Descriptor descriptor;
  private final Object owner;
  private final Callback onConnection;
  private boolean closed;

  ListeningSocket(
      Sockets sockets,
      String type,
      String clientType,
      Descriptor descriptor,
      Object owner,
      Callback onConnection) {
    this.sockets = sockets;
    this.clientType = clientType;
    this.descriptor = descriptor;
    this.owner = owner;
    this.onConnection = onConnection;
    this.handle = sockets.loop.open(type);
    handle.setActive(false);
    descriptor.register(this::ready);
  }

  Handle handle() {
    return handle;
  }

  Descriptor descriptor() {
    return descriptor;
  }

  /** 0 or an error. */
  int listen(int backlog) {
    int status = descriptor.listen(backlog);
    if (status == 0) {
      handle.setActive(true);
      descriptor.wantRead();
    }
    return status;
  }

  private void ready(boolean readable, boolean writable) {
    if (!readable || sockets.hold(() -> ready(true, false))) {
      return;
    }
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
      if (closed) {
        return;
      }
      Descriptor client = descriptor.accept();
      if (client == null) {
        int error = descriptor.acceptError();
        if (error != 0) {
          onConnection.invokeOn(owner, error);
        }
        return;
      }
      onConnection.invokeOn(owner, 0, new StreamSocket(sockets, clientType, client).id());
    }
    descriptor.wantRead();
  }

  /** Stops to accept; the socket listens on, and its descriptor is the result. */
  int release() {
    closed = true;
    handle.close(() -> {});
    return descriptor.release();
  }

  void close(@Nullable Callback done) {
    if (closed) {
      return;
    }
    closed = true;
    descriptor.close();
    handle.close(
        () -> {
          if (done != null) {
            done.invoke();
          }
        });
  }
}
