package dev.nodule.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Native memory that one thread uses again for each call: two paths, and a buffer for data. It is
 * here and not with its users, as a thread would hold what each revision of them has allocated.
 */
public final class Scratch {
  /** The kernel's PATH_MAX: a path with its terminator. */
  public static final int PATH_MAX = 4096;

  /** Data moves between the kernel and the heap in pieces of at most this size. */
  public static final int MAX_BUFFER = 1 << 20;

  private static final int FIRST_BUFFER = 1 << 16;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final MemorySegment[] paths = {MemorySegment.NULL, MemorySegment.NULL};
  private MemorySegment buffer = MemorySegment.NULL;

  private Scratch() {}

  /** The calling thread's. */
  public static Scratch get() {
    return OF_THREAD.get();
  }

  /**
   * Writes a C string into slot 0 or 1 and gives its address; {@code bytes} are at most {@link
   * #PATH_MAX} long.
   */
  public long path(int slot, byte[] bytes) {
    MemorySegment segment = paths[slot];
    if (segment.equals(MemorySegment.NULL)) {
      segment = paths[slot] = Arena.ofAuto().allocate(PATH_MAX + 16);
    }
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    segment.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return segment.address();
  }

  /** A buffer of at least {@code size} bytes, which is valid until the next call on this thread. */
  public MemorySegment buffer(int size) {
    if (buffer.byteSize() < size) {
      buffer =
          Arena.ofAuto()
              .allocate(
                  Math.max(FIRST_BUFFER, Integer.highestOneBit(Math.max(1, size - 1)) << 1), 16);
    }
    return buffer;
  }
}
