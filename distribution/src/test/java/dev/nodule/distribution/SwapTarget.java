package dev.nodule.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
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
  static final String PROGRAM =
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

  /** How a command of the launcher is run. */
  private interface Commands {
    Nodule.Result run(String... words) throws IOException, InterruptedException;
  }

  private final Map<String, String> environment;
  private final RunningServer server;
  private final Commands commands;

  private SwapTarget(Map<String, String> environment, RunningServer server, Commands commands) {
    this.environment = environment;
    this.server = server;
    this.commands = commands;
  }

  /** Starts one whose sockets and state lie in {@code folder}. */
  static SwapTarget start(Path folder, String... options) throws IOException {
    Path program = folder.resolve("target.js");
    Files.writeString(program, PROGRAM);
    Map<String, String> environment = environment(folder);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(program.toString());
    RunningServer server =
        RunningServer.start(folder, environment, arguments.toArray(String[]::new));
    return ready(
        folder,
        new SwapTarget(
            environment, server, words -> Nodule.run(Nodule.CHECKOUT, environment, null, words)));
  }

  /** Starts the program of an image; with nothing else of this machine on its path. */
  static SwapTarget startImage(Path folder, Path image, String name) throws IOException {
    Map<String, String> environment = environment(folder);
    environment.put("PORT", "0");
    Process process =
        DistImages.start(folder, environment, image.resolve("bin").resolve(name).toString());
    return ready(
        folder,
        of(process, environment, words -> DistImages.run(folder, environment, words), image));
  }

  private interface Runner {
    Nodule.Result run(String... command) throws IOException, InterruptedException;
  }

  private static SwapTarget of(
      Process process, Map<String, String> environment, Runner runner, Path image)
      throws IOException {
    String nodule = image.resolve("bin/nodule").toString();
    return new SwapTarget(
        environment,
        RunningServer.of(process),
        words -> {
          List<String> command = new ArrayList<>(List.of(nodule));
          command.addAll(List.of(words));
          return runner.run(command.toArray(String[]::new));
        });
  }

  /** Starts the program of an image in another system, whose folder this is. */
  static SwapTarget startImage(ThrowawaySystem system, Path folder, Path image, String name)
      throws IOException {
    Map<String, String> environment = environment(folder);
    environment.put("PORT", "0");
    Process process = system.start(environment, image.resolve("bin").resolve(name).toString());
    return of(
        process,
        environment,
        words -> {
          List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
          environment.forEach((key, value) -> command.add(key + "=" + value));
          command.addAll(List.of(words));
          return system.run(command.toArray(String[]::new));
        },
        image);
  }

  private static Map<String, String> environment(Path folder) {
    Map<String, String> environment = new HashMap<>();
    environment.put("XDG_RUNTIME_DIR", folder.toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    return environment;
  }

  private static SwapTarget ready(Path folder, SwapTarget target) {
    Path socket = folder.resolve("nodule").resolve(target.pid() + ".sock");
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(socket) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return target;
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
    try {
      return commands.run(words.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
