package dev.nodule.npm;

/** A failure that the user reads: npm's code and a message; never shown with a Java stack trace. */
public class NpmException extends RuntimeException {
  private final String code;

  public NpmException(String code, String message) {
    super(message);
    this.code = code;
  }

  public NpmException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
