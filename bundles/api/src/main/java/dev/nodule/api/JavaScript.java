package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/** Operations on values of one realm, for bindings; on its JavaScript thread. */
public interface JavaScript {
  Object undefined();

  /** JavaScript's {@code null}. */
  Object nullValue();

  Object newObject();

  /** An array of the values, converted. */
  Object newArray(@Nullable Object... values);

  /** A {@code Buffer} over the same bytes. */
  Object newBuffer(byte[] bytes, int offset, int length);

  /** A plain {@code Uint8Array} over the same bytes. */
  Object newUint8Array(byte[] bytes, int offset, int length);

  /** An {@code ArrayBuffer} over the same bytes. */
  Object newArrayBuffer(byte[] bytes);

  /**
   * What realms of several threads can have in common of a value: the memory of a {@code
   * SharedArrayBuffer} with those that wait on it, that of a shared {@code WebAssembly.Memory}, the
   * code of a {@code WebAssembly.Module}. Null for all other values.
   */
  @Nullable Object share(Object value);

  /** A value of this realm over what {@link #share} gave in another one. */
  Object shared(Object common);

  /** Takes the bytes out of an {@code ArrayBuffer}, which is detached then. */
  byte[] detach(Object arrayBuffer);

  /** A function that is not part of a binding. */
  Object newFunction(String name, int length, NativeFunction function);

  Object get(Object object, String key);

  void set(Object object, String key, @Nullable Object value);

  /** Defines a property that {@code Object.keys} does not show. */
  void defineHidden(Object object, String key, @Nullable Object value);

  /** What {@code String(value)} gives; never throws. */
  String toDisplayString(Object value);

  boolean isFunction(@Nullable Object value);

  /** A callback for a function that was kept, in the asynchronous context of now. */
  Callback callback(Object function);

  /**
   * The error object of an exception: Node's for {@link NodeException}, the thrown value for a
   * JavaScript exception.
   */
  Object toError(Throwable exception);

  /** An exception that throws {@code value} in JavaScript. */
  RuntimeException toException(Object value);

  /**
   * From now on {@code byte[]} results and {@link #newBuffer} have this prototype; the {@code
   * buffer} module calls it once.
   */
  void setBufferPrototype(Object prototype);
}
