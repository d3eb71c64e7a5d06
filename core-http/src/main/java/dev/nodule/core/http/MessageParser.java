package dev.nodule.core.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An incremental parser of HTTP/1 messages: octets in, in pieces of any size; heads, bodies and
 * trailers out.
 *
 * <p>The states are named after the rules of RFC 9112: {@code HTTP-message = start-line CRLF *(
 * field-line CRLF ) CRLF [ message-body ]}. What smuggling lives on is an error unless {@link
 * Leniency} lets it pass: both kinds of message length (section 6.3), a repeated Content-Length,
 * folded lines (section 5.2), white space before a colon (section 5.1), bare CR and LF (section
 * 2.2), transfer codings after {@code chunked} (section 6.1). Strictness, codes and reasons are
 * those of the parser that Node.js uses.
 */
final class MessageParser {
  enum Kind {
    REQUEST,
    RESPONSE
  }

  private enum State {
    /** Before a message; empty lines are skipped (section 2.2). */
    START,
    METHOD,
    SP_BEFORE_TARGET,
    MORE_SP_BEFORE_TARGET,
    REQUEST_TARGET,
    LF_AFTER_SIMPLE_REQUEST,
    SP_BEFORE_PROTOCOL,
    PROTOCOL,
    SLASH_AFTER_PROTOCOL,
    MAJOR_VERSION,
    VERSION_DOT,
    MINOR_VERSION,
    CR_AFTER_VERSION,
    LF_AFTER_VERSION,
    HTTP2_PREFACE,
    SP_BEFORE_STATUS,
    STATUS_CODE,
    SP_BEFORE_REASON,
    REASON_PHRASE,
    LF_AFTER_STATUS_LINE,
    /** Right after the start-line. */
    FIRST_FIELD_LINE,
    FIELD_LINE,
    FIELD_NAME,
    SP_BEFORE_COLON,
    OWS_BEFORE_VALUE,
    LF_OF_EMPTY_VALUE,
    FOLD_OF_EMPTY_VALUE,
    FIELD_VALUE,
    LF_AFTER_VALUE,
    /** A further line of the same value (obs-fold), or the end of the field-line. */
    OBS_FOLD,
    LF_AFTER_FIELDS,
    CHUNK_SIZE_FIRST,
    CHUNK_SIZE,
    CHUNK_SIZE_END,
    CHUNK_EXT_START,
    CHUNK_EXT_NAME,
    CHUNK_EXT_VALUE,
    CHUNK_EXT_QUOTED,
    CHUNK_EXT_QUOTED_PAIR,
    CHUNK_EXT_QUOTED_END,
    LF_AFTER_CHUNK_SIZE,
    CHUNK_DATA,
    CR_AFTER_CHUNK_DATA,
    LF_AFTER_CHUNK_DATA,
    BODY_OF_LENGTH,
    BODY_UNTIL_CLOSE,
    /** The last message of the connection has ended. */
    CLOSED,
    /** What follows is another protocol. */
    UPGRADED
  }

  /** How a field takes part in the framing of the message. */
  private enum Field {
    OTHER,
    CONNECTION,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    UPGRADE,
    HOST,
    EXPECT
  }

  /** What the end of the input would mean. */
  private enum AtEnd {
    SAFE,
    COMPLETES_MESSAGE,
    TRUNCATES_MESSAGE
  }

  private static final byte[] PREFACE_REST =
      "\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final String[] PROTOCOLS = {"HTTP", "RTSP", "ICE"};
  private static final int MAX_EXTENSIONS_SIZE = 16 * 1024;

  /** Separates names and values in {@link #fieldBlock}: no octet of either. */
  private static final byte SEPARATOR = '\n';

  private final MessageHandler handler;
  private final Kind kind;
  private final int leniency;
  private final int maxHeaderSize;

  private State state = State.START;
  private RequestTarget target = RequestTarget.START;
  private AtEnd atEnd = AtEnd.SAFE;
  private @Nullable ParseError error;
  private int errorPosition;
  private boolean halted;

  /** A handler wants to be told no more for now. */
  private boolean suspended;

  /** The body was told to its last octet, and then the parser was suspended. */
  private boolean endPending;

  private boolean inTrailers;

  private int node;
  private int method;
  private int protocol;
  private int matched;
  private int major;
  private int minor;
  private int statusCode;
  private int statusDigits;

  private boolean connectionClose;
  private boolean connectionKeepAlive;
  private boolean connectionUpgrade;
  private boolean hasUpgrade;
  private boolean hasContentLength;
  private boolean hasTransferEncoding;
  private boolean chunked;
  private boolean hasHost;
  private boolean hasExpect;
  private boolean noBody;
  private boolean upgrade;
  private boolean endsWithHead;

  /** 0 is no limit. */
  private int maxFields;

  private int fields;

  /** Of the message or the current chunk; unsigned. */
  private long remaining;

  /** Octets of names, values and start-line parts so far, against {@link #maxHeaderSize}. */
  private int headerSize;

  private int extensionsSize;

