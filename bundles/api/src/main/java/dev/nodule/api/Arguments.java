package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call of a {@link NativeFunction}; valid during that call alone. Bindings are
 * called by the module's own JavaScript, which has checked what users gave: the typed accessors
 * convert, they do not validate. A missing argument reads as {@code undefined}.
 */
public interface Arguments {
  int length();

  /** The {@code this} of the call. */
  Object receiver();

  /** The value as the engine has it; may be kept. */
  Object value(int index);

  /** Whether the argument is missing, {@code undefined} or {@code null}. */
  boolean isNullish(int index);

  boolean isString(int index);

  boolean isFunction(int index);

  /** Whether {@link #bytes} serves: a typed array, DataView, ArrayBuffer or SharedArrayBuffer. */
  boolean isBytes(int index);

  String string(int index);

  /** The string, or null for {@code undefined} and {@code null}. */
  default @Nullable String stringOrNull(int index) {
    return isNullish(index) ? null : string(index);
  }

  boolean bool(int index);

  /** As {@code value | 0}. */
  int int32(int index);

  /** A number or BigInt, truncated; NaN and {@code undefined} are 0. */
  long int64(int index);

  double number(int index);

  /** The memory behind a view or buffer, without a copy. */
  Bytes bytes(int index);

  /**
   * A function argument to be called later or often. It remembers the asynchronous context of now
   * and enters it in {@link Callback#invoke}.
   */
  Callback callback(int index);

  /** {@link #callback}, or null if the argument is no function. */
  default @Nullable Callback callbackOrNull(int index) {
    return isFunction(index) ? callback(index) : null;
  }
}
