package dev.nodule.core.http2;

import java.util.TreeMap;

/** The settings of one side (RFC 9113, section 6.5.2), as unsigned 32-bit numbers. */
final class Settings {
  static final int HEADER_TABLE_SIZE = 1;
  static final int ENABLE_PUSH = 2;
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int INITIAL_WINDOW_SIZE = 4;
  static final int MAX_FRAME_SIZE = 5;
  static final int MAX_HEADER_LIST_SIZE = 6;
  static final int ENABLE_CONNECT_PROTOCOL = 8;

  static final long UNLIMITED = 0xffffffffL;
  static final int DEFAULT_WINDOW = 65535;
  static final int MIN_MAX_FRAME_SIZE = 16384;
  static final int MAX_MAX_FRAME_SIZE = 16777215;

  long headerTableSize = 4096;
  long enablePush = 1;
  long maxConcurrentStreams = UNLIMITED;
  long initialWindowSize = DEFAULT_WINDOW;
  long maxFrameSize = MIN_MAX_FRAME_SIZE;
  long maxHeaderListSize = UNLIMITED;
  long enableConnectProtocol;

  /** Those that this version gives no meaning to. */
  final TreeMap<Integer, Long> custom = new TreeMap<>();

  void set(int id, long value) {
    switch (id) {
      case HEADER_TABLE_SIZE -> headerTableSize = value;
      case ENABLE_PUSH -> enablePush = value;
      case MAX_CONCURRENT_STREAMS -> maxConcurrentStreams = value;
      case INITIAL_WINDOW_SIZE -> initialWindowSize = value;
      case MAX_FRAME_SIZE -> maxFrameSize = value;
      case MAX_HEADER_LIST_SIZE -> maxHeaderListSize = value;
      case ENABLE_CONNECT_PROTOCOL -> enableConnectProtocol = value;
      default -> custom.put(id, value);
    }
  }

  /** The error of a value that the peer may not send; {@link ErrorCode#NO_ERROR} if it may. */
  static int check(int id, long value) {
    return switch (id) {
      case ENABLE_PUSH, ENABLE_CONNECT_PROTOCOL ->
          value > 1 ? ErrorCode.PROTOCOL_ERROR : ErrorCode.NO_ERROR;
      case INITIAL_WINDOW_SIZE ->
          value > Integer.MAX_VALUE ? ErrorCode.FLOW_CONTROL_ERROR : ErrorCode.NO_ERROR;
      case MAX_FRAME_SIZE ->
          value < MIN_MAX_FRAME_SIZE || value > MAX_MAX_FRAME_SIZE
              ? ErrorCode.PROTOCOL_ERROR
              : ErrorCode.NO_ERROR;
      default -> ErrorCode.NO_ERROR;
    };
  }

  /** In the order of their numbers, then pairs of the others. */
  Object[] toArray() {
    Object[] values = new Object[7 + 2 * custom.size()];
    values[0] = headerTableSize;
    values[1] = enablePush;
    values[2] = maxConcurrentStreams;
    values[3] = initialWindowSize;
    values[4] = maxFrameSize;
    values[5] = maxHeaderListSize;
    values[6] = enableConnectProtocol;
    int i = 7;
    for (var entry : custom.entrySet()) {
      values[i++] = entry.getKey();
      values[i++] = entry.getValue();
    }
    return values;
  }
}
