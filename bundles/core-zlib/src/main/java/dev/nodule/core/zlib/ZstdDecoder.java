package dev.nodule.core.zlib;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;

/** Zstandard decompression. */
final class ZstdDecoder implements Codec {
  private static final int END = 2;

  private final byte @Nullable [] dictionary;
  private final ZstdBuffers buffers = new ZstdBuffers();
  private final ZstdDecompressCtx context;
  private boolean atFrameEnd;

  ZstdDecoder(byte @Nullable [] dictionary) throws CodecException {
    this.dictionary = dictionary;
    try {
      context = new ZstdDecompressCtx();
    } catch (LinkageError e) {
      throw ZstdCodes.unavailable(e);
    }
    loadDictionary();
  }

  private void loadDictionary() throws CodecException {
    if (dictionary == null) {
      return;
    }
    try {
      context.loadDict(dictionary);
    } catch (ZstdException e) {
      throw new CodecException(-1, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
    }
  }

  @Override
  public void process(Step step, int flush) throws CodecException {
    try {
      while (step.outLength > 0 && !(atFrameEnd && step.inLength == 0)) {
        int inBefore = step.inLength;
        int outBefore = step.outLength;
        buffers.load(step);
        atFrameEnd = context.decompressDirectByteBufferStream(buffers.out, buffers.in);
        buffers.store(step);
        if (inBefore == step.inLength && outBefore == step.outLength) {
          break;
        }
      }
    } catch (ZstdException e) {
      throw ZstdCodes.toCodecException(e);
    }
    if (flush == END && !atFrameEnd && step.inLength == 0 && step.outLength > 0) {
      throw CodecException.unexpectedEnd();
    }
  }

  @Override
  public void reset() throws CodecException {
    context.reset();
    atFrameEnd = false;
    loadDictionary();
  }

  @Override
  public void close() {
    context.close();
  }
}
