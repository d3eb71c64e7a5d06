package dev.nodule.core.net;

import dev.nodule.api.ByteConsumer;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.StreamHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream: a TCP or Unix domain socket, a pipe. Writes are tried at once and queued only as
 * far as the system does not take them; reads come from the loop, one callback for each.
 */
final class StreamSocket implements StreamHandle {
  /** Reads in a row before others get their turn. */
  private static final int READS_PER_TURN = 32;

  /** Something queued; {@link #done} belongs to all up to and with it. */
  private static final class Pending {
    final byte[] array;
    int offset;
    int length;
    @Nullable Sent done;
    @Nullable Pending next;

    Pending(byte[] array, int offset, int length) {
      this.array = array;
      this.offset = offset;
      this.length = length;
    }
  }

  private final Sockets sockets;
  private final int id;
  private final Handle handle;

  /** Counts requests under way, which keep the loop alive also when the handle is unreferenced. */
  private @Nullable Handle requests;

  private int requestCount;
  private @Nullable Descriptor descriptor;
  private @Nullable Object owner;
  private @Nullable Callback onRead;
  private @Nullable ByteConsumer consumer;
  private @Nullable Bytes readInto;
  private boolean reading;
  private boolean ended;
  private boolean closed;
  private @Nullable Callback connecting;
  private @Nullable Callback shutdown;
  private @Nullable Pending first;
  private @Nullable Pending last;
  private long queued;

  /** Whether the loop, and not JavaScript, is sending: only then may JavaScript be called. */
  private boolean draining;

  private long bytesRead;
  private long bytesWritten;
  private long lastActivity;

  StreamSocket(Sockets sockets, String type, @Nullable Descriptor descriptor) {
    this.sockets = sockets;
    this.id = sockets.table.add(this);
    this.handle = sockets.loop.open(type);
    handle.setActive(false);
    this.lastActivity = sockets.loop.now();
    if (descriptor != null) {
      adopt(descriptor);
    }
  }

  private void adopt(Descriptor newDescriptor) {
    descriptor = newDescriptor;
    newDescriptor.register(this::ready);
  }

  /**
   * The JavaScript object and its function for what is read: {@code onRead.call(owner,
   * countOrError, buffer)}.
   */
  void attach(Object newOwner, Callback newOnRead) {
    owner = newOwner;
    onRead = newOnRead;
  }

  Handle handle() {
    return handle;
  }

  @Nullable Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public int id() {
    return id;
  }

  // Connecting

  /** Binds a new socket to a local address before {@link #connect}; 0 or an error. */
  int bind(InetAddress address, int port) {
    Descriptor current = descriptor;
    if (current == null) {
      adopt(current = sockets.newTcp(address.getAddress().length == 16));
    }
    return current.bind(new InetSocketAddress(address, port), false, false);
  }

  /** Starts connecting; {@code done(status)} comes later in every case. */
  void connect(SocketAddress address, Callback done) {
    Descriptor current = descriptor;
    if (current == null) {
      current =
          address instanceof InetSocketAddress inet
              ? sockets.newTcp(inet.getAddress().getAddress().length == 16)
              : sockets.newDomain();
      adopt(current);
    }
    connecting = done;
    beginRequest("TCPConnectWrap");
    int status = current.connect(address);
    if (status < 0) {
      sockets.loop.execute(() -> finishConnect(status));
    } else {
      current.wantWrite();
    }
  }

  private void finishConnect(int status) {
    Callback done = connecting;
    if (done != null) {
      connecting = null;
      endRequest();
      lastActivity = sockets.loop.now();
      if (status == 0 && reading && descriptor != null) {
        descriptor.wantRead();
      }
      done.invoke(status);
    }
  }

  // Readiness

  private void ready(boolean readable, boolean writable) {
    Descriptor current = descriptor;
    if (current == null) {
      return;
    }
    if (connecting != null) {
      if (writable) {
        finishConnect(current.connectResult());
      }
      return;
    }
    if (readable && reading && !sockets.hold(() -> ready(true, false))) {
      read();
    }
    if (writable && !closed && first != null) {
      drain();
    }
  }

  // Reading

  @Override
  public void readStart() {
    if (reading || closed || ended) {
      return;
    }
    reading = true;
    handle.setActive(true);
    if (descriptor != null && connecting == null) {
      descriptor.wantRead();
    }
  }

