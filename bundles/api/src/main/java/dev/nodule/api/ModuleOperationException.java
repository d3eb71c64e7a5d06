package dev.nodule.api;

/** Why an operation on a module was refused; nothing has changed. */
public final class ModuleOperationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reasons, as programs tell them apart. */
  public enum Reason {
    /** There is no module of that name. */
    UNKNOWN_MODULE,
    /** The file cannot be read, or is no OSGi bundle with a core module. */
    NOT_A_MODULE,
    /** The file cannot be read, or is no update, or was changed after it was signed. */
    NOT_AN_UPDATE,
    /** The update is for other versions of the modules than this process has. */
    WRONG_BASE,
    /** It cannot be written down for the next start. */
    NOT_KEPT,
    /** Older than what is there, and that was not allowed. */
    TOO_OLD,
    /** A signature is demanded. */
    UNSIGNED,
    /**
     * The framework cannot resolve the bundle: another version of the API, a module that is
     * missing.
     */
    UNRESOLVED,
    /** Its classes or its JavaScript fail. */
    BROKEN,
    /** Its own check says no. */
    SELF_CHECK,
    /** There is no revision to go back to. */
    NOTHING_BEFORE,
    /** It is in that state already. */
    NO_CHANGE,
    /** A JavaScript thread reached no safe point in time, or another operation took too long. */
    TIMEOUT,
    /** The process is ending. */
    ENDING
  }

  private final Reason reason;

  public ModuleOperationException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
