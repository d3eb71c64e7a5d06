package dev.nodule.core.http2;

import static dev.nodule.core.http2.FrameType.ACK;
import static dev.nodule.core.http2.FrameType.END_HEADERS;
import static dev.nodule.core.http2.FrameType.END_STREAM;
import static dev.nodule.core.http2.FrameType.HEADER_BYTES;
import static dev.nodule.core.http2.FrameType.PADDED;
import static dev.nodule.core.http2.FrameType.WITH_PRIORITY;

import dev.nodule.core.http2.HeaderBlocks.CompressionException;
import dev.nodule.core.http2.HeaderBlocks.Section;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reading side of a session: takes frames apart and holds the peer to the protocol. */
final class SessionReader {
  private static final int MAX_CONTINUATIONS = 8;
  private static final long MAX_WINDOW = Integer.MAX_VALUE;
  private static final String TOO_MANY_INVALID = "ERR_HTTP2_TOO_MANY_INVALID_FRAMES";

  /** A connection error: it ends the session. */
  private static final class SessionError extends Exception {
    private static final long serialVersionUID = 1L;
    final int error;
    final int code;
    final @Nullable String name;

    SessionError(int error, int code, @Nullable String name) {
      super(null, null, false, false);
      this.error = error;
      this.code = code;
      this.name = name;
    }
  }

  private final Session session;
  private final ResetRate resets;
  private byte[] buffer = new byte[0];
  private int start;
  private int end;
  private int prefaceLeft;
  private boolean settingsDue = true;
  private int invalidFrames;
  private int rejectedStreams;

  // A field section whose CONTINUATION frames are awaited.
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private int blockStream;
  private int blockFlags;
  private int blockPromised;
  private int continuations;

  SessionReader(Session session) {
    this.session = session;
    this.resets =
        new ResetRate(session.options.streamResetBurst(), session.options.streamResetRate());
    this.prefaceLeft = session.options.server() ? Session.PREFACE.length : 0;
  }

