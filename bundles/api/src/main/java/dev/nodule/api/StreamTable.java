package dev.nodule.api;

import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of one loop by number: how a module's Java finds a stream that another module
 * opened, when JavaScript hands over its {@code _handle.id}. A number is used again after its
 * stream was removed. On the loop's thread.
 */
public final class StreamTable {
  private static final Map<io.netty.channel.EventLoop, StreamTable> TABLES = new WeakHashMap<>();

  private @Nullable StreamHandle[] streams = new StreamHandle[64];
  private int[] free = new int[64];
  private int freeCount;
  private int last;

  private StreamTable() {}

  /** The table of a loop. */
  public static StreamTable of(EventLoop loop) {
    synchronized (TABLES) {
      return TABLES.computeIfAbsent(loop.netty(), key -> new StreamTable());
    }
  }

  /** Enters a stream; the number is greater than 0. */
  public int add(StreamHandle stream) {
    int id = freeCount > 0 ? free[--freeCount] : ++last;
    if (id >= streams.length) {
      streams = Arrays.copyOf(streams, streams.length * 2);
    }
    streams[id] = stream;
    return id;
  }

  /** The stream of a number; null if it was removed. */
  public @Nullable StreamHandle get(int id) {
    return id > 0 && id < streams.length ? streams[id] : null;
  }

  public void remove(int id) {
    if (get(id) == null) {
      return;
    }
    streams[id] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = id;
  }
}
