package dev.nodule.core.buffer;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The module {@code buffer}. Ranges in arguments are checked by the JavaScript. */
public final class BufferModule extends ScriptModule {
  /** What {@code unbase64} returns for bad text. */
  private static final int NOT_BASE64 = -1;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function(
            "setBufferPrototype",
            1,
            arguments -> {
              context.javaScript().setBufferPrototype(arguments.value(0));
              return null;
            })
        .function("decode", 4, BufferModule::decode)
        .function(
            "encode", 2, arguments -> Encoding.of(arguments.int32(1)).encode(arguments.string(0)))
        .function(
            "byteLength",
            2,
            arguments -> Encoding.of(arguments.int32(1)).byteLength(arguments.string(0)))
        .function("write", 5, BufferModule::write)
        .function("copy", 5, BufferModule::copy)
        .function("fill", 4, BufferModule::fill)
        .function("compare", 2, arguments -> compare(arguments.bytes(0), arguments.bytes(1)))
        .function("equals", 2, arguments -> equal(arguments.bytes(0), arguments.bytes(1)))
        .function("indexOf", 5, BufferModule::indexOf)
        .function("indexOfByte", 4, BufferModule::indexOfByte)
        .function("swap", 2, BufferModule::swap)
        .function("isUtf8", 1, BufferModule::isUtf8)
        .function("isAscii", 1, BufferModule::isAscii)
        .function("unbase64", 1, BufferModule::unbase64);
  }

  /** (view, encoding, start, end): the text of a part. */
  private static String decode(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    int start = arguments.int32(2);
    return Encoding.of(arguments.int32(1))
        .decode(bytes.array(), bytes.offset() + start, arguments.int32(3) - start);
  }

  /** (view, encoding, text, offset, limit): how many bytes were written. */
  private static Integer write(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    return Encoding.of(arguments.int32(1))
        .write(
            arguments.string(2),
            bytes.array(),
            bytes.offset() + arguments.int32(3),
            arguments.int32(4));
  }

  /** (source, target, targetStart, sourceStart, count). */
  private static @Nullable Object copy(Arguments arguments) {
    Bytes source = arguments.bytes(0);
    Bytes target = arguments.bytes(1);
    System.arraycopy(
        source.array(),
        source.offset() + arguments.int32(3),
        target.array(),
        target.offset() + arguments.int32(2),
        arguments.int32(4));
    return null;
  }

  /** (view, byte or bytes, start, end): writes the bytes again and again. */
  private static @Nullable Object fill(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    int start = bytes.offset() + arguments.int32(2);
    int end = bytes.offset() + arguments.int32(3);
    if (!arguments.isBytes(1)) {
      Arrays.fill(bytes.array(), start, end, (byte) arguments.int32(1));
      return null;
    }
    Bytes value = arguments.bytes(1);
    int size = end - start;
    int filled = Math.min(value.length(), size);
    System.arraycopy(value.array(), value.offset(), bytes.array(), start, filled);
    while (filled < size) {
      int more = Math.min(filled, size - filled);
      System.arraycopy(bytes.array(), start, bytes.array(), start + filled, more);
      filled += more;
    }
    return null;
  }

  private static int compare(Bytes left, Bytes right) {
    return Integer.signum(
        Arrays.compareUnsigned(
            left.array(),
            left.offset(),
            left.offset() + left.length(),
            right.array(),
            right.offset(),
            right.offset() + right.length()));
  }

  private static boolean equal(Bytes left, Bytes right) {
    return Arrays.equals(
        left.array(),
        left.offset(),
        left.offset() + left.length(),
        right.array(),
        right.offset(),
        right.offset() + right.length());
  }

  /** (view, bytes, from, forward, step). */
  private static Integer indexOf(Arguments arguments) {
    return Search.indexOf(
        arguments.bytes(0),
        arguments.bytes(1),
        arguments.int32(2),
        arguments.bool(3),
        arguments.int32(4));
  }

  /** (view, byte, from, forward). */
  private static Integer indexOfByte(Arguments arguments) {
    Bytes wanted = new Bytes(new byte[] {(byte) arguments.int32(1)}, 0, 1);
    return Search.indexOf(arguments.bytes(0), wanted, arguments.int32(2), arguments.bool(3), 1);
  }

  /** (view, width): turns the bytes of each unit of two, four or eight round. */
  private static @Nullable Object swap(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    int width = arguments.int32(1);
    byte[] array = bytes.array();
    for (int unit = bytes.offset(); unit < bytes.offset() + bytes.length(); unit += width) {
      for (int low = unit, high = unit + width - 1; low < high; low++, high--) {
        byte kept = array[low];
        array[low] = array[high];
        array[high] = kept;
      }
    }
    return null;
  }

  private static Boolean isUtf8(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    return Utf8.isValid(bytes.array(), bytes.offset(), bytes.length());
  }

  private static Boolean isAscii(Arguments arguments) {
    Bytes bytes = arguments.bytes(0);
    for (int i = bytes.offset(); i < bytes.offset() + bytes.length(); i++) {
      if (bytes.array()[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static Object unbase64(Arguments arguments) {
    byte[] bytes = Base64Text.decodeForgiving(arguments.string(0));
    return bytes == null ? NOT_BASE64 : Encoding.LATIN1.decode(bytes, 0, bytes.length);
  }
}