  /** Reads all whole frames; 0, or the error that ended the session. */
  int receive(byte[] bytes, int offset, int length) {
    append(bytes, offset, length);
    try {
      while (!session.terminated && step()) {
        // One frame at a time.
      }
      return 0;
    } catch (SessionError e) {
      session.terminate(e.code);
      session.events.error(e.error, e.name);
      return e.error;
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    if (start == end) {
      start = end = 0;
    }
    if (end + length > buffer.length) {
      byte[] larger = new byte[Math.max(4096, Math.max(end - start + length, (end - start) * 2))];
      System.arraycopy(buffer, start, larger, 0, end - start);
      end -= start;
      start = 0;
      buffer = larger;
    }
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  private static SessionError protocol() {
    return new SessionError(ErrorCode.ERR_PROTO, ErrorCode.PROTOCOL_ERROR, null);
  }

  private static SessionError frameSize() {
    return new SessionError(ErrorCode.ERR_FRAME_SIZE, ErrorCode.FRAME_SIZE_ERROR, null);
  }

  private static SessionError flowControl() {
    return new SessionError(ErrorCode.ERR_FLOW_CONTROL, ErrorCode.FLOW_CONTROL_ERROR, null);
  }

  /** One frame, if it is whole. */
  private boolean step() throws SessionError {
    if (prefaceLeft > 0) {
      return preface();
    }
    if (end - start < HEADER_BYTES) {
      return false;
    }
    int length =
        (buffer[start] & 0xff) << 16 | (buffer[start + 1] & 0xff) << 8 | buffer[start + 2] & 0xff;
    int type = buffer[start + 3] & 0xff;
    int flags = buffer[start + 4] & 0xff;
    int stream = ByteBuffer.wrap(buffer, start + 5, 4).getInt() & Integer.MAX_VALUE;
    if (settingsDue && (type != FrameType.SETTINGS || (flags & ACK) != 0)) {
      throw new SessionError(ErrorCode.ERR_PROTO, ErrorCode.PROTOCOL_ERROR, null);
    }
    if (length > session.announced(Settings.MAX_FRAME_SIZE, session.local.maxFrameSize)
        && length > session.local.maxFrameSize) {
      throw frameSize();
    }
    if (end - start < HEADER_BYTES + length) {
      return false;
    }
    ByteBuffer payload = ByteBuffer.wrap(buffer, start + HEADER_BYTES, length);
    start += HEADER_BYTES + length;
    if (blockStream != 0 && (type != FrameType.CONTINUATION || stream != blockStream)) {
      throw protocol();
    }
    frame(type, flags, stream, payload);
    return true;
  }

  private boolean preface() throws SessionError {
    int count = Math.min(prefaceLeft, end - start);
    int from = Session.PREFACE.length - prefaceLeft;
    for (int i = 0; i < count; i++) {
      if (buffer[start + i] != Session.PREFACE[from + i]) {
        throw new SessionError(ErrorCode.ERR_BAD_CLIENT_MAGIC, ErrorCode.PROTOCOL_ERROR, null);
      }
    }
    start += count;
    prefaceLeft -= count;
    return count > 0;
  }

  private void frame(int type, int flags, int stream, ByteBuffer payload) throws SessionError {
    switch (type) {
      case FrameType.DATA -> data(flags, stream, payload);
      case FrameType.HEADERS -> headers(flags, stream, payload);
      case FrameType.PRIORITY -> priority(stream, payload);
      case FrameType.RST_STREAM -> reset(stream, payload);
      case FrameType.SETTINGS -> settings(flags, stream, payload);
      case FrameType.PUSH_PROMISE -> pushPromise(flags, stream, payload);
      case FrameType.PING -> ping(flags, stream, payload);
      case FrameType.GOAWAY -> goaway(stream, payload);
      case FrameType.WINDOW_UPDATE -> windowUpdate(stream, payload);
      case FrameType.CONTINUATION -> continuation(flags, stream, payload);
      case FrameType.ALTSVC -> altsvc(stream, payload);
      case FrameType.ORIGIN -> origin(flags, stream, payload);
      default -> {
        // Unknown frames mean nothing.
      }
    }
  }

  /** A frame that is wrong in a way that does not end the session by itself. */
  private void invalidFrame() throws SessionError {
    if (invalidFrames++ > session.options.maxInvalidFrames()) {
      throw new SessionError(ErrorCode.ERR_PROTO, ErrorCode.PROTOCOL_ERROR, TOO_MANY_INVALID);
    }
  }

  /** A stream error: the stream is reset. */
  private void streamError(int stream, int code) throws SessionError {
    invalidFrame();
    session.resetFrame(stream, code);
    StreamState known = session.streams.get(stream);
    if (known != null) {
      session.close(known, code);
    }
  }

  private static void unpad(int flags, ByteBuffer payload) throws SessionError {
    if ((flags & PADDED) == 0) {
      return;
    }
    if (!payload.hasRemaining()) {
      throw protocol();
    }
    int padding = payload.get() & 0xff;
    if (padding > payload.remaining()) {
      throw protocol();
    }
    payload.limit(payload.limit() - padding);
  }

  private static byte[] rest(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }

  /** Whether a stream was never opened. */
  private boolean isIdle(int stream) {
    return session.isLocal(stream) ? stream >= session.nextStream : stream > session.lastPeerStream;
  }

  private void data(int flags, int id, ByteBuffer payload) throws SessionError {
    int size = payload.remaining();
    if (id == 0) {
      throw protocol();
    }
    session.receiveWindow -= size;
    if (session.receiveWindow < 0) {
      throw flowControl();
    }
    StreamState stream = session.streams.get(id);
    if (stream == null || stream.remoteClosed) {
      if (stream == null && isIdle(id)) {
        throw protocol();
      }
      session.consumeConnection(size);
      if (stream != null) {
        streamError(id, ErrorCode.STREAM_CLOSED);
      }
      return;
    }
    unpad(flags, payload);
    if (!stream.headersReceived) {
      session.consumeConnection(size);
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    stream.receiveWindow -= size;
    if (stream.receiveWindow < 0) {
      streamError(id, ErrorCode.FLOW_CONTROL_ERROR);
      return;
    }
    byte[] bytes = rest(payload);
    boolean last = (flags & END_STREAM) != 0;
    stream.received += bytes.length;
    boolean wrongLength =
        stream.contentLength >= 0
            && (stream.received > stream.contentLength
                || (last && stream.received < stream.contentLength));
    session.consumeConnection(size);
    if (wrongLength) {
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    if (bytes.length == 0 && !last) {
      invalidFrame();
    }
    if (size > bytes.length) {
      session.consumeStream(id, size - bytes.length);
    }
    if (bytes.length > 0) {
      session.events.data(id, bytes);
    }
    if (last) {
      endRemote(stream);
    }
  }

  private void endRemote(StreamState stream) {
    if (stream.closed) {
      return;
    }
    stream.remoteClosed = true;
    session.events.end(stream.id);
    session.closeIfDone(stream);
  }

  private void headers(int flags, int id, ByteBuffer payload) throws SessionError {
    if (id == 0) {
      throw protocol();
    }
    unpad(flags, payload);
    if ((flags & WITH_PRIORITY) != 0) {
      if (payload.remaining() < 5) {
        throw frameSize();
      }
      if ((payload.getInt() & Integer.MAX_VALUE) == id) {
        throw protocol();
      }
      payload.get();
    }
    startBlock(flags, id, 0, payload);
  }

  private void pushPromise(int flags, int id, ByteBuffer payload) throws SessionError {
    if (id == 0
        || session.options.server()
        || session.announced(Settings.ENABLE_PUSH, session.local.enablePush) == 0
        || !session.isLocal(id)) {
      throw protocol();
    }
    unpad(flags, payload);
    if (payload.remaining() < 4) {
      throw frameSize();
    }
    int promised = payload.getInt() & Integer.MAX_VALUE;
    if (promised == 0 || (promised & 1) == 1 || promised <= session.lastPeerStream) {
      throw protocol();
    }
    startBlock(flags, id, promised, payload);
  }

  private void startBlock(int flags, int id, int promised, ByteBuffer payload) throws SessionError {
    block.reset();
    block.writeBytes(rest(payload));
    blockStream = id;
    blockFlags = flags;
    blockPromised = promised;
    continuations = 0;
    if ((flags & END_HEADERS) != 0) {
      endBlock();
    }
  }

  private void continuation(int flags, int id, ByteBuffer payload) throws SessionError {
    if (blockStream == 0 || id != blockStream) {
      throw protocol();
    }
    if (++continuations > MAX_CONTINUATIONS) {
      throw new SessionError(
          ErrorCode.ERR_TOO_MANY_CONTINUATIONS, ErrorCode.ENHANCE_YOUR_CALM, null);
    }
    block.writeBytes(rest(payload));
    if ((flags & END_HEADERS) != 0) {
      endBlock();
    }
  }

  private void endBlock() throws SessionError {
    int id = blockStream;
    blockStream = 0;
    Section section;
    try {
      section = session.decode(block.toByteArray());
    } catch (CompressionException e) {
      throw new SessionError(ErrorCode.ERR_HEADER_COMP, ErrorCode.COMPRESSION_ERROR, null);
    }
    if (blockPromised != 0) {
      promised(id, blockPromised, section);
    } else {
      message(id, (blockFlags & END_STREAM) != 0, section);
    }
  }

  private void promised(int parent, int id, Section section) throws SessionError {
    session.lastPeerStream = id;
    StreamState opener = session.streams.get(parent);
    long reserved = session.streams.values().stream().filter(s -> !session.isLocal(s.id)).count();
    if (opener == null || reserved >= session.options.maxReservedRemoteStreams()) {
      session.resetFrame(id, opener == null ? ErrorCode.REFUSED_STREAM : ErrorCode.CANCEL);
      return;
    }
    StreamState stream = session.open(id);
    stream.localClosed = true;
    List<String> fields = MessageRules.check(section.fields(), stream, true, false);
    if (fields == null || section.tooLarge()) {
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    stream.contentLength = -1;
    session.events.headers(
        id, SessionEvents.PUSH_PROMISE, false, fields, section.sensitive(), parent);
  }

  private void message(int id, boolean last, Section section) throws SessionError {
    StreamState stream = session.streams.get(id);
    boolean opens = false;
    if (stream == null) {
      if (!session.options.server() || session.isLocal(id) || !isIdle(id)) {
        if (isIdle(id)) {
          throw protocol();
        }
        if (!session.isLocal(id) && session.options.server()) {
          throw new SessionError(ErrorCode.ERR_STREAM_CLOSED, ErrorCode.STREAM_CLOSED, null);
        }
        return; // of a stream that was closed a moment ago
      }
      session.lastPeerStream = id;
      if (session.goawaySent && id > session.peerLimit) {
        return;
      }
      if (!admit(id)) {
        return;
      }
      stream = session.open(id);
      opens = true;
    } else if (stream.remoteClosed) {
      streamError(id, ErrorCode.STREAM_CLOSED);
      return;
    }
    if (section.tooLarge()) {
      // The application never hears of it.
      session.resetFrame(id, ErrorCode.ENHANCE_YOUR_CALM);
      session.close(stream, ErrorCode.ENHANCE_YOUR_CALM);
      return;
    }
    boolean trailers = stream.headersReceived;
    if (trailers && !last) {
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    List<String> fields =
        MessageRules.check(section.fields(), stream, session.options.server(), trailers);
    if (fields == null || isWrongEnd(stream, last)) {
      if (opens) {
        invalidFrame();
      }
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    boolean informational = !session.options.server() && Session.isInformational(fields);
    if (informational && last) {
      streamError(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    stream.headersReceived = !informational;
    if (informational) {
      stream.contentLength = -1;
    }
    int kind =
        opens
            ? SessionEvents.REQUEST
            : trailers || informational ? SessionEvents.FURTHER : SessionEvents.RESPONSE;
    session.events.headers(id, kind, last, fields, section.sensitive(), 0);
    if (last) {
      endRemote(stream);
    }
  }

  /** Whether a message ends before the length that it announced. */
  private boolean isWrongEnd(StreamState stream, boolean last) {
    return last && stream.contentLength > stream.received && !stream.headRequest;
  }

  /** Whether one more stream of the peer has room. */
  private boolean admit(int id) throws SessionError {
    if (session.openedByPeer() >= session.local.maxConcurrentStreams) {
      throw protocol();
    }
    long announced =
        session.announced(Settings.MAX_CONCURRENT_STREAMS, session.local.maxConcurrentStreams);
    if (session.openedByPeer() >= announced) {
      session.resetFrame(id, ErrorCode.REFUSED_STREAM);
      return false;
    }
    if (session.queuedBytes() > session.options.maxSessionMemory()) {
      if (++rejectedStreams > session.options.maxRejectedStreams()) {
        throw new SessionError(ErrorCode.ERR_PROTO, ErrorCode.ENHANCE_YOUR_CALM, TOO_MANY_INVALID);
      }
      session.resetFrame(id, ErrorCode.ENHANCE_YOUR_CALM);
      return false;
    }
    return true;
  }

  private static void priority(int id, ByteBuffer payload) throws SessionError {
    if (id == 0) {
      throw protocol();
    }
    if (payload.remaining() != 5) {
      throw frameSize();
    }
  }

  private void reset(int id, ByteBuffer payload) throws SessionError {
    if (id == 0 || isIdle(id)) {
      throw protocol();
    }
    if (payload.remaining() != 4) {
      throw frameSize();
    }
    int code = payload.getInt();
    StreamState stream = session.streams.get(id);
    if (stream != null) {
      session.close(stream, code);
    }
    if (session.options.server() && !resets.take()) {
      session.terminate(ErrorCode.INTERNAL_ERROR);
      session.events.error(0, "ERR_HTTP2_SESSION_ERROR");
    }
  }

  private void settings(int flags, int id, ByteBuffer payload) throws SessionError {
    if (id != 0) {
      throw protocol();
    }
    if ((flags & ACK) != 0) {
      if (payload.hasRemaining()) {
        throw frameSize();
      }
      if (!session.applyLocalSettings()) {
        throw protocol();
      }
      session.events.settingsAck();
      return;
    }
    if (payload.remaining() % 6 != 0) {
      throw frameSize();
    }
    if (payload.remaining() / 6 > session.options.maxSettings()) {
      throw new SessionError(ErrorCode.ERR_TOO_MANY_SETTINGS, ErrorCode.ENHANCE_YOUR_CALM, null);
    }
    boolean first = settingsDue;
    settingsDue = false;
    Settings remote = session.remote;
    if (first) {
      remote.maxConcurrentStreams = Settings.UNLIMITED;
    }
    while (payload.hasRemaining()) {
      int setting = payload.getShort() & 0xffff;
      long value = payload.getInt() & Settings.UNLIMITED;
      int code = Settings.check(setting, value);
      if (code != ErrorCode.NO_ERROR
          || (setting == Settings.ENABLE_CONNECT_PROTOCOL
              && value == 0
              && remote.enableConnectProtocol == 1)) {
        int refusal = code == ErrorCode.NO_ERROR ? ErrorCode.PROTOCOL_ERROR : code;
        throw new SessionError(ErrorCode.ERR_PROTO, refusal, null);
      }
      if (setting == Settings.INITIAL_WINDOW_SIZE) {
        long delta = value - remote.initialWindowSize;
        for (StreamState stream : session.streams.values()) {
          stream.sendWindow += delta;
          if (stream.sendWindow > MAX_WINDOW) {
            throw flowControl();
          }
        }
      } else if (setting == Settings.HEADER_TABLE_SIZE) {
        session.headers.remoteTableSize(value);
      }
      remote.set(setting, value);
    }
    session.remoteSettingsSeen = true;
    session.acknowledgeSettings();
    session.sendWaiting();
    session.events.settings();
  }

  private void ping(int flags, int id, ByteBuffer payload) throws SessionError {
    if (id != 0) {
      throw protocol();
    }
    if (payload.remaining() != 8) {
      throw frameSize();
    }
    byte[] bytes = rest(payload);
    boolean ack = (flags & ACK) != 0;
    if (!ack) {
      session.ping(bytes, true);
    } else {
      byte[] sent = session.pings.poll();
      if (sent == null || !Arrays.equals(sent, bytes)) {
        throw protocol();
      }
    }
    session.events.ping(bytes, ack);
  }

  private void goaway(int id, ByteBuffer payload) throws SessionError {
    if (id != 0) {
      throw protocol();
    }
    if (payload.remaining() < 8) {
      throw frameSize();
    }
    int last = payload.getInt() & Integer.MAX_VALUE;
    int code = payload.getInt();
    byte[] data = rest(payload);
    session.peerLimit = Math.min(session.peerLimit, last);
    for (StreamState stream : List.copyOf(session.streams.values())) {
      if (session.isLocal(stream.id) && stream.id > last) {
        session.close(stream, ErrorCode.REFUSED_STREAM);
      }
    }
    session.events.goaway(code, last, data.length == 0 ? null : data);
  }

  private void windowUpdate(int id, ByteBuffer payload) throws SessionError {
    if (payload.remaining() != 4) {
      throw frameSize();
    }
    int increment = payload.getInt() & Integer.MAX_VALUE;
    if (id == 0) {
      if (increment == 0) {
        throw protocol();
      }
      session.sendWindow += increment;
      if (session.sendWindow > MAX_WINDOW) {
        throw flowControl();
      }
    } else {
      StreamState stream = session.streams.get(id);
      if (stream == null) {
        if (isIdle(id)) {
          throw protocol();
        }
        return;
      }
      if (increment == 0) {
        streamError(id, ErrorCode.PROTOCOL_ERROR);
        return;
      }
      stream.sendWindow += increment;
      if (stream.sendWindow > MAX_WINDOW) {
        streamError(id, ErrorCode.FLOW_CONTROL_ERROR);
        return;
      }
    }
    session.ready();
  }

  private void altsvc(int id, ByteBuffer payload) {
    if (session.options.server()
        || payload.remaining() < 2
        || (id != 0 && !session.streams.containsKey(id))) {
      return;
    }
    int length = payload.getShort() & 0xffff;
    if (length > payload.remaining() || (id == 0) == (length == 0)) {
      return;
    }
    String origin = text(payload, length);
    session.events.altsvc(id, origin, text(payload, payload.remaining()));
  }

  private void origin(int flags, int id, ByteBuffer payload) {
    if (session.options.server() || id != 0 || (flags & 0xf) != 0) {
      return;
    }
    List<String> origins = new ArrayList<>();
    while (payload.remaining() >= 2) {
      int length = payload.getShort() & 0xffff;
      if (length > payload.remaining()) {
        return;
      }
      origins.add(text(payload, length));
    }
    session.events.origin(origins);
  }

  private static String text(ByteBuffer payload, int length) {
    byte[] bytes = new byte[length];
    payload.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
