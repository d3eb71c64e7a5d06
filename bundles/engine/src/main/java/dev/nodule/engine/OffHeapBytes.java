package dev.nodule.engine;

import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import java.nio.ByteBuffer;

/**
 * The bytes of an ArrayBuffer that is no Java array: memory of several threads, or WebAssembly's.
 */
sealed interface OffHeapBytes {
  static OffHeapBytes of(JSArrayBufferObject buffer) {
    return buffer instanceof JSArrayBufferObject.Interop foreign
        ? new Foreign(foreign.getInteropBuffer())
        : new Direct(JSArrayBufferObject.getDirectByteBuffer(buffer));
  }

  byte[] read(int offset, int length);

  void write(int index, byte value);

  record Direct(ByteBuffer memory) implements OffHeapBytes {
    @Override
    public byte[] read(int offset, int length) {
      byte[] bytes = new byte[length];
      memory.get(offset, bytes, 0, length);
      return bytes;
    }

    @Override
    public void write(int index, byte value) {
      memory.put(index, value);
    }
  }

  /** Memory of another language of the engine. */
  record Foreign(Object memory) implements OffHeapBytes {
    @Override
    public byte[] read(int offset, int length) {
      byte[] bytes = new byte[length];
      try {
        InteropLibrary.getUncached(memory).readBuffer(memory, offset, bytes, 0, length);
      } catch (InteropException exception) {
        throw new IllegalStateException(exception);
      }
      return bytes;
    }

    @Override
    public void write(int index, byte value) {
      try {
        InteropLibrary.getUncached(memory).writeBufferByte(memory, index, value);
      } catch (InteropException exception) {
        throw new IllegalStateException(exception);
      }
    }
  }
}
