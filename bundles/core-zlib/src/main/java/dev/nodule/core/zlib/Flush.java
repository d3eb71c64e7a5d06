package dev.nodule.core.zlib;

/** zlib's flush values. */
final class Flush {
  static final int NO_FLUSH = 0;
  static final int PARTIAL_FLUSH = 1;
  static final int SYNC_FLUSH = 2;
  static final int FULL_FLUSH = 3;
  static final int FINISH = 4;
  static final int BLOCK = 5;

  private Flush() {}
}
