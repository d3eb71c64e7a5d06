package dev.nodule.core.zlib;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;

/** Zstandard compression. */
final class ZstdEncoder implements Codec {
  private static final EndDirective[] DIRECTIVES = {
    EndDirective.CONTINUE, EndDirective.FLUSH, EndDirective.END
  };

  private final int[] parameters;
  private final long pledgedSize;
  private final byte @Nullable [] dictionary;
  private final ZstdBuffers buffers = new ZstdBuffers();
  private final ZstdCompressCtx context;
  private boolean ended;

  /**
   * @param parameters pairs of a parameter and its value
   * @param pledgedSize how much input there will be; -1: unknown
   */
  ZstdEncoder(int[] parameters, long pledgedSize, byte @Nullable [] dictionary)
      throws CodecException {
    this.parameters = parameters;
    this.pledgedSize = pledgedSize;
    this.dictionary = dictionary;
    try {
      context = new ZstdCompressCtx();
    } catch (LinkageError e) {
      throw ZstdCodes.unavailable(e);
    }
    configure();
  }

  private void configure() throws CodecException {
    try {
      for (int i = 0; i < parameters.length; i += 2) {
        set(parameters[i], parameters[i + 1]);
      }
      if (dictionary != null) {
        context.loadDict(dictionary);
      }
      if (pledgedSize >= 0) {
        context.setPledgedSrcSize(pledgedSize);
      }
    } catch (RuntimeException e) {
      throw new CodecException(-1, "ERR_ZLIB_INITIALIZATION_FAILED", "Setting parameter failed");
    }
  }

  private void set(int parameter, int value) {
    switch (parameter) {
      case 100 -> context.setLevel(value);
      case 101 -> context.setWindowLog(value);
      case 102 -> context.setHashLog(value);
      case 103 -> context.setChainLog(value);
      case 104 -> context.setSearchLog(value);
      case 105 -> context.setMinMatch(value);
      case 106 -> context.setTargetLength(value);
      case 107 -> context.setStrategy(value);
      case 160 ->
          context.setEnableLongDistanceMatching(
              value == 0
                  ? Zstd.ParamSwitch.AUTO
                  : value == 1 ? Zstd.ParamSwitch.ENABLE : Zstd.ParamSwitch.DISABLE);
      case 161, 162, 163, 164 -> {
        // The library has no way to them; they only tune long distance matching.
      }
      case 200 -> context.setContentSize(value != 0);
      case 201 -> context.setChecksum(value != 0);
      case 202 -> context.setDictID(value != 0);
      case 400 -> context.setWorkers(value);
      case 401 -> context.setJobSize(value);
      case 402 -> context.setOverlapLog(value);
      default -> throw new IllegalArgumentException("parameter " + parameter);
    }
  }

  @Override
  public void process(Step step, int flush) throws CodecException {
    try {
      while (step.outLength > 0 && !(ended && step.inLength == 0)) {
        int inBefore = step.inLength;
        int outBefore = step.outLength;
        boolean isAll = buffers.load(step);
        EndDirective directive = isAll ? DIRECTIVES[flush] : EndDirective.CONTINUE;
        boolean done = context.compressDirectByteBufferStream(buffers.out, buffers.in, directive);
        buffers.store(step);
        ended = done && directive == EndDirective.END;
        if (done && isAll && (directive != EndDirective.CONTINUE || step.inLength == 0)) {
          return;
        }
        if (inBefore == step.inLength && outBefore == step.outLength) {
          return;
        }
      }
    } catch (ZstdException e) {
      throw ZstdCodes.toCodecException(e);
    }
  }

  @Override
  public void reset() throws CodecException {
    context.reset();
    ended = false;
    configure();
  }

  @Override
  public void close() {
    context.close();
  }
}
