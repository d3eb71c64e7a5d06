package dev.nodule.core.fs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Native memory that one thread uses again for each call: two paths, and a buffer for data. */
final class Scratch {
  /** The kernel's PATH_MAX: a path with its terminator. */
  static final int PATH_MAX = 4096;

  /** Data moves between the kernel and the heap in pieces of at most this size. */
  static final int MAX_BUFFER = 1 << 20;

  private static final int FIRST_BUFFER = 1 << 16;
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final MemorySegment[] paths = new MemorySegment[2];
  private MemorySegment buffer = MemorySegment.NULL;

  private Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
  }

  /** Writes a C string into the first or second slot and gives its address. */
  long path(int slot, byte[] bytes) {
    MemorySegment segment = paths[slot];
    if (segment == null) {
      segment = paths[slot] = Arena.ofAuto().allocate(PATH_MAX + 16);
    }
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    segment.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return segment.address();
  }

  /** A buffer of at least {@code size} bytes, which is valid until the next call on this thread. */
  MemorySegment buffer(int size) {
    if (buffer.byteSize() < size) {
      buffer =
          Arena.ofAuto()
              .allocate(
                  Math.max(FIRST_BUFFER, Integer.highestOneBit(Math.max(1, size - 1)) << 1), 16);
    }
    return buffer;
  }
}
