package dev.nodule.core.tls;

import dev.nodule.api.ByteConsumer;
import dev.nodule.api.Callback;
import dev.nodule.api.Errno;
import dev.nodule.api.EventLoop;
import dev.nodule.api.StreamHandle;
import dev.nodule.api.StreamTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another stream, itself a stream: what comes from below goes through the engine to
 * JavaScript or to a consumer, what is written goes through it to below. The engine's slow steps
 * run on the worker pool.
 */
final class TlsStream implements StreamHandle, ByteConsumer {
  private static final int EOF = -4095;
  private static final AtomicLong PEERS = new AtomicLong();

  private final EventLoop loop;
  private final StreamTable table;
  private final StreamHandle lower;
  private final boolean server;
  private final int id;
  private final Object owner;
  private final Callback onRead;
  private final Callback onEvent;
  private SecureContext context;
  private @Nullable SSLEngine engine;
  private @Nullable String serverName;
  private List<String> protocols = List.of();
  private boolean requestCertificate;
  private boolean requireCertificate;
  private final String peerName = "peer" + PEERS.incrementAndGet();
  private @Nullable TlsSession resumed;
  private @Nullable SSLContext sessions;
  private long started;
  private boolean namesFirst;
  private ByteBuffer in = ByteBuffer.allocate(0);
  private final List<byte[]> early = new ArrayList<>();
  private final List<Sent> earlySent = new ArrayList<>();
  private @Nullable ByteConsumer consumer;
  private boolean established;
  private boolean open; // for what is written
  private boolean reading;
  private boolean busy;
  private boolean lowerEnded;
  private boolean ended;
  private boolean closing;
  private boolean closed;
  private long bytesRead;
  private long bytesWritten;

  TlsStream(
      EventLoop loop,
      StreamHandle lower,
      boolean server,
      SecureContext context,
      Object owner,
      Callback onRead,
      Callback onEvent) {
    this.loop = loop;
    this.table = StreamTable.of(loop);
    this.lower = lower;
    this.server = server;
    this.context = context;
    this.owner = owner;
    this.onRead = onRead;
    this.onEvent = onEvent;
    this.id = table.add(this);
  }

  /** For a client, the name that it asks for; for a server, what the client named. */
  @Nullable String serverName() {
    return serverName;
  }

  void configure(
      @Nullable String newServerName,
      List<String> newProtocols,
      boolean newRequestCertificate,
      boolean newRequireCertificate,
      boolean newNamesFirst) {
    serverName = newServerName;
    protocols = newProtocols;
    requestCertificate = newRequestCertificate;
    requireCertificate = newRequireCertificate;
    namesFirst = newNamesFirst;
  }

  /** Begins the handshake; a server that chooses by name waits for the client's first message. */
  void start() {
    lower.consume(this);
    lower.readStart();
    if (!server) {
      createEngine();
      loop.execute(this::advance);
    }
  }

  /**
   * Goes on after the client's wishes were told, perhaps with another context and with one
   * protocol.
   */
  void resume(@Nullable SecureContext chosen, @Nullable String protocol) {
    if (chosen != null) {
      context = chosen;
    }
    if (protocol != null) {
      protocols = List.of(protocol);
    }
    busy = false;
    createEngine();
    loop.execute(this::advance);
  }

  /** For a client, before {@link #start}: takes an earlier session up. */
  void setSession(TlsSession session) {
    resumed = session;
  }

  /** Where a later client finds this connection's session. */
  @Nullable TlsSession session() {
    SSLContext current = sessions;
    return current == null
        ? null
        : new TlsSession(current, resumed != null ? resumed.peerName() : peerName);
  }

  /** Whether keys of an earlier connection were used. */
  boolean isResumed() {
    SSLEngine current = engine;
    return current != null && current.getSession().getCreationTime() < started;
  }

  void setContext(SecureContext chosen) {
    context = chosen;
  }

  private void createEngine() {
    try {
      TlsSession earlier = resumed;
      sessions = earlier == null ? context.sslContext() : earlier.context();
      SSLEngine created =
          context.newEngine(sessions, earlier == null ? peerName : earlier.peerName());
      created.setUseClientMode(!server);
      SSLParameters parameters = created.getSSLParameters();
      if (!protocols.isEmpty()) {
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
      }
      if (server) {
        if (requestCertificate && requireCertificate) {
          parameters.setNeedClientAuth(true);
        } else {
          parameters.setWantClientAuth(requestCertificate);
        }
        parameters.setUseCipherSuitesOrder(true);
      } else {
        parameters.setServerNames(names());
      }
      created.setSSLParameters(parameters);
      started = System.currentTimeMillis();
      created.beginHandshake();
      engine = created;
    } catch (GeneralSecurityException | SSLException | RuntimeException e) {
      fail(e);
    }
  }

