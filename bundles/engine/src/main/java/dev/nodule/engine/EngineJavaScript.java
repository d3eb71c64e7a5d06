package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.UserScriptException;
import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import dev.nodule.api.NativeFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link JavaScript} on GraalJS's raw objects. */
final class EngineJavaScript implements JavaScript {
  private final Realm realm;

  EngineJavaScript(Realm realm) {
    this.realm = realm;
  }

  @Override
  public Object undefined() {
    return Undefined.instance;
  }

  @Override
  public Object nullValue() {
    return Null.instance;
  }

  @Override
  public Object newObject() {
    return realm.newObject();
  }

  @Override
  public Object newArray(@Nullable Object... values) {
    return realm.values.toJavaScript((Object) values);
  }

  @Override
  public Object newBuffer(byte[] bytes, int offset, int length) {
    return realm.values.buffer(bytes, offset, length);
  }

  @Override
  public Object newUint8Array(byte[] bytes, int offset, int length) {
    return realm.values.uint8Array(bytes, offset, length);
  }

  @Override
  public Object newArrayBuffer(byte[] bytes) {
    return JSArrayBuffer.createArrayBuffer(realm.context, realm.js, bytes);
  }

  @Override
  public @Nullable Object share(Object value) {
    return SharedValue.of(realm, value);
  }

  @Override
  public Object shared(Object common) {
    return ((SharedValue) common).in(realm);
  }

  @Override
  public byte[] detach(Object arrayBuffer) {
    JSArrayBufferObject buffer = (JSArrayBufferObject) arrayBuffer;
    byte[] bytes;
    if (buffer instanceof JSArrayBufferObject.Heap heap) {
      // A resizable one has room to grow behind its bytes.
      byte[] whole = heap.getByteArray();
      int length = buffer.getByteLength();
      bytes = whole.length == length ? whole : Arrays.copyOf(whole, length);
    } else {
      bytes = OffHeapBytes.of(buffer).read(0, buffer.getByteLength());
    }
    JSArrayBuffer.detachArrayBuffer(buffer);
    return bytes;
  }

  @Override
  public Object newFunction(String name, int length, NativeFunction function) {
    return realm.function(name, length, function);
  }

  @Override
  public Object get(Object object, String key) {
    return JSObject.get((JSDynamicObject) object, Values.string(key));
  }

  @Override
  public void set(Object object, String key, @Nullable Object value) {
    JSObject.set((JSDynamicObject) object, Values.string(key), realm.values.toJavaScript(value));
  }

  @Override
  public void defineHidden(Object object, String key, @Nullable Object value) {
    JSObject.defineOwnProperty(
        (JSDynamicObject) object,
        Values.string(key),
        PropertyDescriptor.createData(realm.values.toJavaScript(value), false, true, true));
  }

  @Override
  public String toDisplayString(Object value) {
    return JSRuntime.safeToString(value).toJavaStringUncached();
  }

  @Override
  public boolean isFunction(@Nullable Object value) {
    return JSFunction.isJSFunction(value);
  }

  @Override
  public Callback callback(Object function) {
    return new EngineCallback(realm, function);
  }

  @Override
  public Object toError(Throwable exception) {
    return realm.values.toError(exception);
  }

  @Override
  public RuntimeException toException(Object value) {
    return UserScriptException.create(value);
  }

  @Override
  public void setBufferPrototype(Object prototype) {
    realm.values.setBufferPrototype(prototype);
  }
}
