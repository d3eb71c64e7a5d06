package dev.nodule.core.tls;

import dev.nodule.api.ByteConsumer;
import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.StreamHandle;
import dev.nodule.api.StreamTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream of JavaScript's as one of Java's: it is told what was read, and calls a function to
 * write.
 */
final class ScriptStream implements StreamHandle {
  private final EventLoop loop;
  private final StreamTable table;
  private final Object owner;
  private final Callback write;
  private final int id;
  private @Nullable ByteConsumer consumer;
  private long bytesRead;
  private long bytesWritten;
  private double lastActivity;
  private boolean closed;

  ScriptStream(EventLoop loop, Object owner, Callback write) {
    this.loop = loop;
    this.table = StreamTable.of(loop);
    this.owner = owner;
    this.write = write;
    this.id = table.add(this);
  }

  void data(byte[] bytes) {
    bytesRead += bytes.length;
    lastActivity = loop.now();
    // Not in the middle of the JavaScript that gave it
    loop.execute(
        () -> {
          ByteConsumer current = consumer;
          if (current != null && !closed) {
            current.data(bytes, 0, bytes.length);
          }
        });
  }

  void end() {
    loop.execute(
        () -> {
          ByteConsumer current = consumer;
          if (current != null && !closed) {
            current.end();
          }
        });
  }

  void close() {
    closed = true;
    table.remove(id);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public void consume(@Nullable ByteConsumer newConsumer) {
    consumer = newConsumer;
  }

  @Override
  public @Nullable ByteConsumer consumer() {
    return consumer;
  }

  @Override
  public void readStart() {}

  @Override
  public void readStop() {}

  @Override
  public void write(byte[] bytes, int offset, int length) {
    bytesWritten += length;
    lastActivity = loop.now();
    byte[] chunk = Arrays.copyOfRange(bytes, offset, offset + length);
    loop.execute(() -> write.invokeOn(owner, (Object) chunk));
  }

  @Override
  public boolean flush(@Nullable Sent done) {
    return true;
  }

  @Override
  public long queued() {
    return 0;
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

  @Override
  public boolean isClosed() {
    return closed;
  }
}
