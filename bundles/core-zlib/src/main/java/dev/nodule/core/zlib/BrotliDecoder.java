package dev.nodule.core.zlib;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Brotli decompression. */
final class BrotliDecoder extends BrotliCodec {
  private static final int RESULT_ERROR = 0;
  private static final int RESULT_SUCCESS = 1;
  private static final int RESULT_NEEDS_MORE_INPUT = 2;
  private static final String PREFIX = "BROTLI_DECODER";

  private int result = RESULT_NEEDS_MORE_INPUT;

  BrotliDecoder(int[] parameters, byte @Nullable [] dictionary) throws CodecException {
    super(parameters, dictionary);
    open();
  }

  @Override
  void open() throws CodecException {
    result = RESULT_NEEDS_MORE_INPUT;
    state =
        BrotliLibrary.pointer(
            library.decoderCreate, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);
    for (int i = 0; i < parameters.length; i += 2) {
      if (BrotliLibrary.number(library.decoderSetParameter, state, parameters[i], parameters[i + 1])
          == 0) {
        throw initializationFailed();
      }
    }
    if (nativeDictionary != null && dictionary != null) {
      int attached =
          BrotliLibrary.number(
              library.decoderAttachDictionary,
              state,
              0,
              (long) dictionary.length,
              nativeDictionary);
      if (attached == 0) {
        throw initializationFailed();
      }
    }
  }

  @Override
  public void process(Step step, int flush) throws CodecException {
    while (result != RESULT_SUCCESS) {
      int inBefore = step.inLength;
      int outBefore = step.outLength;
      transfer(step, () -> result = decompress());
      if (result == RESULT_ERROR) {
        throw failure();
      }
      if (step.outLength == 0 || (inBefore == step.inLength && outBefore == step.outLength)) {
        break;
      }
    }
    if (flush == FINISH && result == RESULT_NEEDS_MORE_INPUT && step.inLength == 0) {
      throw CodecException.unexpectedEnd();
    }
  }

  private int decompress() {
    return BrotliLibrary.number(
        library.decoderDecompress,
        state,
        availableIn,
        nextIn,
        availableOut,
        nextOut,
        MemorySegment.NULL);
  }

  private CodecException failure() {
    int error = BrotliLibrary.number(library.decoderErrorCode, state);
    String name =
        BrotliLibrary.pointer(library.decoderErrorString, error).reinterpret(256).getString(0);
    String code = "ERR_" + (name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
    return new CodecException(error, code, "Decompression failed");
  }

  @Override
  void destroy() {
    if (state.address() != 0) {
      BrotliLibrary.run(library.decoderDestroy, state);
      state = MemorySegment.NULL;
    }
  }
}
