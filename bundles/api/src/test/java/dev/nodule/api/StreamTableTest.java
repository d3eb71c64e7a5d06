package dev.nodule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Streams by number. */
class StreamTableTest {
  private final StreamTable table = StreamTable.of(fake(EventLoop.class));

  /** An object that is only told from others. */
  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }

  @Test
  void aLoopHasOneTable() {
    EventLoop loop = fake(EventLoop.class);
    assertSame(StreamTable.of(loop), StreamTable.of(loop));
    assertNotSame(StreamTable.of(loop), StreamTable.of(fake(EventLoop.class)));
  }

  @Test
  void findsWhatWasAdded() {
    StreamHandle first = fake(StreamHandle.class);
    StreamHandle second = fake(StreamHandle.class);
    int id = table.add(first);
    int other = table.add(second);
    assertNotEquals(id, other);
    assertSame(first, table.get(id));
    assertSame(second, table.get(other));
  }

  @Test
  void noNumberIsZeroOrBeyond() {
    int id = table.add(fake(StreamHandle.class));
    assertEquals(1, id);
    assertNull(table.get(0));
    assertNull(table.get(-1));
    assertNull(table.get(id + 1));
    assertNull(table.get(Integer.MAX_VALUE));
  }

  @Test
  void aNumberIsUsedAgainOnce() {
    int id = table.add(fake(StreamHandle.class));
    table.remove(id);
    assertNull(table.get(id));
    table.remove(id);
    assertEquals(id, table.add(fake(StreamHandle.class)));
    assertNotEquals(id, table.add(fake(StreamHandle.class)), "removed twice, free once");
  }

  @Test
  void growsAndShrinksBeyondItsFirstSize() {
    StreamHandle[] streams = new StreamHandle[500];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = fake(StreamHandle.class);
      assertEquals(i + 1, table.add(streams[i]));
    }
    for (int i = 0; i < streams.length; i++) {
      assertSame(streams[i], table.get(i + 1));
      table.remove(i + 1);
    }
    for (int i = streams.length; i > 0; i--) {
      assertEquals(i, table.add(streams[0]), "the last one freed comes first");
    }
  }
}