  @Override
  public void readStop() {
    if (!reading) {
      return;
    }
    reading = false;
    handle.setActive(false);
    if (descriptor != null) {
      descriptor.stopRead();
    }
  }

  boolean isReading() {
    return reading;
  }

  /** The next read goes into these bytes of JavaScript's, and {@link #onRead} gets no buffer. */
  void readInto(@Nullable Bytes bytes) {
    readInto = bytes;
  }

  @Override
  public void consume(@Nullable ByteConsumer newConsumer) {
    consumer = newConsumer;
  }

  @Override
  public @Nullable ByteConsumer consumer() {
    return consumer;
  }

  private void read() {
    ByteBuffer buffer = sockets.readBuffer;
    for (int i = 0; i < READS_PER_TURN; i++) {
      Descriptor current = descriptor;
      if (current == null || !reading) {
        return;
      }
      Bytes target = readInto;
      int limit = target == null ? Sockets.READ_SIZE : Math.min(target.length(), Sockets.READ_SIZE);
      int count = current.read(buffer, limit);
      if (count == Descriptor.WOULD_BLOCK) {
        return;
      }
      if (count < 0) {
        reading = false;
        ended = count == Descriptor.EOF;
        handle.setActive(false);
        current.stopRead();
        deliverEnd(count);
        return;
      }
      bytesRead += count;
      lastActivity = sockets.loop.now();
      deliver(buffer, count, target);
    }
    if (reading && descriptor != null) {
      descriptor.wantRead();
    }
  }

  private void deliver(ByteBuffer buffer, int count, @Nullable Bytes target) {
    ByteConsumer currentConsumer = consumer;
    if (currentConsumer != null) {
      byte[] bytes = sockets.readBytes;
      buffer.get(0, bytes, 0, count);
      currentConsumer.data(bytes, 0, count);
      return;
    }
    Callback callback = onRead;
    Object receiver = owner;
    if (callback == null || receiver == null) {
      return;
    }
    if (target != null) {
      buffer.get(0, target.array(), target.offset(), count);
      callback.invokeOn(receiver, count);
    } else {
      byte[] bytes = new byte[count];
      buffer.get(0, bytes, 0, count);
      callback.invokeOn(receiver, count, bytes);
    }
  }

  private void deliverEnd(int status) {
    ByteConsumer currentConsumer = consumer;
    if (currentConsumer != null) {
      if (status == Descriptor.EOF) {
        currentConsumer.end();
      } else {
        currentConsumer.failed(Sockets.errno(status));
      }
    } else if (onRead != null && owner != null) {
      onRead.invokeOn(owner, status);
    }
  }

  // Writing

  /**
   * Writes for JavaScript: 1 if all was taken, an error, or 0 if {@code done(status)} will be
   * called. The fast path queues nothing.
   */
  int write(byte[] array, int offset, int length, Sent done) {
    Descriptor current = descriptor;
    if (closed || current == null) {
      return -9;
    }
    bytesWritten += length;
    int sent = 0;
    if (first == null && connecting == null) {
      ByteBuffer buffer = sockets.writeBuffer;
      while (sent < length) {
        int part = Math.min(length - sent, Sockets.WRITE_SIZE);
        buffer.put(0, array, offset + sent, part);
        int count = current.write(buffer, part);
        if (count < 0) {
          return count;
        }
        sent += count;
        if (count < part) {
          break;
        }
      }
      lastActivity = sockets.loop.now();
      if (sent == length) {
        return 1;
      }
    }
    enqueue(array, offset + sent, length - sent);
    finishWith(done);
    current.wantWrite();
    return 0;
  }

  private void enqueue(byte[] array, int offset, int length) {
    Pending pending = new Pending(array, offset, length);
    Pending tail = last;
    if (tail == null) {
      first = pending;
    } else {
      tail.next = pending;
    }
    last = pending;
    queued += length;
  }

