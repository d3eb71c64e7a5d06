package dev.nodule.runtime;

/** A revision failed while it was evaluated or checked; the message is for operators. */
public final class RevisionException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean selfCheck;

  RevisionException(String message, boolean selfCheck) {
    super(message);
    this.selfCheck = selfCheck;
  }

  /** Whether its own check said no. */
  public boolean isSelfCheck() {
    return selfCheck;
  }
}
