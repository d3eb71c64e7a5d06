package dev.nodule.runtime;

/**
 * A command line that Node.js ends with exit code 9; the message is what follows {@code nodule: }.
 */
public final class BadOptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadOptionException(String message) {
    super(message, null, false, false);
  }
}
