package dev.nodule.core.http2;

import java.util.Arrays;

/** Frames on their way out. */
final class OutputBuffer {
  private byte[] bytes = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  OutputBuffer frame(int payload, int type, int flags, int stream) {
    room(FrameType.HEADER_BYTES + payload);
    bytes[length++] = (byte) (payload >> 16);
    put16(payload);
    put8(type);
    put8(flags);
    return put32(stream);
  }

  OutputBuffer put8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  OutputBuffer put16(int value) {
    return put8(value >> 8).put8(value);
  }

  OutputBuffer put32(long value) {
    return put16((int) (value >> 16)).put16((int) value);
  }

  OutputBuffer put(byte[] source, int offset, int count) {
    room(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  OutputBuffer put(byte[] source) {
    return put(source, 0, source.length);
  }

  OutputBuffer zeros(int count) {
    room(count);
    Arrays.fill(bytes, length, length + count, (byte) 0);
    length += count;
    return this;
  }

  /** What is there; then it is empty. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    if (bytes.length > 1 << 16) {
      bytes = new byte[1024];
    }
    return taken;
  }
}
