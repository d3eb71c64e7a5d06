package dev.nodule.engine;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.BigInt;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSDataViewObject;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, as the engine lays them out: receiver, function, then the arguments
 * proper.
 */
final class FrameArguments implements Arguments {
  private static final int FIRST = 2;

  private final Realm realm;
  private final Object[] frame;
  private @Nullable List<SharedBytes> shared;

  /**
   * A stretch of memory off the heap: the native works on a copy, and what it changed is written
   * back.
   */
  private record SharedBytes(OffHeapBytes memory, int offset, byte[] before, byte[] copy) {
    /** Byte by byte, as other threads may have written to the others. */
    void writeBack() {
      for (int i = 0; i < copy.length; i++) {
        if (copy[i] != before[i]) {
          memory.write(offset + i, copy[i]);
        }
      }
    }
  }

  FrameArguments(Realm realm, Object[] frame) {
    this.realm = realm;
    this.frame = frame;
  }

  @Override
  public int length() {
    return frame.length - FIRST;
  }

  @Override
  public Object receiver() {
    return frame[0];
  }

  @Override
  public Object value(int index) {
    int at = index + FIRST;
    return at < frame.length ? frame[at] : Undefined.instance;
  }

  @Override
  public boolean isNullish(int index) {
    Object value = value(index);
    return value == Undefined.instance || value == Null.instance;
  }

  @Override
  public boolean isString(int index) {
    return value(index) instanceof TruffleString;
  }

  @Override
  public boolean isFunction(int index) {
    return JSFunction.isJSFunction(value(index));
  }

  @Override
  public boolean isBytes(int index) {
    Object value = value(index);
    return value instanceof JSTypedArrayObject
        || value instanceof JSArrayBufferObject
        || value instanceof JSDataViewObject;
  }

  @Override
  public String string(int index) {
    Object value = value(index);
    return value instanceof TruffleString string
        ? string.toJavaStringUncached()
        : JSRuntime.toString(value).toJavaStringUncached();
  }

  @Override
  public boolean bool(int index) {
    Object value = value(index);
    return value instanceof Boolean bool ? bool : JSRuntime.toBoolean(value);
  }

  @Override
  public int int32(int index) {
    Object value = value(index);
    return value instanceof Integer number ? number : JSRuntime.toInt32(value);
  }

  @Override
  public long int64(int index) {
    Object value = value(index);
    return switch (value) {
      case Integer number -> number;
      case BigInt big -> big.longValue();
      default -> (long) JSRuntime.doubleValue(JSRuntime.toNumber(value));
    };
  }

  @Override
  public double number(int index) {
    Object value = value(index);
    return switch (value) {
      case Double number -> number;
      case Integer number -> number;
      case BigInt big -> big.doubleValue();
      default -> JSRuntime.doubleValue(JSRuntime.toNumber(value));
    };
  }

  @Override
  public Bytes bytes(int index) {
    return switch (value(index)) {
      case JSTypedArrayObject view ->
          bytes(view.getArrayBuffer(), view.getByteOffset(), view.getByteLength());
      case JSDataViewObject view ->
          bytes(view.getArrayBuffer(), view.getByteOffset(), view.getByteLength());
      case JSArrayBufferObject buffer -> bytes(buffer, 0, buffer.getByteLength());
      case Object other -> throw new IllegalArgumentException("not a view: " + other);
    };
  }

  /** The call is over: what it wrote into shared memory becomes seen. */
  void end() {
    if (shared != null) {
      shared.forEach(SharedBytes::writeBack);
    }
  }

  private Bytes bytes(JSArrayBufferObject buffer, int offset, int length) {
    if (buffer instanceof JSArrayBufferObject.Heap heap) {
      return new Bytes(heap.getByteArray(), offset, length);
    }
    OffHeapBytes memory = OffHeapBytes.of(buffer);
    byte[] copy = memory.read(offset, length);
    if (shared == null) {
      shared = new ArrayList<>();
    }
    shared.add(new SharedBytes(memory, offset, copy.clone(), copy));
    return new Bytes(copy, 0, length);
  }

  @Override
  public Callback callback(int index) {
    return new EngineCallback(realm, value(index));
  }
}
