package dev.nodule.engine;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.BigInt;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSErrorType;
import com.oracle.truffle.js.runtime.SafeInteger;
import com.oracle.truffle.js.runtime.UserScriptException;
import com.oracle.truffle.js.runtime.array.TypedArray;
import com.oracle.truffle.js.runtime.array.TypedArrayFactory;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferView;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Callback;
import dev.nodule.api.NodeException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversion from Java to JavaScript values. */
final class Values {
  private static final TypedArray WHOLE =
      TypedArrayFactory.Uint8Array.createArrayType(TypedArray.BUFFER_TYPE_ARRAY, false, true);
  private static final TypedArray PART =
      TypedArrayFactory.Uint8Array.createArrayType(TypedArray.BUFFER_TYPE_ARRAY, true, true);

  private final Realm realm;
  private @Nullable JSDynamicObject bufferPrototype;

  Values(Realm realm) {
    this.realm = realm;
  }

  static TruffleString string(String text) {
    return TruffleString.fromJavaStringUncached(text, TruffleString.Encoding.UTF_16);
  }

  void setBufferPrototype(Object prototype) {
    bufferPrototype = (JSDynamicObject) prototype;
  }

  Object[] toJavaScript(@Nullable Object[] values) {
    Object[] converted = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      converted[i] = toJavaScript(values[i]);
    }
    return converted;
  }

  Object toJavaScript(@Nullable Object value) {
    return switch (value) {
      case null -> Undefined.instance;
      case JSDynamicObject object -> object;
      case TruffleString text -> text;
      case Integer number -> number;
      case Boolean bool -> bool;
      case Double number -> number;
      case String text -> string(text);
      case byte[] bytes -> buffer(bytes, 0, bytes.length);
      case Long number -> number(number);
      case Short number -> (int) number;
      case Byte number -> (int) number;
      case Float number -> (double) number;
      case Character character -> string(String.valueOf((char) character));
      case BigInteger big -> BigInt.fromBigInteger(big);
      case Callback callback -> callback.function();
      case Object[] array -> JSArray.createConstant(realm.context, realm.js, toJavaScript(array));
      case int[] array -> JSArray.createConstantIntArray(realm.context, realm.js, array);
      case double[] array -> JSArray.createConstantDoubleArray(realm.context, realm.js, array);
      case List<?> list ->
          JSArray.createConstant(realm.context, realm.js, toJavaScript(list.toArray()));
      case Map<?, ?> map -> object(map);
      case SafeInteger number -> number;
      // Symbols, BigInts, null and whatever else came from the engine.
      default -> value;
    };
  }

  private static Object number(long number) {
    return number == (int) number ? (Object) (int) number : (Object) (double) number;
  }

  private Object object(Map<?, ?> map) {
    JSObject object = JSOrdinary.create(realm.context, realm.js);
    map.forEach(
        (key, value) -> JSObject.set(object, string(String.valueOf(key)), toJavaScript(value)));
    return object;
  }

  JSTypedArrayObject buffer(byte[] bytes, int offset, int length) {
    JSDynamicObject prototype = bufferPrototype;
    if (prototype == null) {
      return uint8Array(bytes, offset, length);
    }
    return JSArrayBufferView.createArrayBufferViewWithProto(
        realm.context.getArrayBufferViewFactory(TypedArrayFactory.Uint8Array),
        realm.js,
        JSArrayBuffer.createArrayBuffer(realm.context, realm.js, bytes),
        offset == 0 ? WHOLE : PART,
        offset,
        length,
        prototype);
  }

  JSTypedArrayObject uint8Array(byte[] bytes, int offset, int length) {
    return JSArrayBufferView.createArrayBufferView(
        realm.context,
        realm.js,
        JSArrayBuffer.createArrayBuffer(realm.context, realm.js, bytes),
        TypedArrayFactory.Uint8Array,
        offset == 0 ? WHOLE : PART,
        offset,
        length);
  }

  /** The JavaScript error that an exception stands for. */
  Object toError(Throwable exception) {
    return switch (exception) {
      case GraalJSException thrown -> thrown.getErrorObject();
      case NodeException error -> nodeError(error);
      case StackOverflowError overflow -> Errors.createRangeErrorStackOverflow().getErrorObject();
      default -> internalError(exception);
    };
  }

  RuntimeException toGuestException(Throwable exception) {
    if (exception instanceof GraalJSException thrown) {
      return thrown;
    }
    if (exception instanceof com.oracle.truffle.api.nodes.ControlFlowException control) {
      return control;
    }
    if (exception instanceof RuntimeException other && EngineInterrupt.isInterrupt(other)) {
      return other;
    }
    return UserScriptException.create(toError(exception));
  }

  private JSErrorObject nodeError(NodeException exception) {
    JSErrorType type =
        switch (exception.kind()) {
          case ERROR -> JSErrorType.Error;
          case TYPE_ERROR -> JSErrorType.TypeError;
          case RANGE_ERROR -> JSErrorType.RangeError;
          case SYNTAX_ERROR -> JSErrorType.SyntaxError;
        };
    JSErrorObject error =
        JSError.create(type, realm.js, string(String.valueOf(exception.getMessage())));
    exception
        .properties()
        .forEach((name, value) -> JSObject.set(error, string(name), toJavaScript(value)));
    return error;
  }

  private JSErrorObject internalError(Throwable exception) {
    if (Boolean.getBoolean("nodule.trace-java")) {
      exception.printStackTrace();
    }
    JSErrorObject error =
        JSError.create(JSErrorType.Error, realm.js, string("Nodule internal error: " + exception));
    JSObject.set(error, string("code"), string("ERR_INTERNAL_ASSERTION"));
    return error;
  }
}
