package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Express example, its packages installed from the registry by Nodule, under a real client and
 * under hostile ones.
 */
class HttpServerTest {
  @TempDir static Path folder;
  private static RunningServer server;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void installAndStart() throws IOException {
    Path example = Nodule.CHECKOUT.resolve("examples/express");
    Files.createDirectories(folder.resolve("public"));
    for (String name : new String[] {"package.json", "server.js", "public/index.html"}) {
      Files.copy(example.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    server =
        RunningServer.start(
            folder, Map.of("NODE_ENV", "production"), "--install=auto", "server.js");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void assertStillServing() throws Exception {
    assertEquals(200, send(request("/api/notes")).statusCode());
  }

  @Test
  void servesRoutesAndJson() throws Exception {
    HttpResponse<String> created =
        send(
            request("/api/notes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"é\"}")));
    assertEquals(201, created.statusCode());
    assertTrue(created.body().contains("\"text\":\"é\""), created.body());
    assertEquals(404, send(request("/api/notes/999")).statusCode());
    assertEquals(
        422,
        send(request("/api/notes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")))
            .statusCode());
    assertEquals(
        400,
        send(request("/api/notes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{broken")))
            .statusCode());
  }

  @Test
  void servesStaticFilesWithValidators() throws Exception {
    HttpResponse<String> page = send(request("/"));
    assertTrue(page.body().contains("Express on Nodule"));
    String etag = page.headers().firstValue("etag").orElseThrow();
    assertEquals(304, send(request("/").header("If-None-Match", etag)).statusCode());
    assertEquals(206, send(request("/").header("Range", "bytes=0-9")).statusCode());
    assertEquals(404, send(request("/../server.js")).statusCode());
  }

  @Test
  void hidesStacksInProduction() throws Exception {
    HttpResponse<String> failed = send(request("/fail"));
    assertEquals(500, failed.statusCode());
    assertEquals("{\"error\":\"this route always fails\"}", failed.body());
  }

  @Test
  void takesChunkedBodies() throws Exception {
    String response =
        server.exchange(
            "POST /api/notes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "8\r\n{\"text\":\r\n5;ext=1\r\n\"ab\"}\r\n0\r\n\r\n");
    assertTrue(response.startsWith("HTTP/1.1 201 "), response);
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    String one = "GET /api/notes/1 HTTP/1.1\r\nHost: x\r\n\r\n";
    String two = "GET /api/notes/77 HTTP/1.1\r\nHost: x\r\n\r\n";
    String last = "GET /api/notes/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    String response = server.exchange(one + two + last);
    int first = response.indexOf("HTTP/1.1 200");
    int second = response.indexOf("HTTP/1.1 404", first + 1);
    int third = response.indexOf("HTTP/1.1 200", second + 1);
    assertTrue(first == 0 && second > first && third > second, response);
  }

  @Test
  void keepsConnectionsAlive() throws Exception {
    try (Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 3; i++) {
        out.write(
            "HEAD /api/notes/1 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        String head = readHead(in);
        assertTrue(head.startsWith("HTTP/1.1 200") && head.contains("Keep-Alive: timeout="), head);
      }
    }
  }

  @Test
  void continuesWhenAClientExpectsIt() throws Exception {
    try (Socket socket = server.connect()) {
      socket
          .getOutputStream()
          .write(
              "POST /api/notes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertTrue(readHead(socket.getInputStream()).startsWith("HTTP/1.1 100 Continue"));
      socket
          .getOutputStream()
          .write("{\"text\":\"ab\"}".substring(0, 12).getBytes(StandardCharsets.ISO_8859_1));
      assertTrue(
          readHead(socket.getInputStream()).startsWith("HTTP/1.1 400"),
          "twelve of thirteen bytes are no JSON");
    }
  }

  @Test
  void refusesMalformedAndSmuggledRequests() throws Exception {
    for (String bad :
        new String[] {
          "nonsense\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
          "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello",
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n"
        }) {
      String response = server.exchange(bad);
      assertTrue(
          response.startsWith("HTTP/1.1 400 Bad Request\r\n"), () -> bad + " -> " + response);
      assertEquals(
          response.lastIndexOf("HTTP/1.1 "), 0, () -> bad + " was answered twice: " + response);
    }
    assertStillServing();
  }

  @Test
  void refusesFloodsOfHeaders() throws Exception {
    StringBuilder flood = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 400; i++) {
      flood.append("X-").append(i).append(": ").append("y".repeat(100)).append("\r\n");
    }
    String response = server.exchange(flood.append("\r\n").toString());
    assertTrue(response.startsWith("HTTP/1.1 431 "), response);
    assertStillServing();
  }

  @Test
  void survivesAbortedRequests() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = server.connect()) {
        socket.setSoLinger(true, 0);
        socket
            .getOutputStream()
            .write(
                "POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                    .getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    assertStillServing();
  }

  @Test
  void aSlowClientHarmsNobody() throws Exception {
    try (Socket slow = server.connect()) {
      slow.getOutputStream().write("GET / HTTP/1.1\r\nHost:".getBytes(StandardCharsets.ISO_8859_1));
      long start = System.nanoTime();
      assertStillServing();
      assertFalse(slow.isClosed());
      assertTrue(System.nanoTime() - start < 30_000_000_000L);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int c;
    while (head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0) {
      head.append((char) c);
    }
    return head.toString();
  }
}
