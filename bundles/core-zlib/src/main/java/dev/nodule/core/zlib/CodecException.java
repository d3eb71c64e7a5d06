package dev.nodule.core.zlib;

import java.util.Map;

/** What a codec says about bad data: errno, code and message as in Node.js. */
final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final Map<Integer, String> ZLIB_CODES =
      Map.of(2, "Z_NEED_DICT", -2, "Z_STREAM_ERROR", -3, "Z_DATA_ERROR", -5, "Z_BUF_ERROR");

  private final int errno;
  private final String code;

  CodecException(int errno, String code, String message) {
    super(message, null, false, false);
    this.errno = errno;
    this.code = code;
  }

  static CodecException needDictionary(String message) {
    return zlib(2, message);
  }

  static CodecException streamError(String message) {
    return zlib(-2, message);
  }

  static CodecException dataError(String message) {
    return zlib(-3, message);
  }

  static CodecException unexpectedEnd() {
    return zlib(-5, "unexpected end of file");
  }

  private static CodecException zlib(int errno, String message) {
    return new CodecException(errno, ZLIB_CODES.getOrDefault(errno, "Z_ERRNO"), message);
  }

  int errno() {
    return errno;
  }

  String code() {
    return code;
  }

  String text() {
    String message = getMessage();
    return message == null ? "Zlib error" : message;
  }
}
