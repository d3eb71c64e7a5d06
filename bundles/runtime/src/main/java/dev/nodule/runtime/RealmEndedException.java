package dev.nodule.runtime;

/** A realm that was asked for something at a safe point has ended before it. */
public final class RealmEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RealmEndedException() {
    super("the realm has ended", null, false, false);
  }
}
