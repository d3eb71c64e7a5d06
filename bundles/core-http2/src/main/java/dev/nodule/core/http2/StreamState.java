package dev.nodule.core.http2;

import java.util.ArrayDeque;

/**
 * One stream of a session (RFC 9113, section 5.1): its windows, its sides, what waits to be sent.
 */
final class StreamState {
  /** A piece of a body; {@code id} is told once it is sent. */
  static final class Chunk {
    final byte[] bytes;
    final int id;
    int sent;

    Chunk(byte[] bytes, int id) {
      this.bytes = bytes;
      this.id = id;
    }

    int left() {
      return bytes.length - sent;
    }
  }

  final int id;

  /** Whether the peer's settings and frames count for it, or nothing came yet. */
  boolean reservedLocal;

  boolean reservedRemote;

  /** Whether this side's message has begun: no body goes before that. */
  boolean headersSent;

  boolean localClosed;
  boolean remoteClosed;
  boolean closed;

  long sendWindow;
  long receiveWindow;
  long localWindow;
  long consumed;

  final ArrayDeque<Chunk> queue = new ArrayDeque<>();
  boolean ending;
  boolean trailersFollow;
  boolean trailersAsked;

  /** Of a message that is being received. */
  boolean headersReceived;

  boolean headRequest;
  boolean connect;
  long contentLength = -1;
  long received;

  StreamState(int id, long sendWindow, long localWindow) {
    this.id = id;
    this.sendWindow = sendWindow;
    this.localWindow = localWindow;
  }

  boolean hasOutput() {
    return !closed
        && !localClosed
        && headersSent
        && !reservedRemote
        && (!queue.isEmpty() || (ending && !trailersAsked));
  }

  /** By nghttp2's numbers. */
  int state() {
    if (closed) {
      return 7;
    }
    if (reservedLocal) {
      return 3;
    }
    if (reservedRemote) {
      return 4;
    }
    return localClosed ? (remoteClosed ? 7 : 5) : remoteClosed ? 6 : 2;
  }
}
