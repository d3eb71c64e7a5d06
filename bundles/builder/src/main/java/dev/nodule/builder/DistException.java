package dev.nodule.builder;

/** An image that cannot be made; the message says why and what helps. */
public final class DistException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean usage;

  private DistException(String message, boolean usage) {
    super(message, null, false, false);
    this.usage = usage;
  }

  /** What went wrong with files, tools or the application. */
  public DistException(String message) {
    this(message, false);
  }

  /** A command line that cannot be understood. */
  public static DistException usage(String message) {
    return new DistException(message, true);
  }

  boolean isUsage() {
    return usage;
  }
}