  /** The target or reason phrase, then names and values, each followed by {@link #SEPARATOR}. */
  private byte[] head = new byte[512];

  private int headLength;
  private int textLength;
  private int valueStart;
  private Field field = Field.OTHER;

  MessageParser(Kind kind, int maxHeaderSize, int leniency, MessageHandler handler) {
    this.kind = kind;
    this.maxHeaderSize = maxHeaderSize;
    this.leniency = leniency;
    this.handler = handler;
  }

  /** A head with more fields is refused. */
  void limitFields(int max) {
    maxFields = max;
  }

  // The head, valid in onHead; fieldBlock in onMessageComplete too

  /** The number of the method, or the status code. */
  int code() {
    return kind == Kind.REQUEST ? method : statusCode;
  }

  int major() {
    return major;
  }

  int minor() {
    return minor;
  }

  boolean upgrade() {
    return upgrade;
  }

  boolean hasHost() {
    return hasHost;
  }

  boolean hasExpect() {
    return hasExpect;
  }

  boolean messageEndsWithHead() {
    return endsWithHead;
  }

  /** The request-target or the reason phrase. */
  String startLineText() {
    return new String(head, 0, textLength, StandardCharsets.ISO_8859_1);
  }

  /**
   * Names and values in turn, with a line feed after each but the last; empty if there are no
   * fields.
   */
  String fieldBlock() {
    int length = headLength - textLength;
    return length == 0 ? "" : new String(head, textLength, length - 1, StandardCharsets.ISO_8859_1);
  }

  /** Whether the connection goes on after this message (section 9.3). */
  boolean shouldKeepAlive() {
    boolean persistent = major > 0 && minor > 0 ? !connectionClose : connectionKeepAlive;
    return persistent && !needsClose();
  }

  @Nullable ParseError error() {
    return error;
  }

  /** Where {@link #error} is, counted from the start of the last piece. */
  int errorPosition() {
    return errorPosition;
  }

  /** Whether nothing of a message has been read since the last one ended. */
  boolean isBetweenMessages() {
    return state == State.START;
  }

  boolean isUpgraded() {
    return state == State.UPGRADED;
  }

  /** Ends the parser: {@link #execute}, also one under way, reports nothing further. */
  void halt() {
    halted = true;
  }

  /**
   * From a handler: {@link #execute} returns at once, with the octets that it used so far. The next
   * one goes on from there.
   */
  void suspend() {
    suspended = true;
  }

  /**
   * Reads a piece of input.
   *
   * @return how many octets were used: all, or fewer after an error or an upgrade
   */
  int execute(byte[] data, int from, int to) {
    if (error != null || halted) {
      return 0;
    }
    boolean done = false;
    suspended = false;
    try {
      boolean goesOn = true;
      if (endPending) {
        endPending = false;
        goesOn = endMessage() && !suspended;
      }
      int end = goesOn ? run(data, from, to) : from;
      done = true;
      return end - from;
    } finally {
      if (!done) {
        halted = true;
      }
    }
  }

  /** The input has ended. */
  void finish() {
    if (error != null || halted) {
      return;
    }
    switch (atEnd) {
      case SAFE -> {}
      case COMPLETES_MESSAGE -> {
        atEnd = AtEnd.SAFE;
        clearFields();
        handler.onMessageComplete();
      }
      case TRUNCATES_MESSAGE -> error = ParseError.END_OF_INPUT;
    }
  }

