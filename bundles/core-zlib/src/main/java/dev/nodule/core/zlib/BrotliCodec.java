package dev.nodule.core.zlib;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What brotli's two directions have in common: buffers outside the heap, and the pointers to them.
 */
abstract class BrotliCodec implements Codec {
  /** Operation "finish" of JavaScript. */
  static final int FINISH = 2;

  static final int BUFFER_SIZE = 64 * 1024;

  final BrotliLibrary library;
  final int[] parameters;
  final byte @Nullable [] dictionary;
  MemorySegment state = MemorySegment.NULL;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment input = arena.allocate(BUFFER_SIZE);
  private final MemorySegment output = arena.allocate(BUFFER_SIZE);
  final MemorySegment availableIn = arena.allocate(JAVA_LONG);
  final MemorySegment nextIn = arena.allocate(ADDRESS);
  final MemorySegment availableOut = arena.allocate(JAVA_LONG);
  final MemorySegment nextOut = arena.allocate(ADDRESS);
  final @Nullable MemorySegment nativeDictionary;

  /**
   * @param parameters pairs of a parameter and its value
   */
  BrotliCodec(int[] parameters, byte @Nullable [] dictionary) throws CodecException {
    library = BrotliLibrary.get();
    this.parameters = parameters;
    this.dictionary = dictionary;
    if (dictionary == null) {
      nativeDictionary = null;
    } else {
      nativeDictionary = arena.allocate(Math.max(1, dictionary.length));
      MemorySegment.copy(dictionary, 0, nativeDictionary, JAVA_BYTE, 0, dictionary.length);
    }
  }

  /** Fills the native input as far as it goes, gives it to brotli once, and takes what came out. */
  final void transfer(Step step, Runnable call) {
    int in = Math.min(step.inLength, BUFFER_SIZE);
    int out = Math.min(step.outLength, BUFFER_SIZE);
    MemorySegment.copy(step.in, step.inOffset, input, JAVA_BYTE, 0, in);
    availableIn.set(JAVA_LONG, 0, in);
    nextIn.set(ADDRESS, 0, input);
    availableOut.set(JAVA_LONG, 0, out);
    nextOut.set(ADDRESS, 0, output);
    call.run();
    step.consumed(in - (int) availableIn.get(JAVA_LONG, 0));
    int written = out - (int) availableOut.get(JAVA_LONG, 0);
    MemorySegment.copy(output, JAVA_BYTE, 0, step.out, step.outOffset, written);
    step.produced(written);
  }

  static CodecException initializationFailed() {
    return new CodecException(-1, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
  }

  abstract void open() throws CodecException;

  abstract void destroy();

  @Override
  public final void reset() throws CodecException {
    destroy();
    open();
  }

  @Override
  public final void close() {
    destroy();
    arena.close();
  }
}
