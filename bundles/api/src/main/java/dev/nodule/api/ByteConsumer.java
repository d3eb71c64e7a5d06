package dev.nodule.api;

/**
 * Takes what a {@link StreamHandle} reads in JavaScript's place, as a protocol parser written in
 * Java does. All methods run on the loop's thread, outside any JavaScript call.
 */
public interface ByteConsumer {
  /**
   * Bytes were read. They are valid during the call only: the array is used again for the next read
   * of any stream.
   */
  void data(byte[] bytes, int offset, int length);

  /** The peer ended its side; nothing follows. */
  void end();

  /** Reading failed; nothing follows. */
  void failed(Errno error);
}
