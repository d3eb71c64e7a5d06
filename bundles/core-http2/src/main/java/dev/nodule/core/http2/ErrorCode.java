package dev.nodule.core.http2;

/** Error codes on the wire (RFC 9113, section 7), and nghttp2's own, which are negative. */
final class ErrorCode {
  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int INTERNAL_ERROR = 2;
  static final int FLOW_CONTROL_ERROR = 3;
  static final int STREAM_CLOSED = 5;
  static final int FRAME_SIZE_ERROR = 6;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int COMPRESSION_ERROR = 9;
  static final int ENHANCE_YOUR_CALM = 11;

  static final int ERR_PROTO = -505;
  static final int ERR_STREAM_ID_NOT_AVAILABLE = -509;
  static final int ERR_STREAM_CLOSED = -510;
  static final int ERR_INVALID_ARGUMENT = -501;
  static final int ERR_FRAME_SIZE = -522;
  static final int ERR_HEADER_COMP = -523;
  static final int ERR_FLOW_CONTROL = -524;
  static final int ERR_BAD_CLIENT_MAGIC = -903;
  static final int ERR_FLOODED = -904;
  static final int ERR_TOO_MANY_SETTINGS = -905;
  static final int ERR_TOO_MANY_CONTINUATIONS = -536;

  private ErrorCode() {}
}
