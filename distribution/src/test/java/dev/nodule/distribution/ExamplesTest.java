package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other examples. */
class ExamplesTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  private static URI uri(RunningServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port + path);
  }

  @Test
  void streamingServesRanges() throws Exception {
    byte[] content = new byte[5_000_000];
    new Random(7).nextBytes(content);
    Path file = Files.write(folder.resolve("content.bin"), content);
    try (RunningServer server =
        RunningServer.start(
            folder,
            Map.of(),
            Nodule.CHECKOUT.resolve("examples/streaming/server.js").toString(),
            file.toString())) {
      HttpResponse<byte[]> whole =
          CLIENT.send(
              HttpRequest.newBuilder(uri(server, "/")).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertArrayEquals(content, whole.body());
      HttpResponse<byte[]> part =
          CLIENT.send(
              HttpRequest.newBuilder(uri(server, "/"))
                  .header("Range", "bytes=1000000-1000099")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(206, part.statusCode());
      assertArrayEquals(java.util.Arrays.copyOfRange(content, 1_000_000, 1_000_100), part.body());
      HttpResponse<Void> beyond =
          CLIENT.send(
              HttpRequest.newBuilder(uri(server, "/")).header("Range", "bytes=9000000-").build(),
              HttpResponse.BodyHandlers.discarding());
      assertEquals(416, beyond.statusCode());
    }
  }

  @Test
  void forkComputesElsewhere() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            folder, Map.of(), Nodule.CHECKOUT.resolve("examples/fork/server.js").toString())) {
      CompletableFuture<HttpResponse<String>> hard =
          CLIENT.sendAsync(
              HttpRequest.newBuilder(uri(server, "/fib/24")).build(),
              HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> easy =
          CLIENT.send(
              HttpRequest.newBuilder(uri(server, "/")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals("still answering\n", easy.body());
      assertEquals("46368\n", hard.get(60, TimeUnit.SECONDS).body());
    }
  }

  @Test
  void chatTellsEverybody() throws Exception {
    Path example = Nodule.CHECKOUT.resolve("examples/chat");
    Files.createDirectories(folder.resolve("public"));
    for (String name : new String[] {"package.json", "server.js", "public/index.html"}) {
      Files.copy(example.resolve(name), folder.resolve(name));
    }
    try (RunningServer server =
        RunningServer.start(folder, Map.of(), "--install=auto", "server.js")) {
      List<WebSocket> sockets = new ArrayList<>();
      List<BlockingQueue<String>> inboxes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
        inboxes.add(inbox);
        sockets.add(
            CLIENT
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port + "/room"), new Inbox(inbox))
                .get(30, TimeUnit.SECONDS));
      }
      sockets.getFirst().sendText("hello, all", true).get(10, TimeUnit.SECONDS);
      for (BlockingQueue<String> inbox : inboxes) {
        String message;
        do {
          message = inbox.poll(30, TimeUnit.SECONDS);
          assertTrue(message != null, "a client was not told");
        } while (!message.contains("\"type\":\"message\""));
        assertTrue(message.contains("hello, all"), message);
      }
      sockets.forEach(WebSocket::abort);
    }
  }

  private record Inbox(BlockingQueue<String> messages) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      messages.add(data.toString());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
