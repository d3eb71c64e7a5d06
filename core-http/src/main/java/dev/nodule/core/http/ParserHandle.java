package dev.nodule.core.http;

import dev.nodule.api.ByteConsumer;
import dev.nodule.api.Callback;
import dev.nodule.api.Errno;
import dev.nodule.api.JavaScript;
import dev.nodule.api.StreamHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A parser as JavaScript holds it. It is fed by JavaScript ({@link #execute}), whose exceptions
 * then pass on to it, or by a stream ({@link ByteConsumer}): then each handler is a turn of the
 * event loop of its own.
 */
final class ParserHandle implements MessageHandler, ByteConsumer {
  // What the flags of a head hold; internal/http/parser.js has the same
  private static final int MAJOR_SHIFT = 4;
  private static final int KEEP_ALIVE = 1 << 8;
  private static final int UPGRADE = 1 << 9;
  private static final int COMPLETE = 1 << 10;
  private static final int HAS_HOST = 1 << 11;
  private static final int HAS_EXPECT = 1 << 12;

  private static final Verdict[] VERDICTS = Verdict.values();

  private final JavaScript javaScript;
  private final Handlers handlers;
  private final Object owner;
  private final MessageParser parser;
  private final @Nullable ConnectionsList connections;

  private @Nullable StreamHandle stream;
  private boolean fedByStream;
  private boolean paused;

  /** What came while paused. */
  private byte[] waiting = new byte[0];

  private byte[] piece = new byte[0];
  private int pieceStart;
  private int pieceEnd;

  /** 0 between messages; by {@link System#nanoTime}. */
  private long messageStart;

  private boolean headComplete;
  private boolean expiryTold;

  ParserHandle(
      JavaScript javaScript,
      Handlers handlers,
      Object owner,
      MessageParser.Kind kind,
      int maxHeaderSize,
      int leniency,
      @Nullable ConnectionsList connections,
      int maxFields) {
    this.javaScript = javaScript;
    this.handlers = handlers;
    this.owner = owner;
    this.connections = connections;
    parser = new MessageParser(kind, maxHeaderSize, leniency, this);
    parser.limitFields(maxFields);
    if (connections != null) {
      // A client that connects and says nothing is late too
      messageStart = System.nanoTime();
      connections.add(this);
    }
  }

  Object owner() {
    return owner;
  }

  boolean inMessage() {
    return messageStart != 0;
  }

  boolean expires(long now, long headersTimeout, long requestTimeout) {
    if (messageStart == 0 || expiryTold) {
      return false;
    }
    long age = now - messageStart;
    expiryTold =
        (!headComplete && headersTimeout > 0 && age > headersTimeout)
            || (requestTimeout > 0 && age > requestTimeout);
    return expiryTold;
  }

  /** Octets used, or what is wrong: code, reason, octets used. */
  Object execute(byte[] data, int from, int to) {
    if (paused) {
      return result(ParseError.PAUSED, 0);
    }
    int used = parser.execute(data, from, to);
    ParseError error = parser.error();
    return error == null || parser.isUpgraded() ? used : result(error, parser.errorPosition());
  }

  /** From a handler: what the current piece still holds is left to the next {@link #execute}. */
  void suspend() {
    parser.suspend();
  }

  /** Null, or what is wrong. */
  @Nullable Object finish() {
    if (parser.error() != null) {
      // That was told when it happened
      return null;
    }
    parser.finish();
    ParseError error = parser.error();
    return error == null ? null : result(error, 0);
  }

  void pause(boolean pause) {
    paused = pause;
    if (!pause && waiting.length > 0) {
      byte[] now = waiting;
      waiting = new byte[0];
      data(now, 0, now.length);
    }
  }

  /** Whether another parser could take over: nothing is being read, nothing is held back. */
  boolean isQuiet() {
    return !fedByStream
        && waiting.length == 0
        && parser.isBetweenMessages()
        && parser.error() == null;
  }

  void leaveConnections() {
    if (connections != null) {
      connections.remove(this);
    }
  }

  void close() {
    leaveConnections();
    unconsume();
    parser.halt();
  }

  void consume(StreamHandle handle) {
    stream = handle;
    handle.consume(this);
  }

  void unconsume() {
    StreamHandle handle = stream;
    if (handle != null) {
      stream = null;
      if (handle.consumer() == this) {
        handle.consume(null);
      }
    }
  }

  /** A copy of the piece being parsed. */
  byte[] currentPiece() {
    return Arrays.copyOfRange(piece, pieceStart, pieceEnd);
  }

  // From the stream

  @Override
  public void data(byte[] bytes, int offset, int length) {
    if (paused) {
      int held = waiting.length;
      waiting = Arrays.copyOf(waiting, held + length);
      System.arraycopy(bytes, offset, waiting, held, length);
      return;
    }
    boolean outer = fedByStream;
    fedByStream = true;
    piece = bytes;
    pieceStart = offset;
    pieceEnd = offset + length;
    Object used;
    try {
      used = execute(bytes, offset, offset + length);
      // Only errors and upgrades concern JavaScript
      if (parser.isUpgraded() || !(used instanceof Integer)) {
        handlers.executed().invokeOn(owner, used);
      }
    } finally {
      fedByStream = outer;
      piece = new byte[0];
      pieceStart = 0;
      pieceEnd = 0;
    }
  }

  @Override
  public void end() {
    handlers.ended().invokeOn(owner, 0);
  }

  @Override
  public void failed(Errno error) {
    handlers.ended().invokeOn(owner, -error.number());
  }

  // From the parser

  @Override
  public void onMessageBegin() {
    if (connections != null) {
      headComplete = false;
      expiryTold = false;
      if (messageStart == 0) {
        messageStart = System.nanoTime();
      }
    }
  }

  @Override
  public Verdict onHead() {
    headComplete = true;
    boolean complete = parser.messageEndsWithHead();
    int flags =
        parser.minor()
            | parser.major() << MAJOR_SHIFT
            | (parser.shouldKeepAlive() ? KEEP_ALIVE : 0)
            | (parser.upgrade() ? UPGRADE : 0)
            | (complete ? COMPLETE : 0)
            | (parser.hasHost() ? HAS_HOST : 0)
            | (parser.hasExpect() ? HAS_EXPECT : 0);
    Object verdict =
        tell(handlers.head(), flags, parser.code(), parser.startLineText(), parser.fieldBlock());
    if (complete) {
      // Not before: a handler that closes idle connections must not end its own
      messageStart = 0;
    }
    return verdict instanceof Number number
            && number.intValue() > 0
            && number.intValue() < VERDICTS.length
        ? VERDICTS[number.intValue()]
        : Verdict.CONTINUE;
  }

  @Override
  public void onBody(byte[] data, int from, int to) {
    byte[] copy = Arrays.copyOfRange(data, from, to);
    tell(handlers.body(), javaScript.newBuffer(copy, 0, copy.length));
  }

  @Override
  public void onMessageComplete() {
    messageStart = 0;
    tell(handlers.complete(), parser.fieldBlock());
  }

  private @Nullable Object tell(Callback handler, @Nullable Object... arguments) {
    return fedByStream ? handler.invokeOn(owner, arguments) : handler.call(owner, arguments);
  }

  private static Object result(ParseError error, int used) {
    return new Object[] {error.code(), error.reason(), used};
  }
}
