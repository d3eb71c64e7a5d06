package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules behind globals, changed while their objects are in use: fetch, WebAssembly. */
class FetchSwapTest {
  /**
   * A peer: /slow answers in two parts, /echo what it is sent, /events events, and it has a web
   * socket.
   */
  private static final String PEER =
      """
      const { createHash } = require('crypto');
      globalThis.peer = require('http').createServer((request, response) => {
        if (request.url === '/slow') {
          response.write('one ');
          globalThis.finish = () => response.end('two');
        } else if (request.url === '/events') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write('data: first\\n\\n');
          globalThis.events = response;
        } else if (request.url === '/wasm') {
          response.writeHead(200, { 'content-type': 'application/wasm' });
          response.end(Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
        } else {
          response.setHeader('x-type', request.headers['content-type'] ?? 'none');
          request.pipe(response);
        }
      }).on('upgrade', (request, socket) => {
        const key = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
        socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + key + '\\r\\n\\r\\n');
        socket.on('data', (frame) => {
          const length = frame[1] & 127;
          const text = Buffer.from(frame.subarray(6, 6 + length).map((byte, i) => byte ^ frame[2 + i % 4]));
          socket.write(Buffer.concat([Buffer.from([0x81, length]), text]));
        });
        globalThis.upgraded = socket;
      });
      new Promise((resolve) => peer.listen(0, '127.0.0.1', () => {
        globalThis.url = `http://127.0.0.1:${peer.address().port}`;
        resolve();
      }))
      """;

  private static final String INSTANCES =
      """
      (async () => {
        globalThis.classes = { FormData, Headers, Request, Response, WebSocket, CloseEvent, ErrorEvent, EventSource };
        globalThis.response = new Response('body', { headers: { a: '1' } });
        globalThis.Own = class extends Response { twice() { return this.status * 2; } };
        globalThis.own = new Own('own', { status: 201 });
        globalThis.form = new FormData();
        form.append('key', 'value');
        globalThis.request = new Request(url, { method: 'POST', body: 'posted', headers: { h: '1' } });
        globalThis.fetched = await fetch(url + '/slow');
        globalThis.reader = fetched.body.getReader();
        globalThis.part = Buffer.from((await reader.read()).value).toString();
        globalThis.agent = globalThis[Symbol.for('undici.globalDispatcher.2')];
        globalThis.told = [];
        globalThis.socket = new WebSocket(url.replace('http', 'ws'));
        socket.addEventListener('message', ({ data }) => told.push('socket ' + data));
        globalThis.source = new EventSource(url + '/events');
        source.addEventListener('message', ({ data }) => told.push('event ' + data));
        await new Promise((resolve) => socket.addEventListener('open', resolve));
        socket.send('1');
        while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        return told.sort().join();
      })()
      """;

  private static final String AFTER =
      """
      (async () => {
        const results = {};
        results.same = Object.entries(classes).every(([name, value]) => globalThis[name] === value);
        results.instances = [response instanceof Response, own instanceof Own, own instanceof Response, request instanceof Request].join();
        results.headers = [response.headers.get('a'), new Headers(response.headers).get('a'), Object.getOwnPropertySymbols(response).length].join();
        const again = response.clone();
        results.text = [await response.text(), await again.text(), own.twice(), await own.text()].join();
        results.posted = await (await fetch(request)).text();
        const formed = await fetch(url, { method: 'POST', body: form });
        results.form = formed.headers.get('x-type').split(';')[0] + (await formed.text()).includes('value');
        finish();
        results.slow = part + Buffer.from((await reader.read()).value) + (await reader.read()).done;
        told.length = 0;
        socket.send('2');
        events.write('data: second\\n\\n');
        while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        results.told = told.sort().join();
        results.state = [socket.readyState, source.readyState].join();
        return JSON.stringify(results);
      })()
      """;

  @TempDir static Path folder;
  private static SwapTarget target;

  @BeforeAll
  static void start() throws Exception {
    target = SwapTarget.start(folder, "--experimental-eventsource");
    target.evaluate(PEER);
  }

  @AfterAll
  static void stop() {
    target.close();
  }

  private static void assertDone(Nodule.Result result) {
    assertEquals(0, result.exitCode(), result.out() + result.err());
  }

  private static String jar(String module, ModuleJars jar) throws IOException {
    return jar.write(folder.resolve(module + "-2.jar"));
  }

  @Test
  void whatIsUnderWayAndWhatWasMadeGoesOn() throws Exception {
    assertEquals("event first,socket 1", target.evaluate(INSTANCES));
    ModuleJars second =
        ModuleJars.of("fetch", "2.0.0")
            .append(
                "internal/deps/undici/lib/web/fetch/response",
                "const first = Response.prototype.text; Object.defineProperty(Response.prototype, 'text',"
                    + " { value() { return first.call(this).then((text) => text + ' by second'); } });")
            .append(
                "internal/deps/undici/lib/web/fetch/headers",
                "const get = Headers.prototype.get; Headers.prototype.get = function(name) {"
                    + " return name === 'a' ? get.call(this, name) + ' by second' : get.call(this, name); };");
    assertDone(target.command("swap", jar("fetch", second)));
    assertEquals(
        "{\"same\":true,\"instances\":\"true,true,true,true\",\"headers\":\"1 by second,1 by second,0\","
            + "\"text\":\"body by second,body by second,402,own by second\",\"posted\":\"posted by second\","
            + "\"form\":\"multipart/form-datatrue\",\"slow\":\"one twotrue\",\"told\":\"event second,socket 2\",\"state\":\"1,1\"}",
        target.evaluate(AFTER));
    assertEquals(
        "false", target.evaluate("agent === globalThis[Symbol.for('undici.globalDispatcher.2')]"));
    assertDone(target.command("rollback", "fetch"));
    assertEquals(
        "body true",
        target.evaluate(
            "new Response('body').text().then((text) => text + ' ' + (Response === classes.Response))"));
    assertDone(target.command("stop", "fetch"));
    assertEquals("ERR_MODULE_UNAVAILABLE", target.evaluate("fetch(url)"));
    assertDone(target.command("start", "fetch"));
    assertEquals("200", target.evaluate("fetch(url).then(({ status }) => status)"));
    target.evaluate(
        "socket.close(); source.close(); events.destroy(); upgraded.destroy(); peer.closeIdleConnections()");
  }

  @Test
  void theNamespaceOfWebAssemblyFollows() throws Exception {
    target.evaluate(
        "globalThis.namespace = WebAssembly; globalThis.held = WebAssembly.compileStreaming; undefined");
    String jar =
        jar(
            "webassembly",
            ModuleJars.of("webassembly", "2.0.0")
                .append("internal/webassembly", "streaming.compile = async () => 'second';"));
    assertDone(target.command("swap", jar));
    assertEquals(
        "second second true",
        target.evaluate(
            "(async () => [await WebAssembly.compileStreaming(), await held(), WebAssembly === namespace].join(' '))()"));
    assertDone(target.command("rollback", "webassembly"));
    assertEquals(
        "true",
        target.evaluate(
            "held(fetch(url + '/wasm')).then((made) => made instanceof WebAssembly.Module)"));
  }
}