  private void finishWith(Sent done) {
    Pending tail = last;
    if (tail == null) {
      return;
    }
    Sent previous = tail.done;
    tail.done =
        previous == null
            ? done
            : error -> {
              previous.done(error);
              done.done(error);
            };
    if (previous == null) {
      beginRequest("WriteWrap");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (!closed && length > 0) {
      bytesWritten += length;
      enqueue(bytes, offset, length);
    }
  }

  @Override
  public boolean flush(@Nullable Sent done) {
    if (first == null) {
      return true;
    }
    if (descriptor != null && connecting == null) {
      int status = send(descriptor);
      if (first == null) {
        return true;
      }
      if (status < 0) {
        if (done != null) {
          finishWith(done);
        }
        sockets.loop.execute(() -> failQueue(status));
        return false;
      }
      descriptor.wantWrite();
    }
    if (done != null) {
      finishWith(done);
    }
    return false;
  }

  /**
   * Sends from the queue without calling anybody, as long as nobody waits for what was sent; 0 or
   * an error.
   */
  private int send(Descriptor current) {
    ByteBuffer buffer = sockets.writeBuffer;
    while (first != null) {
      int filled = 0;
      for (Pending p = first; p != null && filled < Sockets.WRITE_SIZE; p = p.next) {
        int part = Math.min(p.length, Sockets.WRITE_SIZE - filled);
        buffer.put(filled, p.array, p.offset, part);
        filled += part;
      }
      int count = filled == 0 ? 0 : current.write(buffer, filled);
      if (count < 0) {
        return count;
      }
      lastActivity = sockets.loop.now();
      consumeQueue(count);
      if (closed) {
        return 0;
      }
      if (count < filled) {
        current.wantWrite();
        return 0;
      }
    }
    return 0;
  }

  private void consumeQueue(int count) {
    queued -= count;
    int rest = count;
    Pending pending = first;
    while (pending != null && rest >= pending.length) {
      rest -= pending.length;
      Sent done = pending.done;
      pending = pending.next;
      first = pending;
      if (pending == null) {
        last = null;
      }
      if (done != null) {
        sent(done);
        if (closed) {
          return;
        }
      }
    }
    if (pending != null) {
      pending.offset += rest;
      pending.length -= rest;
    }
  }

  private void sent(Sent done) {
    if (draining) {
      endRequest();
      done.done(null);
    } else {
      sockets.loop.execute(
          () -> {
            endRequest();
            done.done(null);
          });
    }
  }

  private void drain() {
    Descriptor current = descriptor;
    if (current == null) {
      return;
    }
    draining = true;
    try {
      int status = send(current);
      if (status < 0) {
        failQueue(status);
      }
    } finally {
      draining = false;
    }
    if (first == null && !closed) {
      current.stopWrite();
      if (shutdown != null) {
        finishShutdown();
      }
    }
  }

  private void failQueue(int status) {
    Pending pending = first;
    first = null;
    last = null;
    queued = 0;
    for (; pending != null; pending = pending.next) {
      if (pending.done != null) {
        endRequest();
        pending.done.done(Sockets.errno(status));
      }
    }
    if (shutdown != null) {
      finishShutdown();
    }
  }

  /**
   * Ends the writing side after what is queued; {@code done(status)} comes later. An error, or 0.
   */
  int shutdown(Callback done) {
    if (closed || descriptor == null) {
      return -107;
    }
    shutdown = done;
    beginRequest("ShutdownWrap");
    if (first == null && connecting == null) {
      sockets.loop.execute(this::finishShutdown);
    }
    return 0;
  }

  private void finishShutdown() {
    Callback done = shutdown;
    if (done == null) {
      return;
    }
    shutdown = null;
    endRequest();
    Descriptor current = descriptor;
    int status = current == null ? -125 : current.shutdownOutput();
    done.invoke(status);
  }

  // The end

  private void beginRequest(String type) {
    if (requestCount++ == 0) {
      requests = sockets.loop.open(type);
    }
  }

  private void endRequest() {
    if (--requestCount == 0 && requests != null) {
      requests.setActive(false);
      requests = null;
    }
  }

  /**
   * Closes at once; waiting writes end with ECANCELED and {@code done} runs in the loop's close
   * phase.
   */
  void close(boolean reset, @Nullable Callback done) {
    if (closed) {
      return;
    }
    closed = true;
    reading = false;
    Descriptor current = descriptor;
    descriptor = null;
    if (current != null) {
      if (reset) {
        current.linger0();
      }
      current.close();
    }
    sockets.table.remove(id);
    handle.close(
        () -> {
          finishConnect(-125);
          failQueue(-125);
          if (done != null) {
            done.invoke();
          }
        });
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public long queued() {
    return queued;
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public double lastActivity() {
    return lastActivity;
  }
}
