package dev.nodule.core.http2;

/** Frame types and flags (RFC 9113, section 6; RFC 7838; RFC 8336). */
final class FrameType {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int ALTSVC = 10;
  static final int ORIGIN = 12;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int WITH_PRIORITY = 0x20;

  static final int HEADER_BYTES = 9;

  private FrameType() {}
}
