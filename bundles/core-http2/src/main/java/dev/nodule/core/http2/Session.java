package dev.nodule.core.http2;

import static dev.nodule.core.http2.FrameType.ACK;
import static dev.nodule.core.http2.FrameType.END_HEADERS;
import static dev.nodule.core.http2.FrameType.END_STREAM;

import dev.nodule.core.http2.HeaderBlocks.Section;
import dev.nodule.core.http2.StreamState.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sending side and the state of one HTTP/2 connection; {@link SessionReader} is its reading
 * side. On the loop's thread. It does no I/O: bytes come in by {@link #receive} and are fetched by
 * {@link #output}.
 */
final class Session {
  private static final int OUTPUT_LIMIT = 256 * 1024;
  private static final int MAX_ACKNOWLEDGEMENTS = 1000;
  private static final int PADDING_ALIGNED = 1;
  private static final int PADDING_MAX = 2;
  private static final long MAX_HEADER_LIST = 16777215;
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  record PendingRequest(int stream, List<String> fields, Set<String> sensitive, boolean end) {}

  final SessionOptions options;
  final SessionEvents events;
  final HeaderBlocks headers = new HeaderBlocks();
  final Map<Integer, StreamState> streams = new TreeMap<>();
  final OutputBuffer out = new OutputBuffer();
  final Settings remote = new Settings();
  Settings local = new Settings();
  final Deque<int[][]> unacknowledged = new ArrayDeque<>();
  final Deque<byte[]> pings = new ArrayDeque<>();
  private final Deque<PendingRequest> waiting = new ArrayDeque<>();
  private final List<Integer> sentChunks = new ArrayList<>();
  private final SessionReader reader;

  long sendWindow = Settings.DEFAULT_WINDOW;
  long localWindow = Settings.DEFAULT_WINDOW;
  long receiveWindow = Settings.DEFAULT_WINDOW;
  long consumed;
  int nextStream;
  int lastPeerStream;
  int peerLimit = Integer.MAX_VALUE; // after a GOAWAY
  boolean remoteSettingsSeen;
  boolean terminated;
  boolean goawaySent;
  private int openedHere;
  private int openedByPeer;
  private int acknowledgements;
  private int lastServed;
  private long queuedBytes;

  Session(SessionOptions options, SessionEvents events) {
    this.options = options;
    this.events = events;
    this.nextStream = options.server() ? 2 : 1;
    this.reader = new SessionReader(this);
    if (!options.server()) {
      out.put(PREFACE);
      openWindowLater();
    }
  }

  private void openWindowLater() {
    remote.maxConcurrentStreams = options.peerMaxConcurrentStreams();
  }

  int receive(byte[] bytes, int offset, int length) {
    return reader.receive(bytes, offset, length);
  }

  boolean isLocal(int stream) {
    return ((stream & 1) == 1) != options.server();
  }

  // Streams

  StreamState open(int id) {
    StreamState stream = new StreamState(id, remote.initialWindowSize, local.initialWindowSize);
    stream.receiveWindow = stream.localWindow;
    streams.put(id, stream);
    if (isLocal(id)) {
      openedHere++;
    } else {
      openedByPeer++;
    }
    return stream;
  }

  int openedByPeer() {
    return openedByPeer;
  }

  void close(StreamState stream, int code) {
    if (stream.closed) {
      return;
    }
    stream.closed = true;
    for (Chunk chunk : stream.queue) {
      queuedBytes -= chunk.left();
      sentChunks.add(chunk.id);
    }
    stream.queue.clear();
    streams.remove(stream.id);
    if (isLocal(stream.id)) {
      openedHere--;
    } else {
      openedByPeer--;
    }
    events.closed(stream.id, code);
    sendWaiting();
  }

  void closeIfDone(StreamState stream) {
    if (stream.localClosed && stream.remoteClosed) {
      close(stream, ErrorCode.NO_ERROR);
    }
  }

  // Frames out

  void ready() {
    events.outputReady();
  }

  void settings(int[] ids, long[] values) {
    int[][] sent = new int[ids.length][];
    out.frame(6 * ids.length, FrameType.SETTINGS, 0, 0);
    for (int i = 0; i < ids.length; i++) {
      sent[i] = new int[] {ids[i], (int) values[i]};
      out.put16(ids[i]).put32(values[i]);
    }
    unacknowledged.add(sent);
    ready();
  }

  /** The peer has acknowledged the oldest settings. */
  boolean applyLocalSettings() {
    int[][] acknowledged = unacknowledged.poll();
    if (acknowledged == null) {
      return false;
    }
    for (int[] setting : acknowledged) {
      long value = setting[1] & Settings.UNLIMITED;
      if (setting[0] == Settings.INITIAL_WINDOW_SIZE) {
        long delta = value - local.initialWindowSize;
        for (StreamState stream : streams.values()) {
          stream.localWindow += delta;
          stream.receiveWindow += delta;
        }
      } else if (setting[0] == Settings.HEADER_TABLE_SIZE) {
        headers.localTableSize(value);
      }
      local.set(setting[0], value);
    }
    return true;
  }

  /** The limit that was announced last, acknowledged or not. */
  long announced(int id, long acknowledged) {
    long value = acknowledged;
    for (int[][] sent : unacknowledged) {
      for (int[] setting : sent) {
        if (setting[0] == id) {
          value = setting[1] & Settings.UNLIMITED;
        }
      }
    }
    return value;
  }

  void acknowledgeSettings() {
    acknowledge();
    out.frame(0, FrameType.SETTINGS, ACK, 0);
    ready();
  }

  void ping(byte[] payload, boolean ack) {
    if (ack) {
      acknowledge();
    } else {
      pings.add(payload);
    }
    out.frame(8, FrameType.PING, ack ? ACK : 0, 0).put(payload);
    ready();
  }

  /** A peer that asks for answers and does not read them must not fill the memory. */
  private void acknowledge() {
    if (++acknowledgements > MAX_ACKNOWLEDGEMENTS) {
      fail(ErrorCode.ERR_FLOODED, ErrorCode.NO_ERROR);
    }
  }

  /** Sends the frames of a field section. */
  private void headerFrames(int stream, byte[] block, boolean end, byte[] prefix, int type) {
    int room = (int) remote.maxFrameSize;
    int first = Math.min(block.length, room - prefix.length);
    boolean whole = first == block.length;
    out.frame(
            prefix.length + first, type, (end ? END_STREAM : 0) | (whole ? END_HEADERS : 0), stream)
        .put(prefix)
        .put(block, 0, first);
    for (int at = first; at < block.length; ) {
      int count = Math.min(room, block.length - at);
      boolean last = at + count == block.length;
      out.frame(count, FrameType.CONTINUATION, last ? END_HEADERS : 0, stream)
          .put(block, at, count);
      at += count;
    }
    ready();
  }

  private boolean isTooLarge(List<String> fields) {
    long size = 0;
    for (String text : fields) {
      size += text.length();
    }
    return size + (long) fields.size() / 2 * HeaderBlocks.ENTRY_OVERHEAD
        > options.maxSendHeaderBlockLength();
  }

  /** Opens a stream; its number, or an error. */
  int request(List<String> fields, Set<String> sensitive, boolean end, boolean trailers) {
    if (nextStream < 0) {
      return ErrorCode.ERR_STREAM_ID_NOT_AVAILABLE;
    }
    int id = nextStream;
    nextStream += 2;
    PendingRequest request = new PendingRequest(id, fields, sensitive, end);
    StreamState stream = new StreamState(id, remote.initialWindowSize, local.initialWindowSize);
    stream.receiveWindow = stream.localWindow;
    stream.trailersFollow = trailers;
    stream.reservedRemote = true; // sends nothing before its headers
    streams.put(id, stream);
    waiting.add(request);
    ready();
    return id;
  }

  /** As many requests as the peer takes at once. */
  void sendWaiting() {
    while (!waiting.isEmpty() && openedHere < remote.maxConcurrentStreams) {
      PendingRequest request = waiting.remove();
      StreamState stream = streams.get(request.stream);
      if (stream == null) {
        continue;
      }
      if (request.stream > peerLimit) {
        streams.remove(request.stream);
        stream.closed = true;
        events.closed(request.stream, ErrorCode.REFUSED_STREAM);
        continue;
      }
      if (isTooLarge(request.fields)) {
        streams.remove(request.stream);
        stream.closed = true;
        events.frameError(request.stream, FrameType.HEADERS, ErrorCode.ERR_FRAME_SIZE);
        continue;
      }
      openedHere++;
      stream.reservedRemote = false;
      stream.sendWindow = remote.initialWindowSize;
      for (int i = 0; i < request.fields.size(); i += 2) {
        if (request.fields.get(i).equals(":method")) {
          String method = request.fields.get(i + 1);
          stream.headRequest = method.equals("HEAD");
          stream.connect = method.equals("CONNECT");
        }
      }
      stream.localClosed = request.end;
      stream.headersSent = true;
      headerFrames(
          request.stream,
          headers.encode(request.fields, request.sensitive),
          request.end,
          new byte[0],
          FrameType.HEADERS);
    }
  }

  /** Headers on a stream that is open: a response, information, trailers. 0 or an error. */
  int headers(int id, List<String> fields, Set<String> sensitive, boolean end, boolean trailers) {
    StreamState stream = streams.get(id);
    if (stream == null || stream.localClosed) {
      return ErrorCode.ERR_STREAM_CLOSED;
    }
    if (isTooLarge(fields)) {
      events.frameError(id, FrameType.HEADERS, ErrorCode.ERR_FRAME_SIZE);
      return 0;
    }
    if (trailers) {
      stream.trailersFollow = true;
    }
    if (end || !isInformational(fields)) {
      stream.headersSent = true;
      stream.reservedLocal = false;
    }
    headerFrames(id, headers.encode(fields, sensitive), end, new byte[0], FrameType.HEADERS);
    if (end) {
      endLocal(stream);
    }
    return 0;
  }

  static boolean isInformational(List<String> fields) {
    int at = fields.indexOf(":status");
    return at >= 0 && fields.get(at + 1).startsWith("1");
  }

  void endLocal(StreamState stream) {
    stream.localClosed = true;
    closeIfDone(stream);
  }

  /** Promises a stream; its number, or an error. */
  int pushPromise(int parent, List<String> fields, Set<String> sensitive) {
    StreamState stream = streams.get(parent);
    if (stream == null || stream.localClosed) {
      return ErrorCode.ERR_STREAM_CLOSED;
    }
    if (nextStream < 0) {
      return ErrorCode.ERR_STREAM_ID_NOT_AVAILABLE;
    }
    if (remote.enablePush == 0) {
      return ErrorCode.ERR_PROTO;
    }
    int id = nextStream;
    nextStream += 2;
    StreamState promised = open(id);
    promised.reservedLocal = true;
    promised.remoteClosed = true;
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equals(":method")) {
        promised.headRequest = fields.get(i + 1).equals("HEAD");
      }
    }
    byte[] prefix = {(byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id};
    headerFrames(parent, headers.encode(fields, sensitive), false, prefix, FrameType.PUSH_PROMISE);
    return id;
  }

  /** Queues a piece of a body; false if the stream takes none. */
  boolean write(int id, byte[] bytes, int chunk) {
    StreamState stream = streams.get(id);
    if (stream == null || stream.localClosed) {
      return false;
    }
    stream.queue.add(new Chunk(bytes, chunk));
    queuedBytes += bytes.length;
    ready();
    return true;
  }

  long queuedBytes() {
    return queuedBytes;
  }

  /** Nothing follows what is queued, except trailers that were announced. */
  boolean end(int id) {
    StreamState stream = streams.get(id);
    if (stream == null || stream.localClosed) {
      return false;
    }
    stream.ending = true;
    ready();
    return true;
  }

  /** Trailers without a field: an empty frame ends the body. */
  int endEmpty(int id) {
    StreamState stream = streams.get(id);
    if (stream == null || stream.localClosed) {
      return ErrorCode.ERR_STREAM_CLOSED;
    }
    out.frame(0, FrameType.DATA, END_STREAM, id);
    ready();
    endLocal(stream);
    return 0;
  }

  void reset(int id, int code) {
    StreamState stream = streams.get(id);
    if (stream == null) {
      return;
    }
    if (waiting.removeIf(request -> request.stream == id)) {
      streams.remove(id);
      stream.closed = true;
      events.closed(id, code);
      return;
    }
    sendBeforeReset(stream);
    resetFrame(id, code);
    close(stream, code);
  }

  /** What was written a moment ago still arrives, as far as one frame and the windows hold it. */
  private void sendBeforeReset(StreamState stream) {
    if (stream.closed || stream.localClosed || !stream.headersSent || terminated) {
      return;
    }
    long limit = Math.min(remote.maxFrameSize, Math.min(sendWindow, stream.sendWindow));
    int size = (int) Math.min(left(stream), limit);
    if (size > 0) {
      frame(stream, size, false);
    }
  }

  void resetFrame(int id, int code) {
    out.frame(4, FrameType.RST_STREAM, 0, id).put32(code);
    ready();
  }

  void goaway(int code, int lastStream, byte[] data) {
    goawaySent = true;
    out.frame(8 + data.length, FrameType.GOAWAY, 0, 0).put32(lastStream).put32(code).put(data);
    ready();
  }

  /** Ends the session with a GOAWAY; what arrives later is not read. */
  void terminate(int code) {
    if (!terminated) {
      terminated = true;
      goaway(code, lastPeerStream, new byte[0]);
    }
  }

  /** The session cannot go on. */
  void fail(int error, int code) {
    if (terminated) {
      return;
    }
    terminate(code == ErrorCode.NO_ERROR ? ErrorCode.INTERNAL_ERROR : code);
    events.error(error, null);
  }

  void altsvc(int stream, String origin, String value) {
    byte[] first = origin.getBytes(StandardCharsets.ISO_8859_1);
    byte[] second = value.getBytes(StandardCharsets.ISO_8859_1);
    out.frame(2 + first.length + second.length, FrameType.ALTSVC, 0, stream)
        .put16(first.length)
        .put(first)
        .put(second);
    ready();
  }

  void origin(List<String> origins) {
    OutputBuffer payload = new OutputBuffer();
    for (String origin : origins) {
      byte[] bytes = origin.getBytes(StandardCharsets.ISO_8859_1);
      payload.put16(bytes.length).put(bytes);
    }
    byte[] bytes = payload.take();
    out.frame(bytes.length, FrameType.ORIGIN, 0, 0).put(bytes);
    ready();
  }

  // Flow control

  private void windowUpdate(int stream, long increment) {
    out.frame(4, FrameType.WINDOW_UPDATE, 0, stream).put32(increment);
    ready();
  }

  void consumeConnection(long count) {
    consumed += count;
    if (consumed * 2 >= localWindow) {
      receiveWindow += consumed;
      windowUpdate(0, consumed);
      consumed = 0;
    }
  }

  void consumeStream(int id, long count) {
    StreamState stream = streams.get(id);
    if (stream == null || stream.remoteClosed) {
      return;
    }
    stream.consumed += count;
    if (stream.consumed * 2 >= stream.localWindow) {
      stream.receiveWindow += stream.consumed;
      windowUpdate(id, stream.consumed);
      stream.consumed = 0;
    }
  }

  void setLocalWindow(long size) {
    long delta = size - localWindow;
    localWindow = size;
    receiveWindow += delta;
    if (delta > 0) {
      windowUpdate(0, delta);
    }
  }

  // Output

  /** The ids of chunks that were sent, or will never be. */
  Object[] takeSentChunks() {
    Object[] taken = sentChunks.toArray();
    sentChunks.clear();
    return taken;
  }

  boolean hasOutput() {
    return out.length() > 0 || (!terminated && hasData());
  }

  private boolean hasData() {
    for (StreamState stream : streams.values()) {
      if (stream.hasOutput() && canSend(stream)) {
        return true;
      }
    }
    return false;
  }

  private boolean canSend(StreamState stream) {
    return stream.queue.isEmpty()
        || (sendWindow > 0 && stream.sendWindow > 0)
        || isEmptyHead(stream);
  }

  private static boolean isEmptyHead(StreamState stream) {
    Chunk head = stream.queue.peek();
    return head != null && head.left() == 0;
  }

  /** The next bytes to send; empty if there are none now. */
  byte[] output() {
    sendWaiting();
    if (!terminated) {
      boolean progress = true;
      while (progress && out.length() < OUTPUT_LIMIT) {
        progress = false;
        for (StreamState stream : inTurn()) {
          if (out.length() >= OUTPUT_LIMIT) {
            break;
          }
          if (stream.hasOutput() && canSend(stream)) {
            progress |= sendData(stream);
            lastServed = stream.id;
          }
        }
      }
    }
    acknowledgements = 0;
    return out.take();
  }

  /** The streams, beginning behind the one served last. */
  private List<StreamState> inTurn() {
    List<StreamState> first = new ArrayList<>();
    List<StreamState> rest = new ArrayList<>();
    for (StreamState stream : streams.values()) {
      (stream.id > lastServed ? first : rest).add(stream);
    }
    first.addAll(rest);
    return first;
  }

  /** One DATA frame of a stream; whether something was done. */
  private boolean sendData(StreamState stream) {
    int limit =
        (int) Math.min(remote.maxFrameSize, Math.max(0, Math.min(sendWindow, stream.sendWindow)));
    int size = 0;
    for (Chunk chunk : stream.queue) {
      size += Math.min(chunk.left(), limit - size);
      if (size >= limit) {
        break;
      }
    }
    boolean last = stream.ending && size == left(stream);
    if (last && stream.trailersFollow) {
      if (size > 0) {
        frame(stream, size, false);
        return true;
      }
      finishChunks(stream);
      stream.trailersAsked = true;
      events.wantTrailers(stream.id);
      return true;
    }
    if (size == 0 && !last) {
      finishChunks(stream);
      return false;
    }
    frame(stream, size, last);
    if (last) {
      endLocal(stream);
    }
    return true;
  }

  private static long left(StreamState stream) {
    long left = 0;
    for (Chunk chunk : stream.queue) {
      left += chunk.left();
    }
    return left;
  }

  private void finishChunks(StreamState stream) {
    for (Chunk head = stream.queue.peek(); head != null && head.left() == 0; ) {
      sentChunks.add(head.id);
      stream.queue.remove();
      head = stream.queue.peek();
    }
  }

  private int padding(int size) {
    int most = (int) Math.min(256, remote.maxFrameSize - size);
    return switch (options.paddingStrategy()) {
      case PADDING_ALIGNED -> {
        int odd = (size + FrameType.HEADER_BYTES) % 8;
        yield odd == 0 ? 0 : Math.min(8 - odd, most);
      }
      case PADDING_MAX -> most;
      default -> 0;
    };
  }

  private void frame(StreamState stream, int size, boolean last) {
    int padding = Math.max(0, padding(size));
    if (padding > Math.min(sendWindow, stream.sendWindow) - size) {
      padding = 0;
    }
    out.frame(
        size + padding,
        FrameType.DATA,
        (last ? END_STREAM : 0) | (padding > 0 ? FrameType.PADDED : 0),
        stream.id);
    if (padding > 0) {
      out.put8(padding - 1);
    }
    int room = size;
    while (room > 0) {
      Chunk head = stream.queue.getFirst();
      int count = Math.min(room, head.left());
      out.put(head.bytes, head.sent, count);
      head.sent += count;
      room -= count;
      if (head.left() == 0) {
        sentChunks.add(head.id);
        stream.queue.remove();
      }
    }
    if (padding > 1) {
      out.zeros(padding - 1);
    }
    finishChunks(stream);
    queuedBytes -= size;
    sendWindow -= size + padding;
    stream.sendWindow -= size + padding;
  }

  /** A field section, up to what this side takes. */
  Section decode(byte[] block) throws HeaderBlocks.CompressionException {
    return headers.decode(
        block, Math.min(local.maxHeaderListSize, MAX_HEADER_LIST), options.maxHeaderListPairs());
  }
}
