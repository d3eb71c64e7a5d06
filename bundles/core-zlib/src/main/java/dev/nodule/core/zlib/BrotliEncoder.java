package dev.nodule.core.zlib;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Brotli compression. */
final class BrotliEncoder extends BrotliCodec {
  private static final int MAX_QUALITY = 11;
  private static final int PROCESS = 0;

  private MemorySegment prepared = MemorySegment.NULL;
  private boolean succeeded = true;

  BrotliEncoder(int[] parameters, byte @Nullable [] dictionary) throws CodecException {
    super(parameters, dictionary);
    open();
  }

  @Override
  void open() throws CodecException {
    state =
        BrotliLibrary.pointer(
            library.encoderCreate, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);
    for (int i = 0; i < parameters.length; i += 2) {
      if (BrotliLibrary.number(library.encoderSetParameter, state, parameters[i], parameters[i + 1])
          == 0) {
        throw initializationFailed();
      }
    }
    if (nativeDictionary != null && dictionary != null) {
      prepared =
          BrotliLibrary.pointer(
              library.prepareDictionary,
              0,
              (long) dictionary.length,
              nativeDictionary,
              MAX_QUALITY,
              MemorySegment.NULL,
              MemorySegment.NULL,
              MemorySegment.NULL);
      if (prepared.address() == 0
          || BrotliLibrary.number(library.attachPreparedDictionary, state, prepared) == 0) {
        throw initializationFailed();
      }
    }
  }

  @Override
  public void process(Step step, int flush) throws CodecException {
    while (true) {
      int inBefore = step.inLength;
      int outBefore = step.outLength;
      // With more input to come than fits, the operation is for the last part of it.
      int operation = step.inLength > BUFFER_SIZE ? PROCESS : flush;
      transfer(step, () -> succeeded = compress(operation));
      if (!succeeded) {
        throw new CodecException(-1, "ERR_BROTLI_COMPRESSION_FAILED", "Compression failed");
      }
      boolean isDone =
          step.inLength == 0 && BrotliLibrary.number(library.encoderHasMoreOutput, state) == 0;
      if (isDone
          || step.outLength == 0
          || (inBefore == step.inLength && outBefore == step.outLength)) {
        return;
      }
    }
  }

  private boolean compress(int operation) {
    return BrotliLibrary.number(
            library.encoderCompress,
            state,
            operation,
            availableIn,
            nextIn,
            availableOut,
            nextOut,
            MemorySegment.NULL)
        != 0;
  }

  @Override
  void destroy() {
    if (state.address() != 0) {
      BrotliLibrary.run(library.encoderDestroy, state);
      state = MemorySegment.NULL;
    }
    if (prepared.address() != 0) {
      BrotliLibrary.run(library.destroyPreparedDictionary, prepared);
      prepared = MemorySegment.NULL;
    }
  }
}
