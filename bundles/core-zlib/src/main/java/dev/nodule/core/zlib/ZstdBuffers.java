package dev.nodule.core.zlib;

import java.nio.ByteBuffer;

/** The direct buffers that zstd's streaming functions want. */
final class ZstdBuffers {
  private static final int SIZE = 128 * 1024;

  final ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
  final ByteBuffer out = ByteBuffer.allocateDirect(SIZE);

  /** Puts as much of the step's input as fits into the buffer; true if that is all. */
  boolean load(Step step) {
    int count = Math.min(step.inLength, SIZE);
    in.clear();
    in.put(step.in, step.inOffset, count).flip();
    out.clear().limit(Math.min(step.outLength, SIZE));
    return count == step.inLength;
  }

  /** Tells the step what was taken and gives it what came out. */
  void store(Step step) {
    step.consumed(in.position());
    out.flip();
    int written = out.remaining();
    out.get(step.out, step.outOffset, written);
    step.produced(written);
  }
}
