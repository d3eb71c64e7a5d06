package dev.nodule.core.http;

/**
 * What a parser lets pass that RFC 9112 forbids; the numbers are those of JavaScript's {@code
 * HTTPParser.kLenient...}.
 */
final class Leniency {
  /** Any octet in values of fields, line folding, white space before the colon. */
  static final int HEADERS = 1;

  /** Content-Length beside Transfer-Encoding. */
  static final int CHUNKED_LENGTH = 1 << 1;

  /** Another message after {@code Connection: close}. */
  static final int KEEP_ALIVE = 1 << 2;

  /** A transfer coding after {@code chunked}. */
  static final int TRANSFER_ENCODING = 1 << 3;

  /** Any version of the protocol. */
  static final int VERSION = 1 << 4;

  /** Octets after the last message are dropped. */
  static final int DATA_AFTER_CLOSE = 1 << 5;

  static final int OPTIONAL_LF_AFTER_CR = 1 << 6;
  static final int OPTIONAL_CRLF_AFTER_CHUNK = 1 << 7;
  static final int OPTIONAL_CR_BEFORE_LF = 1 << 8;
  static final int SPACES_AFTER_CHUNK_SIZE = 1 << 9;

  /** Control characters in values of fields, but no NUL, CR and LF. */
  static final int RELAXED_VALUE = 1 << 10;

  private Leniency() {}
}
