package dev.nodule.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodule.api.ModuleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code --metrics=[HOST:]PORT}: the page {@code /metrics} for Prometheus. */
public final class MetricsServer {
  private static final int MAXIMUM_PORT = 65_535;

  private final Metrics metrics;

  private MetricsServer(Metrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Serves until the process ends, on a thread of its own.
   *
   * @param address {@code PORT} on 127.0.0.1, {@code HOST:PORT} or {@code [IPv6]:PORT}; port 0 for
   *     a free one
   * @return where it is
   * @throws IllegalArgumentException if the address is none
   */
  public static String start(String address, Supplier<ModuleManager> manager) throws IOException {
    HttpServer server = HttpServer.create(parse(address), 0);
    MetricsServer handler = new MetricsServer(new Metrics(manager));
    server.createContext("/", handler::answer);
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("nodule-metrics").factory()));
    server.start();
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + bound.getPort()
        + "/metrics";
  }

  static InetSocketAddress parse(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.isEmpty() || host.contains(":")) {
      throw new IllegalArgumentException("'" + address + "' is not [HOST:]PORT");
    }
    int port;
    try {
      port = Integer.parseInt(address.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + address + "' is not [HOST:]PORT");
    }
    if (port < 0 || port > MAXIMUM_PORT) {
      throw new IllegalArgumentException("there is no port " + port);
    }
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        send(exchange, 404, "text/plain; charset=utf-8", "The page is /metrics.\n");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain; charset=utf-8", "Only GET and HEAD.\n");
      } else {
        send(exchange, 200, PrometheusText.CONTENT_TYPE, MetricsPage.of(metrics));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
