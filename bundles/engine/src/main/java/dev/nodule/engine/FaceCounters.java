package dev.nodule.engine;

/**
 * How often the functions of a face were called and threw. Written by the JavaScript thread without
 * any order; readers on other threads see values that are a little old.
 */
public final class FaceCounters {
  long calls;
  long errors;

  public long calls() {
    return calls;
  }

  public long errors() {
    return errors;
  }
}
