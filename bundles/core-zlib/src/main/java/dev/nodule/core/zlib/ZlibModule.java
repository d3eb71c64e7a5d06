package dev.nodule.core.zlib;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.api.ScriptModule;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The module {@code zlib}. */
public final class ZlibModule extends ScriptModule {
  // Modes, as zlib.constants has them.
  private static final int DEFLATE = 1;
  private static final int INFLATE = 2;
  private static final int GZIP = 3;
  private static final int GUNZIP = 4;
  private static final int DEFLATERAW = 5;
  private static final int INFLATERAW = 6;
  private static final int UNZIP = 7;
  private static final int BROTLI_DECODE = 8;
  private static final int BROTLI_ENCODE = 9;
  private static final int ZSTD_COMPRESS = 10;
  private static final int ZSTD_DECOMPRESS = 11;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding.function("createZlib", 5, args -> open(context, () -> zlib(args)));
    binding.function("createBrotli", 3, args -> open(context, () -> brotli(args)));
    binding.function("createZstd", 4, args -> open(context, () -> zstd(args)));
    binding.function("crc32", 2, ZlibModule::crc32);
  }

  private interface Opener {
    Codec open() throws CodecException;
  }

  private static Object open(ModuleContext context, Opener opener) {
    try {
      return new CodecHandle(context, opener.open()).toObject();
    } catch (CodecException e) {
      throw toNodeException(e);
    }
  }

  static NodeException toNodeException(CodecException e) {
    NodeException exception = new NodeException(NodeException.Kind.ERROR, null, e.text());
    return e.code().startsWith("ERR_")
        ? exception.with("code", e.code())
        : exception.with("errno", e.errno()).with("code", e.code());
  }

  /** {@code createZlib(mode, windowBits, level, strategy, dictionary)}. */
  private static Codec zlib(Arguments args) throws CodecException {
    int windowBits = args.int32(1);
    int level = args.int32(2);
    int strategy = args.int32(3);
    byte[] dictionary = optionalBytes(args, 4);
    return switch (args.int32(0)) {
      case DEFLATE -> new DeflateCodec(Wrapper.ZLIB, level, windowBits, strategy, dictionary);
      case GZIP -> new DeflateCodec(Wrapper.GZIP, level, windowBits, strategy, dictionary);
      case DEFLATERAW -> new DeflateCodec(Wrapper.RAW, level, windowBits, strategy, dictionary);
      case INFLATE -> new InflateCodec(Wrapper.ZLIB, windowBits, dictionary);
      case GUNZIP -> new InflateCodec(Wrapper.GZIP, windowBits, dictionary);
      case INFLATERAW -> new InflateCodec(Wrapper.RAW, windowBits, dictionary);
      case UNZIP -> new InflateCodec(Wrapper.DETECT, windowBits, dictionary);
      default -> throw new IllegalArgumentException("mode " + args.int32(0));
    };
  }

  /**
   * {@code createBrotli(mode, parameters, dictionary)}; the parameters are an Int32Array of pairs.
   */
  private static Codec brotli(Arguments args) throws CodecException {
    int[] parameters = pairs(args.bytes(1));
    byte[] dictionary = optionalBytes(args, 2);
    return switch (args.int32(0)) {
      case BROTLI_ENCODE -> new BrotliEncoder(parameters, dictionary);
      case BROTLI_DECODE -> new BrotliDecoder(parameters, dictionary);
      default -> throw new IllegalArgumentException("mode " + args.int32(0));
    };
  }

  /** {@code createZstd(mode, parameters, pledgedSize, dictionary)}; a size of -1 is unknown. */
  private static Codec zstd(Arguments args) throws CodecException {
    byte[] dictionary = optionalBytes(args, 3);
    return switch (args.int32(0)) {
      case ZSTD_COMPRESS -> new ZstdEncoder(pairs(args.bytes(1)), args.int64(2), dictionary);
      case ZSTD_DECOMPRESS -> new ZstdDecoder(dictionary);
      default -> throw new IllegalArgumentException("mode " + args.int32(0));
    };
  }

  private static byte @Nullable [] optionalBytes(Arguments args, int index) {
    return args.isBytes(index) ? args.bytes(index).copy() : null;
  }

  private static int[] pairs(Bytes bytes) {
    int[] values = new int[bytes.length() / Integer.BYTES];
    bytes.buffer().order(ByteOrder.nativeOrder()).asIntBuffer().get(values);
    return values;
  }

  private static @Nullable Object crc32(Arguments args) {
    long previous = args.int64(1) & 0xffffffffL;
    if (args.isString(0)) {
      byte[] text = args.string(0).getBytes(StandardCharsets.UTF_8);
      return (double) Crc.continued(previous, text, 0, text.length);
    }
    Bytes bytes = args.bytes(0);
    return (double) Crc.continued(previous, bytes.array(), bytes.offset(), bytes.length());
  }
}