  private List<SNIServerName> names() {
    try {
      return serverName == null ? List.of() : List.of(new SNIHostName(serverName));
    } catch (IllegalArgumentException e) {
      // What is no host name is not sent.
      return List.of();
    }
  }

  @Nullable SSLEngine engine() {
    return engine;
  }

  boolean isEstablished() {
    return established;
  }

  /** The peer's certificates, its own first. */
  List<X509Certificate> peerChain() {
    List<X509Certificate> chain = new ArrayList<>();
    SSLEngine current = engine;
    if (current != null) {
      try {
        for (Certificate certificate : current.getSession().getPeerCertificates()) {
          chain.add((X509Certificate) certificate);
        }
      } catch (SSLPeerUnverifiedException e) {
        // It has shown none.
      }
    }
    return chain;
  }

  SecureContext context() {
    return context;
  }

  // From below

  @Override
  public void data(byte[] bytes, int offset, int length) {
    ByteBuffer joined = ByteBuffer.allocate(in.remaining() + length);
    joined.put(in).put(bytes, offset, length).flip();
    in = joined;
    if (server && engine == null && !busy && ClientHello.isComplete(in)) {
      ClientHello hello = ClientHello.read(in);
      serverName = hello.serverName();
      if (isHttp(in)) {
        fail(new SSLException("HTTP request"));
        return;
      }
      if (namesFirst) {
        busy = true;
        onEvent.invokeOn(owner, "hello", serverName, hello.protocols());
        return;
      }
      createEngine();
    }
    advance();
  }

  /** Somebody took the server for one without TLS. */
  private static boolean isHttp(ByteBuffer in) {
    byte[] first = new byte[Math.min(5, in.remaining())];
    in.duplicate().get(first);
    String text = new String(first, StandardCharsets.ISO_8859_1);
    return text.startsWith("GET ")
        || text.startsWith("POST ")
        || text.startsWith("HEAD ")
        || text.startsWith("PUT ");
  }

  @Override
  public void end() {
    lowerEnded = true;
    advance();
  }

  @Override
  public void failed(Errno error) {
    deliverEnd(-error.number());
  }

