package dev.nodule.container;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** {@code System.out} or {@code System.err} as it is at each write: containers replace them. */
final class ProcessStream extends OutputStream {
  private final Supplier<PrintStream> current;

  ProcessStream(Supplier<PrintStream> current) {
    this.current = current;
  }

  @Override
  public void write(int value) {
    current.get().write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    current.get().write(bytes, offset, length);
  }

  @Override
  public void flush() {
    current.get().flush();
  }
}
