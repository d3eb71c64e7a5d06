package dev.nodule.core.zlib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compression by the JDK's zlib; the gzip header and trailer are written here. The JDK always has a
 * window of 32 KiB: a smaller one is kept to by full flushes.
 */
final class DeflateCodec implements Codec {
  private static final int MAX_WINDOW_BITS = 15;
  private static final byte[] NOTHING = {};

  private final Wrapper wrapper;
  private final Deflater deflater;
  // What the trailer needs, where it is written here; the JDK writes that of zlib with a full
  // window.
  private final @Nullable Checksum checksum;
  private final byte @Nullable [] dictionary;
  private final int level;
  private final int windowBits;
  private final int strategy;
  // How much goes between two full flushes, to keep distances within a window smaller than the
  // JDK's; 0: no limit.
  private final int blockLimit;
  private int blockUsed;
  // Header or trailer on its way out.
  private byte[] pending = NOTHING;
  private int pendingPosition;
  private boolean trailerWritten;
  private boolean paramsChanged;

  DeflateCodec(
      Wrapper wrapper, int level, int windowBits, int strategy, byte @Nullable [] dictionary)
      throws CodecException {
    this.wrapper = wrapper;
    this.level = level;
    this.strategy = strategy;
    this.dictionary = dictionary;
    if (dictionary != null && wrapper == Wrapper.GZIP) {
      throw CodecException.streamError("Failed to set dictionary");
    }
    this.windowBits = windowBits;
    boolean fullWindow = windowBits >= MAX_WINDOW_BITS;
    deflater = new Deflater(level, wrapper != Wrapper.ZLIB || !fullWindow);
    checksum =
        switch (wrapper) {
          case GZIP -> new CRC32();
          case ZLIB -> fullWindow ? null : new Adler32();
          default -> null;
        };
    blockLimit = fullWindow ? 0 : 1 << windowBits;
    begin();
  }

  private void begin() {
    deflater.setStrategy(strategy <= Deflater.HUFFMAN_ONLY ? strategy : Deflater.DEFAULT_STRATEGY);
    if (dictionary != null) {
      deflater.setDictionary(dictionary);
    }
    trailerWritten = false;
    blockUsed = 0;
    pending = NOTHING;
    pendingPosition = 0;
    if (checksum != null) {
      checksum.reset();
      pending = wrapper == Wrapper.GZIP ? gzipHeader() : zlibHeader();
    }
  }

  private byte[] gzipHeader() {
    int extra =
        level == Deflater.BEST_COMPRESSION
            ? 2
            : level == Deflater.BEST_SPEED || strategy >= 2 ? 4 : 0;
    return new byte[] {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, (byte) extra, 3};
  }

  private byte[] zlibHeader() {
    int effort =
        level == -1 ? 2 : strategy >= 2 || level < 2 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3;
    int header =
        ((windowBits - 8) << 4 | Deflater.DEFLATED) << 8
            | effort << 6
            | (dictionary == null ? 0 : 0x20);
    header += 31 - header % 31;
    ByteBuffer bytes = ByteBuffer.allocate(dictionary == null ? 2 : 6).putShort((short) header);
    if (dictionary != null) {
      Adler32 id = new Adler32();
      id.update(dictionary);
      bytes.putInt((int) id.getValue());
    }
    return bytes.array();
  }

  private byte[] trailer(Checksum sum) {
    return wrapper == Wrapper.GZIP
        ? ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) sum.getValue())
            .putInt((int) deflater.getBytesRead())
            .array()
        : ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
  }

  @Override
  public void process(Step step, int flush) {
    if (!writePending(step)) {
      return;
    }
    if (blockLimit == 0) {
      deflate(step, step.inLength, flush);
    } else {
      deflateInBlocks(step, flush);
    }
    if (checksum != null && deflater.finished() && !trailerWritten) {
      trailerWritten = true;
      pending = trailer(checksum);
      pendingPosition = 0;
      writePending(step);
    }
  }

  private boolean writePending(Step step) {
    pendingPosition += step.put(pending, pendingPosition);
    return pendingPosition == pending.length;
  }

  private void deflateInBlocks(Step step, int flush) {
    while (step.outLength > 0) {
      int count = Math.min(step.inLength, blockLimit - blockUsed);
      boolean isLast = count == step.inLength;
      int before = step.inLength;
      deflate(step, count, isLast ? flush : Flush.FULL_FLUSH);
      blockUsed += before - step.inLength;
      if (isLast || step.outLength == 0) {
        // With the output full the same block goes on with the next step, or is flushed then.
        return;
      }
      blockUsed = 0;
    }
  }

  private void deflate(Step step, int count, int flush) {
    int mode =
        switch (flush) {
          case Flush.PARTIAL_FLUSH, Flush.SYNC_FLUSH, Flush.BLOCK -> Deflater.SYNC_FLUSH;
          case Flush.FULL_FLUSH -> Deflater.FULL_FLUSH;
          default -> Deflater.NO_FLUSH;
        };
    if (flush == Flush.FINISH) {
      deflater.finish();
    }
    deflater.setInput(step.in, step.inOffset, count);
    int end = step.inOffset + count;
    while (step.outLength > 0 && !deflater.finished()) {
      long readBefore = deflater.getBytesRead();
      int written = deflater.deflate(step.out, step.outOffset, step.outLength, mode);
      int read = (int) (deflater.getBytesRead() - readBefore);
      if (checksum != null) {
        checksum.update(step.in, step.inOffset, read);
      }
      step.consumed(read);
      step.produced(written);
      if (paramsChanged) {
        // The call that takes over new parameters does only that, as zlib's deflateParams.
        paramsChanged = false;
      } else if (written == 0 && (read == 0 || step.inOffset == end)) {
        break;
      }
    }
    deflater.setInput(NOTHING);
  }

  @Override
  public void params(int newLevel, int newStrategy) {
    deflater.setLevel(newLevel);
    deflater.setStrategy(
        newStrategy <= Deflater.HUFFMAN_ONLY ? newStrategy : Deflater.DEFAULT_STRATEGY);
    paramsChanged = true;
  }

  @Override
  public void reset() {
    deflater.reset();
    begin();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
