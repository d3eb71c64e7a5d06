package dev.nodule.engine;

/** Exceptions that end JavaScript from outside (a closed context) and are no JavaScript errors. */
final class EngineInterrupt {
  private EngineInterrupt() {}

  static boolean isInterrupt(RuntimeException exception) {
    return exception
        .getClass()
        .getName()
        .startsWith("com.oracle.truffle.polyglot.PolyglotEngineImpl$");
  }
}
