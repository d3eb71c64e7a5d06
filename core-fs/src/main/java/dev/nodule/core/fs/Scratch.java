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

  /** Where the buffer is among a thread's segments; the paths come before it. */
  private static final int BUFFER = 2;

  /**
   * Types of the JDK alone: an object of this class would hold its loader, and so this revision of
   * the module, for as long as the thread lives.
   */
  private static final ThreadLocal<MemorySegment[]> OF_THREAD =
      ThreadLocal.withInitial(
          () -> new MemorySegment[] {MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL});

  private final MemorySegment[] segments;

  private Scratch(MemorySegment[] segments) {
    this.segments = segments;
  }

  static Scratch get() {
    return new Scratch(OF_THREAD.get());
  }

  /** Writes a C string into the first or second slot and gives its address. */
  long path(int slot, byte[] bytes) {
    MemorySegment segment = segments[slot];
    if (segment == MemorySegment.NULL) {
      segment = segments[slot] = Arena.ofAuto().allocate(PATH_MAX + 16);
    }
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    segment.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return segment.address();
  }

  /** A buffer of at least {@code size} bytes, which is valid until the next call on this thread. */
  MemorySegment buffer(int size) {
    MemorySegment buffer = segments[BUFFER];
    if (buffer.byteSize() < size) {
      buffer =
          segments[BUFFER] =
              Arena.ofAuto()
                  .allocate(
                      Math.max(FIRST_BUFFER, Integer.highestOneBit(Math.max(1, size - 1)) << 1),
                      16);
    }
    return buffer;
  }
}
