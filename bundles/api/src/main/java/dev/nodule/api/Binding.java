package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/** The object that a module's JavaScript sees as {@code binding}, while it is being filled in. */
public interface Binding {
  /** Adds a function; {@code length} is its JavaScript {@code length}. */
  Binding function(String name, int length, NativeFunction function);

  /** Adds a value, converted as the result of a {@link NativeFunction} is. */
  Binding value(String name, @Nullable Object value);
}
