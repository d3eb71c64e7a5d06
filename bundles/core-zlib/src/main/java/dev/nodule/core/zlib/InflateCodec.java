package dev.nodule.core.zlib;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decompression by the JDK's zlib; gzip headers, trailers and further members are handled here. */
final class InflateCodec implements Codec {
  private static final byte[] NOTHING = {};
  private static final int TRAILER_LENGTH = 8;

  private enum State {
    DETECT_FIRST,
    DETECT_SECOND,
    ZLIB_HEADER,
    HEADER,
    BODY,
    TRAILER,
    MEMBER_END,
    END
  }

  private final Wrapper wrapper;
  private final int windowBits;
  private final byte @Nullable [] dictionary;
  private final CRC32 crc = new CRC32();
  private State state = State.BODY;
  private boolean isGzip;
  private Inflater inflater;
  private GzipHeader header = new GzipHeader();
  private final byte[] trailer = new byte[TRAILER_LENGTH];
  private int trailerCount;
  // The first byte, when detection took it and it belongs to the body.
  private int heldByte = -1;

  InflateCodec(Wrapper wrapper, int windowBits, byte @Nullable [] dictionary)
      throws CodecException {
    this.wrapper = wrapper;
    this.windowBits = windowBits;
    this.dictionary = dictionary;
    inflater = new Inflater(wrapper != Wrapper.ZLIB);
    begin();
  }

  private void begin() throws CodecException {
    heldByte = -1;
    switch (wrapper) {
      case RAW -> {
        state = State.BODY;
        if (dictionary != null) {
          try {
            inflater.setDictionary(dictionary);
          } catch (IllegalArgumentException e) {
            throw CodecException.dataError("Failed to set dictionary");
          }
        }
      }
      case ZLIB -> state = windowBits != 0 && windowBits < 15 ? State.ZLIB_HEADER : State.BODY;
      case GZIP -> beginMember();
      case DETECT -> state = State.DETECT_FIRST;
    }
  }

  private void beginMember() {
    isGzip = true;
    header = new GzipHeader();
    crc.reset();
    trailerCount = 0;
    state = State.HEADER;
  }

  @Override
  public void process(Step step, int flush) throws CodecException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (state) {
            case DETECT_FIRST -> detectFirst(step);
            case DETECT_SECOND -> detectSecond(step);
            case ZLIB_HEADER -> checkZlibHeader(step);
            case HEADER -> readHeader(step);
            case BODY -> inflate(step);
            case TRAILER -> readTrailer(step);
            case MEMBER_END -> nextMember(step);
            case END -> false;
          };
    }
    if (flush == Flush.FINISH
        && step.outLength > 0
        && state != State.END
        && state != State.MEMBER_END) {
      throw CodecException.unexpectedEnd();
    }
  }

  private boolean detectFirst(Step step) {
    if (step.inLength == 0) {
      return false;
    }
    if ((step.in[step.inOffset] & 0xff) == GzipHeader.ID1) {
      heldByte = step.take();
      state = State.DETECT_SECOND;
    } else {
      useZlib();
    }
    return true;
  }

  private boolean detectSecond(Step step) throws CodecException {
    if (step.inLength == 0) {
      return false;
    }
    if ((step.in[step.inOffset] & 0xff) == GzipHeader.ID2) {
      beginMember();
      header.next(heldByte);
      heldByte = -1;
    } else {
      useZlib();
    }
    return true;
  }

  private void useZlib() {
    isGzip = false;
    inflater.end();
    inflater = new Inflater(false);
    state = State.BODY;
  }

  private boolean checkZlibHeader(Step step) throws CodecException {
    if (step.inLength == 0) {
      return false;
    }
    int first = step.in[step.inOffset] & 0xff;
    if ((first & 0xf) == 8 && (first >> 4) + 8 > windowBits) {
      throw CodecException.dataError("invalid window size");
    }
    state = State.BODY;
    return true;
  }

  private boolean readHeader(Step step) throws CodecException {
    while (step.inLength > 0 && !header.isDone()) {
      header.next(step.take());
    }
    if (!header.isDone()) {
      return false;
    }
    state = State.BODY;
    return true;
  }

  private boolean inflate(Step step) throws CodecException {
    if (heldByte >= 0) {
      // Only as an error can it come out: a zlib header never begins like this.
      inflate(new Step(new byte[] {(byte) heldByte}, 0, 1, NOTHING, 0, 0));
      heldByte = -1;
    }
    inflater.setInput(step.in, step.inOffset, step.inLength);
    try {
      return inflateInput(step);
    } finally {
      inflater.setInput(NOTHING);
    }
  }

  private boolean inflateInput(Step step) throws CodecException {
    while (true) {
      long readBefore = inflater.getBytesRead();
      long writtenBefore = inflater.getBytesWritten();
      String failure = null;
      boolean failed = false;
      try {
        inflater.inflate(step.out, step.outOffset, step.outLength);
      } catch (DataFormatException e) {
        failed = true;
        failure = e.getMessage();
      }
      int read = (int) (inflater.getBytesRead() - readBefore);
      int written = (int) (inflater.getBytesWritten() - writtenBefore);
      if (isGzip) {
        crc.update(step.out, step.outOffset, written);
      }
      step.consumed(read);
      step.produced(written);
      if (failed) {
        throw CodecException.dataError(failure == null ? "Zlib error" : failure);
      }
      if (inflater.finished()) {
        state = isGzip ? State.TRAILER : State.END;
        return true;
      }
      if (inflater.needsDictionary()) {
        setDictionary();
      } else if (read == 0 && written == 0) {
        return false;
      } else if (step.outLength == 0) {
        return false;
      }
    }
  }

  private void setDictionary() throws CodecException {
    if (dictionary == null) {
      throw CodecException.needDictionary("Missing dictionary");
    }
    try {
      inflater.setDictionary(dictionary);
    } catch (IllegalArgumentException e) {
      throw CodecException.needDictionary("Bad dictionary");
    }
  }

  private boolean readTrailer(Step step) throws CodecException {
    while (step.inLength > 0 && trailerCount < TRAILER_LENGTH) {
      trailer[trailerCount++] = (byte) step.take();
      if (trailerCount == 4 && littleEndian(0) != crc.getValue()) {
        throw CodecException.dataError("incorrect data check");
      }
    }
    if (trailerCount < TRAILER_LENGTH) {
      return false;
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw CodecException.dataError("incorrect length check");
    }
    state = State.MEMBER_END;
    return true;
  }

  private long littleEndian(int offset) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | trailer[offset + i] & 0xff;
    }
    return value;
  }

  /** What follows a member is another one, unless it is padding: zeros. */
  private boolean nextMember(Step step) {
    if (step.inLength == 0) {
      return false;
    }
    if (step.in[step.inOffset] == 0) {
      state = State.END;
      return false;
    }
    inflater.reset();
    beginMember();
    return true;
  }

  @Override
  public void reset() throws CodecException {
    if (wrapper == Wrapper.DETECT) {
      inflater.end();
      inflater = new Inflater(true);
    } else {
      inflater.reset();
    }
    begin();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
