package dev.nodule.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A running process whose modules are changed: a server that evaluates what it is sent and answers
 * with the result as text.
 */
final class SwapTarget implements AutoCloseable {
  private static final String PROGRAM =
      """
      const http = require('http');
      const { inspect } = require('util');
      http.createServer(async (request, response) => {
        let text = '';
        for await (const chunk of request) text += chunk;
        let result;
        try {
          result = await (0, eval)(text);
        } catch (error) {
          result = error.code ?? String(error);
        }
        response.end(typeof result === 'string' ? result : inspect(result, { breakLength: Infinity }));
      }).listen(0, '127.0.0.1', function() { console.log(`http://127.0.0.1:${this.address().port}`); }).keepAliveTimeout = 0; // the client keeps connections longer
      globalThis.require = require;
      globalThis.seen = [];
      process.on('moduleswap', ({ module, from, to }) => seen.push(`${module} ${from} ${to}`));
      """;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Map<String, String> environment;
  private final RunningServer server;

  private SwapTarget(Map<String, String> environment, RunningServer server) {
    this.environment = environment;
    this.server = server;
  }

  /** Starts one whose sockets and state lie in {@code folder}. */
  static SwapTarget start(Path folder, String... options) throws IOException {
    Path program = folder.resolve("target.js");
    Files.writeString(program, PROGRAM);
    Map<String, String> environment = new HashMap<>();
    environment.put("XDG_RUNTIME_DIR", folder.toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(program.toString());
    RunningServer server =
        RunningServer.start(folder, environment, arguments.toArray(String[]::new));
    Path socket = folder.resolve("nodule").resolve(server.process.pid() + ".sock");
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(socket) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new SwapTarget(environment, server);
  }

  long pid() {
    return server.process.pid();
  }

  int port() {
    return server.port;
  }

  Process process() {
    return server.process;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The value of an expression in the process. */
  String evaluate(String source) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port))
            .POST(HttpRequest.BodyPublishers.ofString(source))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /**
   * A command of the launcher about this process: its words, with the process's number as second.
   */
  Nodule.Result command(String name, String... rest) {
    List<String> words = new ArrayList<>(List.of(name, String.valueOf(pid())));
    words.addAll(List.of(rest));
    return Nodule.run(Nodule.CHECKOUT, environment, null, words.toArray(String[]::new));
  }

  @Override
  public void close() {
    server.close();
  }
}
