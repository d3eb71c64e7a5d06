package dev.nodule.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server program under the built launcher, which has printed its URL; closing ends it. */
final class RunningServer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  final Process process;
  final int port;

  private RunningServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a program on a free port and waits for the line with its URL. */
  static RunningServer start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> withPort = new HashMap<>(environment);
    withPort.put("PORT", "0");
    return of(
        Nodule.builder(folder, withPort, arguments)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits for the line with the URL of a program that was started on a free port. */
  static RunningServer of(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = out.readLine()) != null) {
      int colon = line.lastIndexOf(':');
      if (line.startsWith("http://")) {
        Thread.startVirtualThread(() -> drain(out));
        return new RunningServer(
            process, Integer.parseInt(line.substring(colon + 1).replaceAll("\\D", "")));
      }
    }
    throw new IOException("the server ended before it printed its URL");
  }

  private static void drain(BufferedReader reader) {
    try (reader) {
      while (reader.readLine() != null) {
        // What a server prints later is of no interest, but must not fill the pipe.
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** Sends bytes as they are and reads until the server closes the connection. */
  String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