  private int run(byte[] data, int from, int to) {
    int p = from;
    // Start of the part of a target, name or value that lies in this piece
    int span = from;
    while (p < to) {
      int c = data[p] & 0xff;
      switch (state) {
        case START -> {
          if (c == '\r' || c == '\n') {
            p++;
          } else {
            begin();
            handler.onMessageBegin();
            if (halted) {
              return to;
            }
          }
        }
        case METHOD -> {
          int next = Method.step(node, c);
          if (next != Method.DEAD) {
            node = next;
            p++;
          } else if (Method.at(node) < 0) {
            return fail(ParseError.INVALID_METHOD, from, p);
          } else {
            method = Method.at(node);
            state = State.SP_BEFORE_TARGET;
          }
        }
        case SP_BEFORE_TARGET -> {
          if (c != ' ') {
            return fail(ParseError.SPACE_AFTER_METHOD, from, p);
          }
          p++;
          state = State.MORE_SP_BEFORE_TARGET;
        }
        case MORE_SP_BEFORE_TARGET -> {
          if (c == ' ') {
            p++;
          } else {
            target = method == Method.CONNECT ? RequestTarget.AUTHORITY : RequestTarget.START;
            state = State.REQUEST_TARGET;
            span = p;
          }
        }
        case REQUEST_TARGET -> {
          if (target == RequestTarget.PATH) {
            while (p < to && CharClass.TARGET[data[p] & 0xff]) {
              p++;
            }
            if (p == to) {
              break;
            }
            c = data[p] & 0xff;
          }
          if ((c == ' ' || c == '\r' || c == '\n') && target.complete()) {
            p++;
            if (!append(data, span, p - 1)) {
              return fail(ParseError.HEADER_OVERFLOW, from, p);
            }
            textLength = headLength;
            if (c == ' ') {
              state = State.SP_BEFORE_PROTOCOL;
            } else if (c == '\r') {
              state = State.LF_AFTER_SIMPLE_REQUEST;
            } else {
              simpleRequest();
            }
          } else {
            RequestTarget next = target.next(c);
            if (next == null) {
              ParseError wrong = target.error(c);
              boolean used = wrong == ParseError.INVALID_URL || wrong == ParseError.URL_DOUBLE_AT;
              return fail(wrong, from, used ? p + 1 : p);
            }
            target = next;
            p++;
          }
        }
        case LF_AFTER_SIMPLE_REQUEST -> {
          if (c != '\n') {
            return fail(ParseError.URL_CRLF, from, p);
          }
          p++;
          simpleRequest();
        }
        case SP_BEFORE_PROTOCOL -> {
          if (c == ' ') {
            p++;
          } else {
            beginProtocol();
          }
        }
        case PROTOCOL -> {
          if (matched == 0) {
            protocol = c == 'H' ? 0 : c == 'R' ? 1 : 2;
          }
          if (c != PROTOCOLS[protocol].charAt(matched)) {
            return fail(ParseError.PROTOCOL, from, p);
          }
          p++;
          if (++matched == PROTOCOLS[protocol].length()) {
            ParseError wrong = kind == Kind.REQUEST ? methodError() : null;
            if (wrong != null) {
              return fail(wrong, from, p);
            }
            state = State.SLASH_AFTER_PROTOCOL;
          }
        }
        case SLASH_AFTER_PROTOCOL -> {
          if (c != '/') {
            return fail(ParseError.PROTOCOL, from, p);
          }
          p++;
          state = State.MAJOR_VERSION;
        }
        case MAJOR_VERSION -> {
          if (!CharClass.isDigit(c)) {
            return fail(ParseError.MAJOR_VERSION, from, p);
          }
          major = c - '0';
          p++;
          state = State.VERSION_DOT;
        }
        case VERSION_DOT -> {
          if (c != '.') {
            return fail(ParseError.VERSION_DOT, from, p);
          }
          p++;
          state = State.MINOR_VERSION;
        }
        case MINOR_VERSION -> {
          if (!CharClass.isDigit(c)) {
            return fail(ParseError.MINOR_VERSION, from, p);
          }
          minor = c - '0';
          p++;
          if (!versionIsKnown() && !lenient(Leniency.VERSION)) {
            return fail(ParseError.VERSION, from, p);
          }
          matched = 0;
          state =
              kind == Kind.RESPONSE
                  ? State.SP_BEFORE_STATUS
                  : method == Method.PRI ? State.HTTP2_PREFACE : State.CR_AFTER_VERSION;
        }
        case CR_AFTER_VERSION -> {
          if (c != '\r' && !(c == '\n' && lenient(Leniency.OPTIONAL_CR_BEFORE_LF))) {
            return fail(ParseError.CRLF_AFTER_VERSION, from, c == '\n' ? p + 1 : p);
          }
          p++;
          state = State.LF_AFTER_VERSION;
        }
        case LF_AFTER_VERSION -> {
          if (c == '\n') {
            p++;
          } else if (!lenient(Leniency.OPTIONAL_LF_AFTER_CR)) {
            return fail(ParseError.LF_AFTER_VERSION, from, p);
          }
          state = State.FIRST_FIELD_LINE;
        }
        case HTTP2_PREFACE -> {
          if (c != PREFACE_REST[matched]) {
            return fail(ParseError.HTTP2_PREFACE, from, p);
          }
          p++;
          if (++matched == PREFACE_REST.length) {
            return fail(ParseError.HTTP2_UPGRADE, from, p);
          }
        }
        case SP_BEFORE_STATUS -> {
          if (c != ' ') {
            return fail(ParseError.SPACE_AFTER_VERSION, from, p);
          }
          p++;
          statusCode = 0;
          statusDigits = 0;
          state = State.STATUS_CODE;
        }
        case STATUS_CODE -> {
          if (!CharClass.isDigit(c)) {
            return fail(ParseError.STATUS_CODE, from, p);
          }
          statusCode = statusCode * 10 + c - '0';
          p++;
          if (++statusDigits == 3) {
            state = State.SP_BEFORE_REASON;
          }
        }
        case SP_BEFORE_REASON -> {
          switch (c) {
            case ' ' -> {
              p++;
              span = p;
              state = State.REASON_PHRASE;
            }
            case '\r' -> {
              p++;
              state = State.LF_AFTER_STATUS_LINE;
            }
            case '\n' -> {
              p++;
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.RESPONSE_STATUS, from, p);
              }
              state = State.FIRST_FIELD_LINE;
            }
            default -> {
              return fail(ParseError.RESPONSE_STATUS, from, p);
            }
          }
        }
        case REASON_PHRASE -> {
          while (p < to && data[p] != '\r' && data[p] != '\n') {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p++];
          if (!append(data, span, p - 1)) {
            return fail(ParseError.HEADER_OVERFLOW, from, p);
          }
          textLength = headLength;
          if (c == '\r') {
            state = State.LF_AFTER_STATUS_LINE;
          } else if (lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
            state = State.FIRST_FIELD_LINE;
          } else {
            return fail(ParseError.CR_AFTER_RESPONSE_LINE, from, p);
          }
        }
        case LF_AFTER_STATUS_LINE -> {
          if (c == '\n') {
            p++;
          } else if (!lenient(Leniency.OPTIONAL_LF_AFTER_CR)) {
            return fail(ParseError.LF_AFTER_CR, from, p);
          }
          state = State.FIRST_FIELD_LINE;
        }
        case FIRST_FIELD_LINE -> {
          if (c == ' ') {
            p++;
            if (!lenient(Leniency.HEADERS)) {
              return fail(ParseError.SPACE_AFTER_START_LINE, from, p);
            }
          }
          state = State.FIELD_LINE;
        }
        case FIELD_LINE -> {
          switch (c) {
            case '\r' -> {
              p++;
              state = State.LF_AFTER_FIELDS;
            }
            case '\n' -> {
              p++;
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.FIELD_NAME_CHAR, from, p);
              }
              if (!endFields(from, p) || suspended) {
                return p;
              }
            }
            case ':' -> {
              return fail(ParseError.FIELD_NAME_TOKEN, from, p);
            }
            default -> {
              span = p;
              valueStart = headLength;
              state = State.FIELD_NAME;
            }
          }
        }
        case FIELD_NAME -> {
          while (p < to && CharClass.TOKEN[data[p] & 0xff]) {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p] & 0xff;
          if (!append(data, span, p)) {
            return fail(ParseError.HEADER_OVERFLOW, from, c == ':' ? p + 1 : p);
          }
          span = p;
          field = fieldOf(valueStart, headLength - valueStart);
          boolean framing = field != Field.OTHER && field.compareTo(Field.HOST) < 0;
          if (c == ' ' && framing) {
            if (!lenient(Leniency.HEADERS)) {
              return fail(ParseError.FIELD_NAME_CHAR, from, p + 1);
            }
            state = State.SP_BEFORE_COLON;
          } else if (c != ':') {
            return fail(ParseError.FIELD_NAME_TOKEN, from, p);
          } else {
            p++;
            if (maxFields > 0 && ++fields > maxFields && !inTrailers) {
              return fail(ParseError.HEADER_OVERFLOW, from, p);
            }
            ParseError wrong = endFieldName();
            if (wrong != null) {
              return fail(wrong, from, p);
            }
          }
        }
        case SP_BEFORE_COLON -> {
          if (c == ' ') {
            p++;
          } else if (c != ':') {
            return fail(ParseError.FIELD_NAME_TOKEN, from, p);
          } else {
            if (!append(data, span, p)) {
              return fail(ParseError.HEADER_OVERFLOW, from, p);
            }
            p++;
            ParseError wrong = endFieldName();
            if (wrong != null) {
              return fail(wrong, from, p);
            }
          }
        }
        case OWS_BEFORE_VALUE -> {
          switch (c) {
            case ' ', '\t' -> p++;
            case '\r' -> {
              p++;
              state = State.LF_OF_EMPTY_VALUE;
            }
            case '\n' -> {
              p++;
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.FIELD_VALUE_CHAR, from, p);
              }
              state = State.FOLD_OF_EMPTY_VALUE;
            }
            default -> {
              span = p;
              ParseError wrong = beginFieldValue();
              if (wrong != null) {
                return fail(wrong, from, p);
              }
              state = State.FIELD_VALUE;
            }
          }
        }
        case LF_OF_EMPTY_VALUE -> {
          if (c == '\n') {
            p++;
          } else if (!lenient(Leniency.HEADERS)) {
            return fail(ParseError.LF_AFTER_CR, from, p);
          }
          state = State.FOLD_OF_EMPTY_VALUE;
        }
        case FOLD_OF_EMPTY_VALUE -> {
          if (c == ' ' || c == '\t') {
            p++;
            if (!lenient(Leniency.HEADERS)) {
              return fail(ParseError.FIELD_VALUE_CHAR, from, p);
            }
            state = State.OWS_BEFORE_VALUE;
          } else if (field == Field.CONTENT_LENGTH) {
            return fail(ParseError.LENGTH_EMPTY, from, p);
          } else {
            endFieldLine();
          }
        }
        case FIELD_VALUE -> {
          while (p < to && CharClass.FIELD_VALUE[data[p] & 0xff]) {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p] & 0xff;
          if (c != '\r' && c != '\n') {
            // In the lenient mode of whole values only CR and LF end one
            if (!lenient(Leniency.HEADERS)
                && !(lenient(Leniency.RELAXED_VALUE) && CharClass.RELAXED_FIELD_VALUE[c])) {
              return fail(ParseError.FIELD_VALUE_CHAR, from, p);
            }
            p++;
            break;
          }
          if (!append(data, span, p)) {
            return fail(ParseError.HEADER_OVERFLOW, from, c == '\r' ? p + 1 : p);
          }
          if (c == '\r') {
            p++;
          } else if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
            return fail(ParseError.CR_AFTER_VALUE, from, p);
          }
          state = State.LF_AFTER_VALUE;
        }
        case LF_AFTER_VALUE -> {
          if (c != '\n') {
            return fail(ParseError.LF_AFTER_VALUE, from, p);
          }
          p++;
          state = State.OBS_FOLD;
        }
        case OBS_FOLD -> {
          if (c == ' ' || c == '\t') {
            if (!lenient(Leniency.HEADERS)) {
              return fail(ParseError.FIELD_FOLDED, from, p);
            }
            span = p;
            state = State.FIELD_VALUE;
          } else {
            ParseError wrong = endFieldValue();
            if (wrong != null) {
              return fail(wrong, from, p);
            }
          }
        }
        case LF_AFTER_FIELDS -> {
          if (c == '\n') {
            p++;
          } else if (!lenient(Leniency.OPTIONAL_LF_AFTER_CR)) {
            return fail(ParseError.LF_AFTER_HEADERS, from, p);
          }
          if (!endFields(from, p) || suspended) {
            return p;
          }
        }
        case CHUNK_SIZE_FIRST -> {
          int digit = CharClass.hexValue(c);
          if (digit < 0) {
            return fail(ParseError.CHUNK_SIZE_CHAR, from, p);
          }
          remaining = digit;
          p++;
          state = State.CHUNK_SIZE;
        }
        case CHUNK_SIZE -> {
          int digit = CharClass.hexValue(c);
          if (digit < 0) {
            state = State.CHUNK_SIZE_END;
          } else {
            if (remaining >>> 60 != 0) {
              return fail(ParseError.CHUNK_SIZE_OVERFLOW, from, p + 1);
            }
            remaining = remaining << 4 | digit;
            p++;
          }
        }
        case CHUNK_SIZE_END -> {
          switch (c) {
            case ' ', '\t' -> {
              p++;
              if (!lenient(Leniency.SPACES_AFTER_CHUNK_SIZE)) {
                return fail(ParseError.CHUNK_SIZE_CHAR, from, p);
              }
            }
            case '\r' -> {
              p++;
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            case '\n' -> {
              p++;
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.CR_AFTER_CHUNK_SIZE, from, p);
              }
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            case ';' -> {
              p++;
              state = State.CHUNK_EXT_START;
            }
            default -> {
              return fail(ParseError.CHUNK_SIZE_CHAR, from, p);
            }
          }
        }
        case CHUNK_EXT_START -> {
          if (c == ' ' || c == '\r') {
            return fail(ParseError.EXTENSION_CHAR, from, p + 1);
          }
          span = p;
          state = State.CHUNK_EXT_NAME;
        }
        case CHUNK_EXT_NAME -> {
          while (p < to && CharClass.TOKEN[data[p] & 0xff]) {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p] & 0xff;
          if (!countExtension(p - span)) {
            return fail(ParseError.EXTENSIONS_OVERFLOW, from, p);
          }
          switch (c) {
            case '=' -> {
              p++;
              span = p;
              state = State.CHUNK_EXT_VALUE;
            }
            case ';' -> {
              p++;
              state = State.CHUNK_EXT_START;
            }
            case '\r' -> {
              p++;
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            case '\n' -> {
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.CR_AFTER_EXTENSION_NAME, from, p);
              }
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            default -> {
              return fail(ParseError.EXTENSION_NAME_CHAR, from, p + 1);
            }
          }
        }
        case CHUNK_EXT_VALUE -> {
          while (p < to && CharClass.TOKEN[data[p] & 0xff]) {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p] & 0xff;
          if (c == '"') {
            p++;
            state = State.CHUNK_EXT_QUOTED;
            break;
          }
          if (!countExtension(p - span)) {
            return fail(ParseError.EXTENSIONS_OVERFLOW, from, p);
          }
          switch (c) {
            case ';' -> {
              p++;
              state = State.CHUNK_EXT_START;
            }
            case '\r' -> {
              p++;
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            case '\n' -> {
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.CR_AFTER_EXTENSION_VALUE, from, p);
              }
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            default -> {
              return fail(ParseError.EXTENSION_VALUE_CHAR, from, p + 1);
            }
          }
        }
        case CHUNK_EXT_QUOTED -> {
          while (p < to && CharClass.QDTEXT[data[p] & 0xff]) {
            p++;
          }
          if (p == to) {
            break;
          }
          c = data[p] & 0xff;
          if (c == '\\') {
            p++;
            state = State.CHUNK_EXT_QUOTED_PAIR;
          } else if (c == '"') {
            p++;
            if (!countExtension(p - span)) {
              return fail(ParseError.EXTENSIONS_OVERFLOW, from, p);
            }
            state = State.CHUNK_EXT_QUOTED_END;
          } else {
            return fail(ParseError.EXTENSION_QUOTED_CHAR, from, p + 1);
          }
        }
        case CHUNK_EXT_QUOTED_PAIR -> {
          if (!CharClass.FIELD_VALUE[c]) {
            return fail(ParseError.EXTENSION_QUOTED_PAIR, from, p + 1);
          }
          p++;
          state = State.CHUNK_EXT_QUOTED;
        }
        case CHUNK_EXT_QUOTED_END -> {
          switch (c) {
            case ';' -> {
              p++;
              state = State.CHUNK_EXT_START;
            }
            case '\r' -> {
              p++;
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            case '\n' -> {
              if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
                return fail(ParseError.CR_AFTER_EXTENSION_VALUE, from, p);
              }
              state = State.LF_AFTER_CHUNK_SIZE;
            }
            default -> {
              return fail(ParseError.EXTENSION_AFTER_QUOTE, from, p);
            }
          }
        }
        case LF_AFTER_CHUNK_SIZE -> {
          if (c == '\n') {
            p++;
          } else if (!lenient(Leniency.OPTIONAL_LF_AFTER_CR)) {
            return fail(ParseError.LF_AFTER_CHUNK_SIZE, from, p);
          }
          headerSize = 0;
          extensionsSize = 0;
          if (remaining == 0) {
            inTrailers = true;
            state = State.FIELD_LINE;
          } else {
            state = State.CHUNK_DATA;
          }
        }
        case CHUNK_DATA, BODY_OF_LENGTH -> {
          int available = to - p;
          int length = Long.compareUnsigned(remaining, available) < 0 ? (int) remaining : available;
          remaining -= length;
          int start = p;
          p += length;
          boolean whole = remaining == 0;
          boolean ends = whole && state == State.BODY_OF_LENGTH;
          if (whole && !ends) {
            state = State.CR_AFTER_CHUNK_DATA;
          }
          handler.onBody(data, start, p);
          if (halted) {
            return to;
          }
          if (suspended) {
            endPending = ends;
            return p;
          }
          if (ends && (!endMessage() || suspended)) {
            return p;
          }
        }
        case CR_AFTER_CHUNK_DATA -> {
          if (c == '\r') {
            p++;
            state = State.LF_AFTER_CHUNK_DATA;
          } else if (c == '\n') {
            p++;
            if (!lenient(Leniency.OPTIONAL_CR_BEFORE_LF)) {
              return fail(ParseError.CR_AFTER_CHUNK_DATA, from, p);
            }
            state = State.CHUNK_SIZE_FIRST;
          } else if (lenient(Leniency.OPTIONAL_CRLF_AFTER_CHUNK)) {
            state = State.CHUNK_SIZE_FIRST;
          } else {
            return fail(ParseError.LF_AFTER_CHUNK_DATA, from, p);
          }
        }
        case LF_AFTER_CHUNK_DATA -> {
          if (c != '\n') {
            return fail(ParseError.LF_AFTER_CHUNK_DATA, from, p);
          }
          p++;
          state = State.CHUNK_SIZE_FIRST;
        }
        case BODY_UNTIL_CLOSE -> {
          handler.onBody(data, p, to);
          return to;
        }
        case CLOSED -> {
          p++;
          if (c != '\r' && c != '\n' && !lenient(Leniency.DATA_AFTER_CLOSE)) {
            return fail(ParseError.CLOSED_CONNECTION, from, p);
          }
        }
        case UPGRADED -> {
          return p;
        }
      }
    }
    return endPiece(data, span, from, to);
  }

  /** Keeps the part of a target, name or value that the next piece will go on with. */
  private int endPiece(byte[] data, int span, int from, int to) {
    switch (state) {
      case REQUEST_TARGET, REASON_PHRASE, FIELD_NAME, SP_BEFORE_COLON, FIELD_VALUE -> {
        if (!append(data, span, to)) {
          return fail(ParseError.HEADER_OVERFLOW, from, to);
        }
      }
      case CHUNK_EXT_NAME, CHUNK_EXT_VALUE, CHUNK_EXT_QUOTED, CHUNK_EXT_QUOTED_PAIR -> {
        if (!countExtension(to - span)) {
          return fail(ParseError.EXTENSIONS_OVERFLOW, from, to);
        }
      }
      default -> {}
    }
    return to;
  }

  private void begin() {
    atEnd = AtEnd.TRUNCATES_MESSAGE;
    node = 0;
    headLength = 0;
    textLength = 0;
    headerSize = 0;
    extensionsSize = 0;
    remaining = 0;
    inTrailers = false;
    fields = 0;
    connectionClose = false;
    connectionKeepAlive = false;
    connectionUpgrade = false;
    hasUpgrade = false;
    hasContentLength = false;
    hasTransferEncoding = false;
    chunked = false;
    hasHost = false;
    hasExpect = false;
    noBody = false;
    if (kind == Kind.REQUEST) {
      state = State.METHOD;
    } else {
      beginProtocol();
    }
  }

  private void beginProtocol() {
    matched = 0;
    state = State.PROTOCOL;
  }

  /** A request line without a version is one of HTTP/0.9. */
  private void simpleRequest() {
    major = 0;
    minor = 9;
    state = State.FIRST_FIELD_LINE;
  }

  private @Nullable ParseError methodError() {
    return switch (protocol) {
      case 0 -> Method.isHttp(method) ? null : ParseError.METHOD_FOR_HTTP;
      case 1 -> Method.isRtsp(method) ? null : ParseError.METHOD_FOR_RTSP;
      default -> method == Method.SOURCE ? null : ParseError.METHOD_FOR_ICE;
    };
  }

  private boolean versionIsKnown() {
    return switch (major) {
      case 0 -> minor == 9;
      case 1 -> minor <= 1;
      case 2 -> minor == 0;
      default -> false;
    };
  }

  // Fields

  private Field fieldOf(int start, int length) {
    return switch (length) {
      case 4 -> isWord(start, "host") ? Field.HOST : Field.OTHER;
      case 6 -> isWord(start, "expect") ? Field.EXPECT : Field.OTHER;
      case 7 -> isWord(start, "upgrade") ? Field.UPGRADE : Field.OTHER;
      case 10 -> isWord(start, "connection") ? Field.CONNECTION : Field.OTHER;
      case 14 -> isWord(start, "content-length") ? Field.CONTENT_LENGTH : Field.OTHER;
      case 16 -> isWord(start, "proxy-connection") ? Field.CONNECTION : Field.OTHER;
      case 17 -> isWord(start, "transfer-encoding") ? Field.TRANSFER_ENCODING : Field.OTHER;
      default -> Field.OTHER;
    };
  }

  /** Whether the head has the lower-case {@code word} at {@code start}, in any case. */
  private boolean isWord(int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      int c = head[start + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ParseError endFieldName() {
    push(SEPARATOR);
    valueStart = headLength;
    state = State.OWS_BEFORE_VALUE;
    if (!lenient(Leniency.CHUNKED_LENGTH)) {
      if (field == Field.TRANSFER_ENCODING && hasContentLength) {
        return ParseError.ENCODING_BESIDE_LENGTH;
      }
      if (field == Field.CONTENT_LENGTH && hasTransferEncoding) {
        return ParseError.LENGTH_BESIDE_ENCODING;
      }
    }
    return null;
  }

  private @Nullable ParseError beginFieldValue() {
    switch (field) {
      case TRANSFER_ENCODING -> {
        if (chunked && kind == Kind.REQUEST && !lenient(Leniency.TRANSFER_ENCODING)) {
          return ParseError.ENCODING_VALUE;
        }
        hasTransferEncoding = true;
        chunked = false;
      }
      case CONTENT_LENGTH -> {
        if (hasContentLength) {
          return ParseError.LENGTH_DUPLICATE;
        }
      }
      case UPGRADE -> hasUpgrade = true;
      default -> {}
    }
    return null;
  }

  private @Nullable ParseError endFieldValue() {
    ParseError wrong =
        switch (field) {
          case CONNECTION -> {
            readConnection();
            yield null;
          }
          case CONTENT_LENGTH -> readContentLength();
          case TRANSFER_ENCODING -> readTransferEncoding();
          default -> null;
        };
    if (wrong == null) {
      while (headLength > valueStart && isOws(head[headLength - 1])) {
        headLength--;
      }
      endFieldLine();
    }
    return wrong;
  }

  private void endFieldLine() {
    if (field == Field.HOST) {
      hasHost = true;
    } else if (field == Field.EXPECT) {
      hasExpect = true;
    }
    push(SEPARATOR);
    state = State.FIELD_LINE;
  }

  /** {@code Connection = #connection-option} (RFC 9110, section 7.6.1). */
  private void readConnection() {
    int p = valueStart;
    while (p < headLength) {
      int start = p;
      while (p < headLength && head[p] != ',') {
        p++;
      }
      int end = p++;
      while (start < end && isOws(head[start])) {
        start++;
      }
      while (end > start && isOws(head[end - 1])) {
        end--;
      }
      switch (end - start) {
        case 5 -> connectionClose |= isWord(start, "close");
        case 7 -> connectionUpgrade |= isWord(start, "upgrade");
        case 10 -> connectionKeepAlive |= isWord(start, "keep-alive");
        default -> {}
      }
    }
  }

  /** {@code Content-Length = 1*DIGIT} (section 6.2). */
  private @Nullable ParseError readContentLength() {
    int p = valueStart;
    long length = 0;
    for (; p < headLength && CharClass.isDigit(head[p]); p++) {
      int digit = head[p] - '0';
      long limit = Long.divideUnsigned(-1L, 10);
      int compared = Long.compareUnsigned(length, limit);
      if (compared > 0 || (compared == 0 && digit > 5)) {
        return ParseError.LENGTH_OVERFLOW;
      }
      length = length * 10 + digit;
    }
    for (int rest = p; rest < headLength; rest++) {
      if (!isOws(head[rest])) {
        return ParseError.LENGTH_CHAR;
      }
    }
    remaining = length;
    hasContentLength = true;
    return null;
  }

  /**
   * {@code Transfer-Encoding = #transfer-coding}, of which {@code chunked} must be the last
   * (section 6.1).
   */
  private @Nullable ParseError readTransferEncoding() {
    int p = valueStart;
    while (p < headLength) {
      if (headLength - p >= 7 && isWord(p, "chunked")) {
        int end = p + 7;
        while (end < headLength && head[end] == ' ') {
          end++;
        }
        if (end == headLength) {
          chunked = true;
          return null;
        }
        if (head[end] == ',' && kind == Kind.REQUEST && !lenient(Leniency.TRANSFER_ENCODING)) {
          return ParseError.ENCODING_VALUE;
        }
        p = end;
      }
      while (p < headLength && head[p] != ',') {
        p++;
      }
      p++;
      while (p < headLength && isOws(head[p])) {
        p++;
      }
    }
    return null;
  }

  private static boolean isOws(byte c) {
    return c == ' ' || c == '\t';
  }

  // The ends of heads and messages; false: execute is over

  /** The empty line after the header or the trailer section. */
  private boolean endFields(int from, int position) {
    if (inTrailers) {
      return endMessage();
    }
    upgrade =
        hasUpgrade && connectionUpgrade
            ? kind == Kind.REQUEST || statusCode == 101
            : kind == Kind.REQUEST && method == Method.CONNECT;
    headerSize = 0;
    endsWithHead = bodyState() == null;
    MessageHandler.Verdict verdict = handler.onHead();
    if (halted) {
      return false;
    }
    boolean complete = endsWithHead;
    endsWithHead = false;
    clearFields();
    if (verdict != MessageHandler.Verdict.CONTINUE) {
      noBody = true;
      upgrade |= verdict == MessageHandler.Verdict.UPGRADE;
    }
    State body = bodyState();
    if (body == null) {
      return complete ? afterMessage() : endMessage();
    }
    if (hasTransferEncoding
        && !chunked
        && kind == Kind.REQUEST
        && !lenient(Leniency.CHUNKED_LENGTH)
        && !lenient(Leniency.TRANSFER_ENCODING)) {
      fail(ParseError.ENCODING_OF_REQUEST, from, position);
      return false;
    }
    if (body == State.BODY_UNTIL_CLOSE) {
      atEnd = AtEnd.COMPLETES_MESSAGE;
    }
    state = body;
    return true;
  }

  /** Where the body is (section 6.3); null if there is none. */
  private @Nullable State bodyState() {
    boolean hasBody = chunked || remaining != 0;
    if (upgrade && (isConnect() || noBody || !hasBody)) {
      return null;
    }
    if (noBody || (kind == Kind.RESPONSE && statusHasNoBody())) {
      return null;
    }
    if (chunked) {
      return State.CHUNK_SIZE_FIRST;
    }
    if (hasTransferEncoding) {
      return State.BODY_UNTIL_CLOSE;
    }
    if (hasContentLength) {
      return remaining == 0 ? null : State.BODY_OF_LENGTH;
    }
    return needsClose() ? State.BODY_UNTIL_CLOSE : null;
  }

  private boolean isConnect() {
    return kind == Kind.REQUEST && method == Method.CONNECT;
  }

  private boolean statusHasNoBody() {
    return switch (statusCode) {
      case 100, 101, 102, 103, 204, 304 -> true;
      default -> false;
    };
  }

  /** Whether only the end of the connection ends this message. */
  private boolean needsClose() {
    if (kind == Kind.REQUEST
        || statusCode / 100 == 1
        || statusCode == 204
        || statusCode == 304
        || noBody) {
      return false;
    }
    return hasTransferEncoding ? !chunked : !hasContentLength;
  }

  private boolean endMessage() {
    handler.onMessageComplete();
    clearFields();
    return !halted && afterMessage();
  }

  private boolean afterMessage() {
    if (upgrade || (kind == Kind.RESPONSE && statusCode == 101)) {
      state = State.UPGRADED;
      return false;
    }
    boolean again = shouldKeepAlive() || lenient(Leniency.KEEP_ALIVE);
    atEnd = AtEnd.SAFE;
    state = again ? State.START : State.CLOSED;
    return true;
  }

  // The head's memory

  private void clearFields() {
    headLength = 0;
    textLength = 0;
  }

  private boolean append(byte[] data, int from, int to) {
    int length = to - from;
    headerSize += length;
    if (headerSize >= maxHeaderSize) {
      return false;
    }
    ensure(length);
    System.arraycopy(data, from, head, headLength, length);
    headLength += length;
    return true;
  }

  private void push(byte c) {
    ensure(1);
    head[headLength++] = c;
  }

  private void ensure(int more) {
    if (headLength + more > head.length) {
      head = Arrays.copyOf(head, Math.max(head.length * 2, headLength + more));
    }
  }

  private boolean countExtension(int length) {
    extensionsSize += length;
    return extensionsSize <= MAX_EXTENSIONS_SIZE;
  }

  private boolean lenient(int flag) {
    return (leniency & flag) != 0;
  }

  private int fail(ParseError what, int from, int position) {
    error = what;
    errorPosition = position - from;
    return position;
  }
}
