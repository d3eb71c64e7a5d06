package dev.nodule.api;

import java.nio.ByteBuffer;

/** A stretch of the memory behind a JavaScript view; writes are seen by JavaScript. */
public record Bytes(byte[] array, int offset, int length) {
  /** A copy that JavaScript no longer sees. */
  public byte[] copy() {
    byte[] copy = new byte[length];
    System.arraycopy(array, offset, copy, 0, length);
    return copy;
  }

  public ByteBuffer buffer() {
    return ByteBuffer.wrap(array, offset, length);
  }
}
