package dev.nodule.core.http;

/**
 * What a {@link MessageParser} reports, in the order of the octets. A handler that throws ends the
 * parser.
 */
interface MessageHandler {
  /** What becomes of a message after its head. */
  enum Verdict {
    /** The body is where the head says it is. */
    CONTINUE,
    /** There is no body, whatever the head says: the response to a HEAD request. */
    NO_BODY,
    /** What follows is another protocol. */
    UPGRADE
  }

  void onMessageBegin();

  /**
   * The head is whole; if {@link MessageParser#messageEndsWithHead}, {@link #onMessageComplete} is
   * not called for this message.
   */
  Verdict onHead();

  void onBody(byte[] data, int from, int to);

  /** Body and trailers are whole; the trailers are in {@link MessageParser#fieldBlock}. */
  void onMessageComplete();
}
