package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the Chrome DevTools protocol in another process debugs a program. */
class InspectorTest {
  private static final long SECONDS = 60;
  private static final Pattern ADDRESS = Pattern.compile("ws://\\S+");

  @TempDir Path folder;

  /** One program under the debugger, and the client that is connected to it. */
  private static final class Debugged implements WebSocket.Listener, AutoCloseable {
    final Process process;
    final BufferedReader errors;
    final URI address;
    final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final List<String> seen = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private int lastId;

    Debugged(Path folder, String... arguments) throws IOException {
      process = Nodule.builder(folder, Map.of(), arguments).start();
      errors =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
      Matcher found = ADDRESS.matcher(errorLine("Debugger listening on "));
      assertTrue(found.find());
      address = URI.create(found.group());
      socket = http.newWebSocketBuilder().buildAsync(address, this).join();
    }

    /** The next line of standard error that begins so. */
    String errorLine(String beginning) throws IOException {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        if (line.startsWith(beginning)) {
          return line;
        }
      }
      throw new AssertionError("no line '" + beginning + "'");
    }

    String get(String path) throws IOException, InterruptedException {
      URI uri = URI.create("http://" + address.getHost() + ":" + address.getPort() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    int send(String method, String parameters) {
      int id = ++lastId;
      String text = "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters);
      socket.sendText(text, true).join();
      return id;
    }

    /** The answer of a command; events are kept. */
    String ask(String method, String parameters) throws InterruptedException {
      String beginning = "{\"id\":" + send(method, parameters) + ",";
      return await(beginning);
    }

    String event(String method) throws InterruptedException {
      return await("{\"method\":\"" + method + "\"");
    }

    private String await(String beginning) throws InterruptedException {
      for (int i = 0; i < seen.size(); i++) {
        if (seen.get(i).startsWith(beginning)) {
          return seen.remove(i);
        }
      }
      while (true) {
        String message = messages.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, () -> "no " + beginning + " but " + seen);
        if (message.startsWith(beginning)) {
          return message;
        }
        seen.add(message);
      }
    }

    /** Ends the connection for which the program waits at its end. */
    int leave() throws InterruptedException {
      socket.abort();
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
      return process.exitValue();
    }

    @Override
    public void close() {
      socket.abort();
      process.destroyForcibly();
    }
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), () -> part + " is not in " + text);
  }

  private static String place(int line, String pausedEvent) {
    assertContains(pausedEvent, "\"lineNumber\":" + line + ",");
    return pausedEvent;
  }

  private void debug(String name, String code) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, code);
    String url = file.toUri().toString();
    try (Debugged program = new Debugged(folder, "--inspect-brk=0", file.toString())) {
      assertContains(program.get("/json/list"), "\"webSocketDebuggerUrl\": \"" + program.address);
      assertContains(program.get("/json/version"), "\"Browser\": \"node.js/v26");
      program.ask("Runtime.enable", "{}");
      program.ask("Debugger.enable", "{}");
      String set = "{\"lineNumber\":2,\"url\":\"" + url + "\"}";
      assertContains(program.ask("Debugger.setBreakpointByUrl", set), "\"locations\":[]");
      program.ask("Runtime.runIfWaitingForDebugger", "{}");
      String first = program.event("Debugger.paused");
      assertContains(first, "\"reason\":\"Break on start\"");
      place(0, first);
      program.ask("Debugger.resume", "{}");
      String hit = place(2, program.event("Debugger.paused"));
      assertContains(hit, "\"functionName\":\"add\"");
      assertContains(hit, url);
      Matcher frame = Pattern.compile("\"callFrameId\":\"([^\"]*)\"").matcher(hit);
      assertTrue(frame.find());
      String evaluation =
          "{\"callFrameId\":\"" + frame.group(1) + "\",\"expression\":\"a * 100 + b\"}";
      assertContains(program.ask("Debugger.evaluateOnCallFrame", evaluation), "\"value\":2003");
      program.ask("Debugger.stepOver", "{}");
      place(3, program.event("Debugger.paused"));
      program.ask("Debugger.stepOut", "{}");
      place(6, program.event("Debugger.paused"));
      program.ask("Debugger.resume", "{}");
      assertContains(program.event("Runtime.consoleAPICalled"), "\"value\":23");
      program.event("Runtime.executionContextDestroyed");
      program.errorLine("Waiting for the debugger to disconnect...");
      assertEquals(5, program.leave());
    }
  }

  private static final String PROGRAM =
      """
      const twenty = 20;
      function add(a, b) {
        const sum = a + b;
        return sum;
      }
      const result = add(twenty, 3);
      console.log(result);
      process.exitCode = 5;
      """;

  @Test
  void aCommonJsProgramStopsWhereItIsTold() throws Exception {
    debug("program.cjs", PROGRAM);
  }

  @Test
  void anEsModuleStopsWhereItIsTold() throws Exception {
    debug("program.mjs", PROGRAM);
  }

  @Test
  void aProfileIsWritten() throws IOException {
    Path file = folder.resolve("busy.js");
    Files.writeString(
        file,
        """
        function busy(end) { let sum = 0; while (Date.now() < end) for (let i = 0; i < 999; i++) sum += i; return sum; }
        busy(Date.now() + 500);
        """);
    var result =
        Nodule.run(
            folder, Map.of(), null, "--cpu-prof", "--cpu-prof-name=p.cpuprofile", file.toString());
    assertEquals(0, result.exitCode(), result.err());
    String profile = Files.readString(folder.resolve("p.cpuprofile"));
    assertContains(profile, "\"functionName\":\"busy\"");
    assertContains(profile, "\"timeDeltas\":[");
  }

  @Test
  void aSignalWritesASnapshot() throws IOException {
    Files.writeString(
        folder.resolve("leak.js"),
        """
        class Leak {}
        globalThis.leak = new Leak();
        setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 50);
        const wait = setInterval(() => {
          const file = require('fs').readdirSync('.').find((name) => name.endsWith('.heapsnapshot'));
          if (file === undefined) return;
          clearInterval(wait);
          const { strings } = JSON.parse(require('fs').readFileSync(file));
          console.log(strings.includes('Leak'));
        }, 50);
        """);
    var result = Nodule.run(folder, Map.of(), null, "--heapsnapshot-signal=SIGUSR2", "leak.js");
    assertEquals("true\n", result.out(), result.err());
  }
}
