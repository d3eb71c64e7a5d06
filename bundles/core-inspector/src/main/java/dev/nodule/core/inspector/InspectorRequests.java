package dev.nodule.core.inspector;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client asks by HTTP: lists of targets, or to become a WebSocket. */
final class InspectorRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
  // https://www.rfc-editor.org/rfc/rfc6455#section-1.3
  private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int LARGEST_MESSAGE = 256 << 20;

  /** Stands in what is published for the address that the client used. */
  private static final String ADDRESS = "%ADDRESS%";

  private final InspectorServer server;

  InspectorRequests(InspectorServer server) {
    this.server = server;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host != null && !isAllowed(host)) {
      answer(context, HttpResponseStatus.BAD_REQUEST, "text/html", "");
      return;
    }
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    String path = request.uri();
    int query = path.indexOf('?');
    path = query < 0 ? path : path.substring(0, query);
    if (key != null) {
      if (path.equals("/" + server.id())) {
        upgrade(context, key);
      } else {
        answer(context, HttpResponseStatus.BAD_REQUEST, "text/html", "");
      }
      return;
    }
    String body = request.method().equals(HttpMethod.GET) ? published(path) : null;
    if (body == null) {
      answer(
          context,
          path.startsWith("/json") ? HttpResponseStatus.NOT_FOUND : HttpResponseStatus.BAD_REQUEST,
          "text/html",
          "WebSockets request was expected\r\n");
      return;
    }
    String address = host == null ? own(context) : host;
    answer(context, HttpResponseStatus.OK, "application/json", body.replace(ADDRESS, address));
  }

  /**
   * No name but this machine's own: a page of the web whose name is made to mean this address would
   * be let in.
   */
  private static boolean isAllowed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      return true;
    }
    int port = name.lastIndexOf(':');
    name = port < 0 ? name : name.substring(0, port);
    return name.isEmpty()
        || name.equals("localhost")
        || name.equals("localhost6")
        || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  private static String own(ChannelHandlerContext context) {
    InetSocketAddress address = (InetSocketAddress) context.channel().localAddress();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private @Nullable String published(String path) {
    InspectorServer.Published told = server.published();
    String body =
        switch (path) {
          case "/json", "/json/", "/json/list" -> told.targets();
          case "/json/version" -> told.version();
          case "/json/protocol" -> told.protocol();
          default -> path.equals("/json/activate/" + server.id()) ? "Target activated" : "";
        };
    return body.isEmpty() ? null : body;
  }

  private static void answer(
      ChannelHandlerContext context, HttpResponseStatus status, String type, String body) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type + "; charset=UTF-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.CONNECTION, "close")
        .set(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes());
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private void upgrade(ChannelHandlerContext context, String key) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, "websocket")
        .set(HttpHeaderNames.CONNECTION, "Upgrade")
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
    context.writeAndFlush(response);
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(new WebSocket13FrameDecoder(true, false, LARGEST_MESSAGE));
    pipeline.addLast(new WebSocket13FrameEncoder(false));
    pipeline.addLast(new WebSocketFrameAggregator(LARGEST_MESSAGE));
    server.connected(context.channel());
    pipeline.remove("requests");
    pipeline.remove("inspector");
    pipeline.remove("http");
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
