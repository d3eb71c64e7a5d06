package dev.nodule.core.inspector;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The server that debuggers connect to. It has a thread of its own: it answers while the program is
 * suspended.
 */
final class InspectorServer {
  private static final int LARGEST_REQUEST = 1 << 16;
  private static final int EADDRINUSE = -98;
  private static final int EADDRNOTAVAIL = -99;

  private final String id;
  private final Inbox inbox;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1,
          Thread.ofPlatform().daemon().name("nodule-inspector").factory(),
          NioIoHandler.newFactory());
  private final Map<String, Channel> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger lastSession = new AtomicInteger();
  private volatile Published published = new Published("[]", "{}", "{}");
  private @Nullable Channel server;

  /** What is told at the paths below /json; none is null where nothing is to be told. */
  record Published(String targets, String version, String protocol) {}

  InspectorServer(String id, Inbox inbox) {
    this.id = id;
    this.inbox = inbox;
  }

  /** The port, or the negative number of the system's error. */
  int listen(String host, int port) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast("http", new HttpServerCodec())
                        .addLast("requests", new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast("inspector", new InspectorRequests(InspectorServer.this));
                  }
                });
    try {
      Channel channel =
          bootstrap.bind(new InetSocketAddress(host, port)).syncUninterruptibly().channel();
      server = channel;
      return ((InetSocketAddress) channel.localAddress()).getPort();
    } catch (Exception e) {
      group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      return e instanceof BindException && String.valueOf(e.getMessage()).contains("Cannot assign")
          ? EADDRNOTAVAIL
          : EADDRINUSE;
    }
  }

  String id() {
    return id;
  }

  Published published() {
    return published;
  }

  void publish(String targets, String version, String protocol) {
    published = new Published(targets, version, protocol);
  }

  boolean isConnected() {
    return !sessions.isEmpty();
  }

  /** A connection has become a WebSocket. */
  void connected(Channel channel) {
    String session = String.valueOf(lastSession.incrementAndGet());
    sessions.put(session, channel);
    InspectorModule.printError("Debugger attached.\n");
    inbox.add(new Message("connect", session, ""));
    channel.pipeline().addLast("session", new Session(session));
  }

  void send(String session, String text) {
    Channel channel = sessions.get(session);
    if (channel != null) {
      channel.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  void closeSession(String session) {
    Channel channel = sessions.remove(session);
    if (channel != null) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes the port and all connections; what was sent before is delivered. */
  void close() {
    Channel known = server;
    if (known != null) {
      known.close().awaitUninterruptibly();
    }
    for (String session : sessions.keySet()) {
      closeSession(session);
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1_000);
  }

  private final class Session extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final String number;

    Session(String number) {
      this.number = number;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      switch (frame) {
        case TextWebSocketFrame text -> inbox.add(new Message("message", number, text.text()));
        case PingWebSocketFrame ping ->
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        case CloseWebSocketFrame close -> {
          context
              .writeAndFlush(new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER))
              .addListener(ChannelFutureListener.CLOSE);
        }
        default -> {
          // The protocol is text.
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      sessions.remove(number);
      inbox.add(new Message("disconnect", number, ""));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
