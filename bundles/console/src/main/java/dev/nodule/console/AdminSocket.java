package dev.nodule.console;

import dev.nodule.api.ModuleManager;
import dev.nodule.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process's side of the admin channel. It opens a moment after the start, so that short
 * programs do not pay for it, and serves each connection on a thread of its own.
 */
public final class AdminSocket {
  private static final long DELAY_MILLIS = 500;
  private static final int MAXIMUM_LINE = 1 << 20;

  private final Supplier<ModuleManager> manager;
  private final ProcessDescription process;
  private volatile @Nullable Path file;
  private volatile boolean closed;

  private AdminSocket(Supplier<ModuleManager> manager, ProcessDescription process) {
    this.manager = manager;
    this.process = process;
  }

  /** Opens the socket later, on a daemon thread. */
  public static AdminSocket openLater(Supplier<ModuleManager> manager, ProcessDescription process) {
    AdminSocket socket = new AdminSocket(manager, process);
    Thread thread = new Thread(socket::open, "nodule-admin");
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  private void open() {
    try {
      Thread.sleep(DELAY_MILLIS);
      AdminFolder folder = AdminFolder.ofUser();
      folder.create();
      Path path = folder.socket(process.pid());
      Files.deleteIfExists(path);
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        file = path;
        AdminRequests requests = new AdminRequests(manager, process);
        while (!closed) {
          SocketChannel client = server.accept();
          Thread.ofVirtual().name("nodule-admin-client").start(() -> serve(client, requests));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Without an admin channel the process serves all the same; `nodule ps` does not list it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(SocketChannel client, AdminRequests requests) {
    try (client;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8))) {
      String line;
      while ((line = readLine(lines)) != null) {
        Object answer;
        try {
          answer = requests.answer(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
          answer = requests.answer(null);
        }
        ByteBuffer bytes =
            ByteBuffer.wrap((Json.write(answer, "") + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          client.write(bytes);
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** A line, null at the end or if it is longer than any request. */
  private static @Nullable String readLine(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0 || line.length() > MAXIMUM_LINE) {
        return null;
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** Takes the socket's file away; the process is ending. */
  public void close() {
    closed = true;
    Path path = file;
    if (path != null) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // `nodule ps` takes it away when nobody answers there.
      }
    }
  }
}