  /** Runs the engine as far as it gets with what is here. */
  private void advance() {
    SSLEngine current = engine;
    if (current == null || busy || closed) {
      if (lowerEnded && current == null) {
        deliverEnd(EOF);
      }
      return;
    }
    try {
      while (!closed && !busy) {
        HandshakeStatus status = current.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
          runTasks(current);
          return;
        } else if (status == HandshakeStatus.NEED_WRAP) {
          wrapNothing(current);
        } else if (!unwrap(current)) {
          break;
        }
      }
    } catch (SSLException e) {
      sendAlert(current);
      fail(e);
      return;
    }
    if (lowerEnded && !busy && !closed) {
      deliverEnd(EOF);
    }
  }

  private void runTasks(SSLEngine current) {
    busy = true;
    var request = loop.open("TLSWrap");
    loop.workers()
        .execute(
            () -> {
              for (Runnable task = current.getDelegatedTask();
                  task != null;
                  task = current.getDelegatedTask()) {
                task.run();
              }
              loop.execute(
                  () -> {
                    request.close(() -> {});
                    busy = false;
                    advance();
                  });
            });
  }

  private void wrapNothing(SSLEngine current) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(current.getSession().getPacketBufferSize());
    SSLEngineResult result = current.wrap(ByteBuffer.allocate(0), out);
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !established) {
      finish(out);
      return;
    }
    sendDown(out);
    lower.flush(null);
  }

  private void sendDown(ByteBuffer out) {
    if (out.position() > 0) {
      lower.write(out.array(), 0, out.position());
    }
  }

  /**
   * The handshake is done. JavaScript looks at the peer before the last message goes out, and
   * before anything that was written does: who is not trusted gets nothing.
   */
  private void finish(ByteBuffer lastMessage) {
    established = true;
    onEvent.invokeOn(owner, "secure");
    if (!closed) {
      sendDown(lastMessage);
      lower.flush(null);
      open = true;
      flushEarly();
    }
  }

  /** Decrypts one record; false if there is none, or nobody wants it now. */
  private boolean unwrap(SSLEngine current) throws SSLException {
    if (!in.hasRemaining() || established && !reading) {
      return false;
    }
    ByteBuffer out = ByteBuffer.allocate(current.getSession().getApplicationBufferSize());
    SSLEngineResult result = current.unwrap(in, out);
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        return false;
      }
      case CLOSED -> {
        in = ByteBuffer.allocate(0);
        deliverEnd(EOF);
        return false;
      }
      default -> {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !established) {
          finish(ByteBuffer.allocate(0));
        }
        if (out.position() > 0 && !closed) {
          deliver(out);
        }
        return true;
      }
    }
  }

  private void deliver(ByteBuffer out) {
    int count = out.position();
    bytesRead += count;
    ByteConsumer current = consumer;
    if (current != null) {
      current.data(out.array(), 0, count);
    } else {
      onRead.invokeOn(owner, count, java.util.Arrays.copyOf(out.array(), count));
    }
  }

  private void deliverEnd(int status) {
    if (ended || closed) {
      return;
    }
    ended = true;
    ByteConsumer current = consumer;
    if (current != null && status == EOF) {
      current.end();
    } else if (current != null) {
      current.failed(Errno.of(-status));
    } else {
      onRead.invokeOn(owner, status);
    }
  }

  private void sendAlert(SSLEngine current) {
    try {
      for (int i = 0; i < 4 && current.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
        wrapNothing(current);
      }
    } catch (SSLException e) {
      // The peer does without.
    }
  }

  private void fail(Exception exception) {
    if (!ended) {
      ended = true;
      String message = exception.getMessage();
      // Not in the middle of the JavaScript that wanted something
      loop.execute(
          () -> onEvent.invokeOn(owner, "error", message == null ? exception.toString() : message));
    }
  }

  // From above

  @Override
  public void readStart() {
    if (!reading) {
      reading = true;
      lower.readStart();
      if (in.hasRemaining() || lowerEnded) {
        loop.execute(this::advance);
      }
    }
  }

  @Override
  public void readStop() {
    reading = false;
    if (established) {
      lower.readStop();
    }
  }

  @Override
  public void consume(@Nullable ByteConsumer newConsumer) {
    consumer = newConsumer;
  }

  @Override
  public @Nullable ByteConsumer consumer() {
    return consumer;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    bytesWritten += length;
    if (!open) {
      early.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
      return;
    }
    SSLEngine current = engine;
    if (current == null || closed) {
      return;
    }
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (source.hasRemaining()) {
        ByteBuffer out =
            ByteBuffer.allocate(
                Math.min(current.getSession().getPacketBufferSize(), source.remaining() + 512));
        SSLEngineResult result = current.wrap(source, out);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
          out = ByteBuffer.allocate(current.getSession().getPacketBufferSize());
          result = current.wrap(source, out);
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
          return;
        }
        sendDown(out);
      }
    } catch (SSLException e) {
      fail(e);
    }
  }

  @Override
  public boolean flush(@Nullable Sent done) {
    if (!open) {
      if (done != null) {
        earlySent.add(done);
      }
      return false;
    }
    return lower.flush(done);
  }

  private void flushEarly() {
    List<byte[]> waiting = List.copyOf(early);
    early.clear();
    for (byte[] bytes : waiting) {
      bytesWritten -= bytes.length;
      write(bytes, 0, bytes.length);
    }
    List<Sent> callbacks = List.copyOf(earlySent);
    earlySent.clear();
    Sent all = error -> callbacks.forEach(done -> done.done(error));
    if (lower.flush(all)) {
      callbacks.forEach(done -> loop.execute(() -> done.done(null)));
    }
  }

  /** Tells the peer that nothing more comes. */
  void closeOutbound() {
    SSLEngine current = engine;
    if (current == null || closing || !open) {
      return;
    }
    closing = true;
    current.closeOutbound();
    try {
      for (int i = 0; i < 4 && !current.isOutboundDone(); i++) {
        ByteBuffer out = ByteBuffer.allocate(current.getSession().getPacketBufferSize());
        SSLEngineResult result = current.wrap(ByteBuffer.allocate(0), out);
        sendDown(out);
        if (result.bytesProduced() == 0) {
          break;
        }
      }
      lower.flush(null);
    } catch (SSLException e) {
      // The connection ends anyway.
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      lower.consume(null);
      table.remove(id);
      List<Sent> callbacks = List.copyOf(earlySent);
      earlySent.clear();
      callbacks.forEach(done -> loop.execute(() -> done.done(Errno.ECANCELED)));
    }
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public long queued() {
    return lower.queued();
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public double lastActivity() {
    return lower.lastActivity();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
