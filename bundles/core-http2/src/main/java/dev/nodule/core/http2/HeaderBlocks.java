package dev.nodule.core.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Field sections and their compressed form (RFC 7541), with Netty's codec. */
final class HeaderBlocks {
  /** What RFC 7541 counts for each entry beside its text. */
  static final int ENTRY_OVERHEAD = 32;

  /** A decoded section: names and values in turn, and which fields are never to be indexed. */
  record Section(List<String> fields, BitSet sensitive, boolean tooLarge) {}

  /** A block that no field section can be read from. */
  static final class CompressionException extends Exception {
    private static final long serialVersionUID = 1L;

    CompressionException(Throwable cause) {
      super(cause);
    }
  }

  private Set<String> sensitive = Set.of();
  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder((name, value) -> sensitive.contains(name.toString()), true);
  private final Decoder decoder = new Decoder();

  /** Keeps the fields in their order, up to a limit. */
  private static final class Fields extends DefaultHttp2Headers {
    private final List<String> list = new ArrayList<>();
    private final long maxBytes;
    private final int maxPairs;
    private long size;
    private boolean tooLarge;

    Fields(long maxBytes, int maxPairs) {
      super(false);
      this.maxBytes = maxBytes;
      this.maxPairs = maxPairs;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
      size += name.length() + value.length() + ENTRY_OVERHEAD;
      if (size > maxBytes || list.size() >= 2 * maxPairs) {
        tooLarge = true;
      } else {
        list.add(name.toString());
        list.add(value.toString());
      }
      return this;
    }
  }

  private static final class Decoder extends DefaultHttp2HeadersDecoder {
    private long maxBytes;
    private int maxPairs;

    Decoder() {
      super(false);
      try {
        configuration().maxHeaderListSize(Settings.UNLIMITED, Settings.UNLIMITED);
      } catch (Http2Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Http2Headers newHeaders() {
      return new Fields(maxBytes, maxPairs);
    }
  }

  Section decode(byte[] block, long maxBytes, int maxPairs) throws CompressionException {
    decoder.maxBytes = maxBytes;
    decoder.maxPairs = maxPairs;
    try {
      Fields fields = (Fields) decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block));
      return new Section(fields.list, NeverIndexed.in(block), fields.tooLarge);
    } catch (Http2Exception | RuntimeException e) {
      throw new CompressionException(e);
    }
  }

  byte[] encode(List<String> fields, Set<String> neverIndexed) {
    DefaultHttp2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      headers.add(ascii(fields.get(i)), ascii(fields.get(i + 1)));
    }
    sensitive = neverIndexed;
    ByteBuf out = Unpooled.buffer(256);
    try {
      encoder.encodeHeaders(1, headers, out);
      byte[] block = new byte[out.readableBytes()];
      out.readBytes(block);
      return block;
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    } finally {
      out.release();
    }
  }

  private static AsciiString ascii(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  /** The peer's limit for the table that this side compresses with. */
  void remoteTableSize(long size) {
    try {
      encoder.configuration().maxHeaderTableSize(Math.min(size, 4096));
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void localTableSize(long size) {
    try {
      decoder.configuration().maxHeaderTableSize(size);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
