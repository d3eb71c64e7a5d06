package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/** A function written in Java that JavaScript calls, on its own thread. */
@FunctionalInterface
public interface NativeFunction {
  /**
   * Runs the function. The result becomes a JavaScript value: Java's {@code null} is {@code
   * undefined} (the value {@code null} is {@link JavaScript#nullValue()}); strings, booleans and
   * numbers are themselves, a {@code long} a number, a {@code BigInteger} a BigInt; {@code byte[]}
   * becomes a {@code Buffer} over the same bytes; {@code Object[]} and {@code List} become arrays,
   * {@code Map} an object; a value that came from JavaScript passes unchanged.
   *
   * @throws NodeException becomes Node's error; any other exception is a defect and becomes an
   *     internal error
   */
  @Nullable Object call(Arguments arguments);
}
