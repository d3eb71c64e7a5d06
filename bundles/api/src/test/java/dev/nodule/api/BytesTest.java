package dev.nodule.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A view on an array. */
class BytesTest {
  private final byte[] memory = {1, 2, 3, 4, 5};
  private final Bytes middle = new Bytes(memory, 1, 3);

  @Test
  void aCopyIsIndependent() {
    byte[] copy = middle.copy();
    memory[1] = 9;
    assertArrayEquals(new byte[] {2, 3, 4}, copy);
  }

  @Test
  void aBufferWritesThroughAndStaysInside() {
    ByteBuffer buffer = middle.buffer();
    assertEquals(3, buffer.remaining());
    buffer.put((byte) 7).put((byte) 8).put((byte) 9);
    assertEquals(0, buffer.remaining());
    assertArrayEquals(new byte[] {1, 7, 8, 9, 5}, memory);
  }
}
