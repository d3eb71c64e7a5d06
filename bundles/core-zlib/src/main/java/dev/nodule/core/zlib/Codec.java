package dev.nodule.core.zlib;

/** A compressor or decompressor. Used by one thread at a time. */
interface Codec {
  /**
   * Takes input and gives output until one of them is used up, as zlib's own functions do.
   *
   * @param flush the flush value of the codec's family, as JavaScript has it
   * @throws CodecException the step got as far as it says
   */
  void process(Step step, int flush) throws CodecException;

  /** Begins anew with the same settings. */
  void reset() throws CodecException;

  /** Changes level and strategy from here on, where the codec has them. */
  default void params(int level, int strategy) {}

  /** Frees what is held outside the heap; the codec is not used after it. */
  void close();
}
