package dev.nodule.container;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What one thread writes, another one prints: Gogo's {@code System.out} is the shell's on the
 * thread of a command alone.
 */
final class OutputRelay {
  private record Chunk(PrintStream target, byte[] bytes) {}

  private static final Chunk END = new Chunk(System.out, new byte[0]);

  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();

  OutputStream stream(PrintStream target) {
    return new OutputStream() {
      @Override
      public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        chunks.add(new Chunk(target, copy));
      }
    };
  }

  void end() {
    chunks.add(END);
  }

  /** Prints on this thread until {@link #end()}. */
  void copyToTheEnd() throws InterruptedException {
    Chunk chunk;
    while ((chunk = chunks.take()) != END) {
      chunk.target.write(chunk.bytes, 0, chunk.bytes.length);
      chunk.target.flush();
    }
  }
}
