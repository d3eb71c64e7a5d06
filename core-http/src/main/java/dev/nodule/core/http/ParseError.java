package dev.nodule.core.http;

/**
 * What may be wrong with a message: the {@code code} and {@code reason} of the error that
 * JavaScript sees.
 */
enum ParseError {
  INVALID_METHOD("HPE_INVALID_METHOD", "Invalid method encountered"),
  SPACE_AFTER_METHOD("HPE_INVALID_METHOD", "Expected space after method"),
  INVALID_URL("HPE_INVALID_URL", "Invalid characters in url"),
  URL_START("HPE_INVALID_URL", "Unexpected start char in url"),
  URL_SCHEME("HPE_INVALID_URL", "Unexpected char in url schema"),
  URL_AUTHORITY("HPE_INVALID_URL", "Unexpected char in url server"),
  URL_DOUBLE_AT("HPE_INVALID_URL", "Double @ in url"),
  URL_PATH("HPE_INVALID_URL", "Invalid char in url path"),
  URL_QUERY("HPE_INVALID_URL", "Invalid char in url query"),
  URL_FRAGMENT("HPE_INVALID_URL", "Invalid char in url fragment start"),
  URL_CRLF("HPE_INVALID_URL", "Expected CRLF"),
  PROTOCOL("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/"),
  METHOD_FOR_HTTP("HPE_INVALID_CONSTANT", "Invalid method for HTTP/x.x request"),
  METHOD_FOR_RTSP("HPE_INVALID_CONSTANT", "Invalid method for RTSP/x.x request"),
  METHOD_FOR_ICE("HPE_INVALID_CONSTANT", "Expected SOURCE method for ICE/x.x request"),
  MAJOR_VERSION("HPE_INVALID_VERSION", "Invalid major version"),
  VERSION_DOT("HPE_INVALID_VERSION", "Expected dot"),
  MINOR_VERSION("HPE_INVALID_VERSION", "Invalid minor version"),
  VERSION("HPE_INVALID_VERSION", "Invalid HTTP version"),
  CRLF_AFTER_VERSION("HPE_INVALID_VERSION", "Expected CRLF after version"),
  LF_AFTER_VERSION("HPE_STRICT", "Expected CRLF after version"),
  SPACE_AFTER_VERSION("HPE_INVALID_VERSION", "Expected space after version"),
  HTTP2_PREFACE("HPE_INVALID_VERSION", "Expected HTTP/2 Connection Preface"),
  HTTP2_UPGRADE("HPE_PAUSED_H2_UPGRADE", "Pause on PRI/Upgrade"),
  STATUS_CODE("HPE_INVALID_STATUS", "Invalid status code"),
  RESPONSE_STATUS("HPE_INVALID_STATUS", "Invalid response status"),
  CR_AFTER_RESPONSE_LINE("HPE_CR_EXPECTED", "Missing expected CR after response line"),
  LF_AFTER_CR("HPE_STRICT", "Expected LF after CR"),
  SPACE_AFTER_START_LINE("HPE_UNEXPECTED_SPACE", "Unexpected space after start line"),
  FIELD_NAME_CHAR("HPE_INVALID_HEADER_TOKEN", "Invalid header field char"),
  FIELD_NAME_TOKEN("HPE_INVALID_HEADER_TOKEN", "Invalid header token"),
  FIELD_VALUE_CHAR("HPE_INVALID_HEADER_TOKEN", "Invalid header value char"),
  FIELD_FOLDED("HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value"),
  CR_AFTER_VALUE("HPE_CR_EXPECTED", "Missing expected CR after header value"),
  LF_AFTER_VALUE("HPE_LF_EXPECTED", "Missing expected LF after header value"),
  LF_AFTER_HEADERS("HPE_STRICT", "Expected LF after headers"),
  LENGTH_BESIDE_ENCODING(
      "HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding"),
  ENCODING_BESIDE_LENGTH(
      "HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length"),
  LENGTH_EMPTY("HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length"),
  LENGTH_CHAR("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"),
  LENGTH_OVERFLOW("HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow"),
  LENGTH_DUPLICATE("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length"),
  ENCODING_VALUE("HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value"),
  ENCODING_OF_REQUEST("HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`"),
  HEADER_OVERFLOW("HPE_HEADER_OVERFLOW", "Header overflow"),
  CHUNK_SIZE_CHAR("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size"),
  CHUNK_SIZE_OVERFLOW("HPE_INVALID_CHUNK_SIZE", "Chunk size overflow"),
  CR_AFTER_CHUNK_SIZE("HPE_CR_EXPECTED", "Missing expected CR after chunk size"),
  LF_AFTER_CHUNK_SIZE("HPE_STRICT", "Expected LF after chunk size"),
  EXTENSION_CHAR("HPE_STRICT", "Invalid character in chunk extensions"),
  EXTENSION_NAME_CHAR("HPE_STRICT", "Invalid character in chunk extensions name"),
  EXTENSION_VALUE_CHAR("HPE_STRICT", "Invalid character in chunk extensions value"),
  EXTENSION_QUOTED_CHAR("HPE_STRICT", "Invalid character in chunk extensions quoted value"),
  EXTENSION_QUOTED_PAIR("HPE_STRICT", "Invalid quoted-pair in chunk extensions quoted value"),
  EXTENSION_AFTER_QUOTE("HPE_STRICT", "Invalid character in chunk extensions quote value"),
  CR_AFTER_EXTENSION_NAME("HPE_CR_EXPECTED", "Missing expected CR after chunk extension name"),
  CR_AFTER_EXTENSION_VALUE("HPE_CR_EXPECTED", "Missing expected CR after chunk extension value"),
  EXTENSIONS_OVERFLOW("HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow"),
  CR_AFTER_CHUNK_DATA("HPE_CR_EXPECTED", "Missing expected CR after chunk data"),
  LF_AFTER_CHUNK_DATA("HPE_STRICT", "Expected LF after chunk data"),
  CLOSED_CONNECTION("HPE_CLOSED_CONNECTION", "Data after `Connection: close`"),
  END_OF_INPUT("HPE_INVALID_EOF_STATE", "Invalid EOF state"),
  PAUSED("HPE_PAUSED", "Paused");

  private final String code;
  private final String reason;

  ParseError(String code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  String code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
