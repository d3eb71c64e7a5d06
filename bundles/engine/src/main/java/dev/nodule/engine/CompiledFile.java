package dev.nodule.engine;

import java.util.function.Supplier;

/**
 * A file of core JavaScript, parsed once. A revision whose file has the same text runs the same
 * code with state of its own, and what the compiler made of it stays.
 */
public final class CompiledFile {
  private final String source;
  private final Supplier<Object> functions;

  CompiledFile(String source, Supplier<Object> functions) {
    this.source = source;
    this.functions = functions;
  }

  /** Whether this is the code of {@code text}. */
  public boolean is(String text) {
    return source.equals(text);
  }

  /** The function of the file, with no state yet; on the realm's thread. */
  public Object newFunction() {
    return functions.get();
  }
}
