package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to a process's admin socket. */
final class AdminClient implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader lines;

  private AdminClient(SocketChannel channel) {
    this.channel = channel;
    lines =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /**
   * Connects to a process.
   *
   * @throws AdminException if it is no Nodule process of this user
   */
  static AdminClient connect(long pid) throws AdminException {
    try {
      AdminFolder folder = AdminFolder.ofUser();
      Path socket = folder.socket(pid);
      if (folder.exists()) {
        folder.check();
      }
      boolean alive = Files.exists(Path.of("/proc/" + pid));
      if (!Files.exists(socket)) {
        throw new AdminException(
            "NO_PROCESS",
            !alive
                ? "there is no process " + pid
                : isOwn(pid)
                    ? "process " + pid + " is no Nodule process, or has just started"
                    : "process " + pid + " belongs to somebody else");
      }
      try {
        return new AdminClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      } catch (IOException e) {
        if (!alive) {
          Files.deleteIfExists(socket);
          throw new AdminException(
              "NO_PROCESS", "there is no process " + pid + " any more; its socket was left behind");
        }
        throw e;
      }
    } catch (IOException e) {
      throw new AdminException(
          "NO_PROCESS", "process " + pid + " does not answer: " + e.getMessage());
    }
  }

  private static boolean isOwn(long pid) throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid")
        .equals(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid"));
  }

  /** The processes of this user that answer, and what each says of itself. */
  static List<Map<String, @Nullable Object>> processes() throws AdminException {
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    try {
      for (long pid : AdminFolder.ofUser().processes()) {
        try (AdminClient client = connect(pid)) {
          found.add(Json.object(client.request(request("describe"))));
        } catch (AdminException e) {
          // It has ended.
        }
      }
    } catch (IOException e) {
      throw new AdminException("NO_PROCESS", String.valueOf(e.getMessage()));
    }
    return found;
  }

  static Map<String, @Nullable Object> request(String operation) {
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("op", operation);
    return request;
  }

  /**
   * Asks; the result.
   *
   * @throws AdminException with the reason of a refusal
   */
  @Nullable Object request(Map<String, @Nullable Object> request) throws AdminException {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap((Json.write(request, "") + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      String line = lines.readLine();
      if (line == null) {
        throw new AdminException("ENDING", "the process has ended");
      }
      Map<String, @Nullable Object> answer =
          Json.object(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
      if (!Boolean.TRUE.equals(answer.get("ok"))) {
        throw new AdminException(
            Json.string(answer.get("reason")), Json.string(answer.get("message")));
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new AdminException("ENDING", "the process does not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
