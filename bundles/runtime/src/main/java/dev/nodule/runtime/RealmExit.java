package dev.nodule.runtime;

/**
 * Unwinds the JavaScript of a realm whose process lives on: no {@code catch} and no {@code finally}
 * of JavaScript sees it, as it is an error of Java.
 */
public final class RealmExit extends Error {
  private static final long serialVersionUID = 1L;

  private final int code;

  public RealmExit(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
