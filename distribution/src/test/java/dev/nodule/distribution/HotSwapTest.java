package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core modules changed in a running process by the launcher's commands, while it answers. */
class HotSwapTest {
  private static final String MARK = "module.exports.marked = 'second';";

  /** They have no public id: FetchSwapTest and OsgiServiceTest change them, and a test below. */
  private static final Set<String> NO_PUBLIC_FACE =
      Set.of("osgi", "fetch", "webassembly", "typescript");

  @TempDir static Path folder;
  private static SwapTarget target;

  @BeforeAll
  static void start() throws IOException {
    target = SwapTarget.start(folder, "--allow-module-control");
  }

  @AfterAll
  static void stop() {
    target.close();
  }

  private static String jar(String name, ModuleJars jar) throws IOException {
    return jar.write(folder.resolve(name + ".jar"));
  }

  private static void assertDone(Nodule.Result result) {
    assertEquals(0, result.exitCode(), result.out() + result.err());
  }

  private static void assertRefused(Nodule.Result result, String reason) {
    assertEquals(1, result.exitCode(), result.out() + result.err());
    assertTrue(result.out().contains("\"refused\":\"" + reason + "\""), result.out());
  }

  @Test
  void everyModuleIsReplacedAndComesBack() throws Exception {
    List<String> words = new ArrayList<>();
    List<String> modules = new ArrayList<>();
    for (String module : ModuleJars.shipped().keySet()) {
      if (!NO_PUBLIC_FACE.contains(module)) {
        modules.add(module);
        words.add(jar("all-" + module, ModuleJars.of(module, "2.0.0").append(module, MARK)));
      }
    }
    String held =
        "globalThis.idOf = (m) => (m === 'test' || m === 'sqlite' ? `node:${m}` : m);"
            + "globalThis.held = new Map(%s.map((m) => [m, require(idOf(m))]))";
    String names = "['" + String.join("','", modules) + "']";
    target.evaluate(held.formatted(names));
    assertDone(target.command("swap", words.toArray(String[]::new)));
    String marks = "[...held].filter(([m, e]) => e.marked !== %s).map(([m]) => m).join()";
    assertEquals("", target.evaluate(marks.formatted("'second'")));
    assertEquals("2.0.0", target.evaluate("process.moduleVersions.events"));
    assertEquals("true", target.evaluate("[...held].every(([m, e]) => require(idOf(m)) === e)"));
    for (String module : modules) {
      assertDone(target.command("rollback", module));
    }
    assertEquals("", target.evaluate(marks.formatted("undefined")));
  }

  @Test
  void heldFunctionsAndInstancesFollow() throws Exception {
    target.evaluate(
        """
        globalThis.join = require('path').join;
        const Base = require('string_decoder').StringDecoder;
        globalThis.Own = class extends Base { twice(b) { return this.write(b) + this.write(b); } };
        globalThis.decoder = new Own('utf8'); undefined
        """);
    String path =
        jar(
            "path-3",
            ModuleJars.of("path", "3.0.0").append("path", "module.exports.join = () => 'joined';"));
    String decoder =
        jar(
            "decoder-3",
            ModuleJars.of("string_decoder", "3.0.0")
                .append(
                    "string_decoder",
                    "module.exports.StringDecoder.prototype.write = function write() { return 'written'; };"));
    assertDone(target.command("swap", path, decoder));
    assertEquals("joined", target.evaluate("join('a', 'b')"));
    assertEquals("writtenwritten", target.evaluate("decoder.twice(Buffer.from('x'))"));
    assertEquals(
        "true",
        target.evaluate(
            "decoder instanceof require('string_decoder').StringDecoder && new (require('string_decoder').StringDecoder)() instanceof Object.getPrototypeOf(Own)"));
    assertDone(target.command("rollback", "path"));
    assertDone(target.command("rollback", "string_decoder"));
    assertEquals("a/b", target.evaluate("join('a', 'b')"));
    assertEquals("xx", target.evaluate("decoder.twice(Buffer.from('x'))"));
    assertEquals("path 3.0.0 0.1.0", target.evaluate("seen.findLast((s) => s.startsWith('path'))"));
  }

  /** What the application changed about process stays; the runtime calls the new revision. */
  @Test
  void databasesGoOnWithAnotherSqlite() throws Exception {
    target.evaluate(
        "globalThis.db = new (require('node:sqlite').DatabaseSync)(':memory:');"
            + "db.exec('CREATE TABLE t(x)'); db.function('one', () => 1);"
            + "globalThis.count = db.prepare('SELECT count(*) n FROM t')");
    String jar = jar("sqlite-2", ModuleJars.of("sqlite", "2.0.0").append("sqlite", MARK));
    assertDone(target.command("swap", jar));
    assertEquals(
        "second,1,true",
        target.evaluate(
            "const { DatabaseSync, marked } = require('node:sqlite');"
                + "db.exec('INSERT INTO t VALUES (one())');"
                + "[marked, count.get().n, db instanceof DatabaseSync].join()"));
    target.evaluate(
        "{ const { DatabaseSync } = require('node:sqlite'); globalThis.db2 = new DatabaseSync(':memory:') }");
    assertDone(target.command("rollback", "sqlite"));
    assertEquals(
        "1,7,false",
        target.evaluate(
            "const values = [count.get().n, db2.prepare('SELECT 7 x').get().x];"
                + "db.close(); db2.close(); [...values, db.isOpen].join()"));
  }

  @Test
  void processIsReplacedInPlace() throws Exception {
    target.evaluate(
        """
        globalThis.before = { cwd: process.cwd, kill: process.kill, env: process.env, argv: process.argv, out: process.stdout };
        globalThis.told = [];
        process.argv.push('pushed');
        process.umask = () => 'mine';
        process.on('SIGUSR2', (name) => told.push(name));
        process.on('warning', (warning) => told.push(warning.message));
        process.on('unhandledRejection', (reason) => told.push(reason));
        process.exitCode = 3; undefined
        """);
    String jar =
        jar(
            "process-3",
            ModuleJars.of("process", "3.0.0")
                .append(
                    "process",
                    "surface.cwd = () => 'second'; lazy('kill', () => () => 'second kill');")
                .append(
                    "internal/process/warning",
                    "module.exports.emitWarning = (text) => emitWarning(`second ${text}`);")
                .append(
                    "internal/process/promises",
                    "const first = rejected; module.exports.rejected = (p, reason) => first(p, `second ${reason}`);")
                .append(
                    "internal/process/signals",
                    "tell = (signal) => () => process.emit(signal, `second ${signal}`);"));
    try {
      assertDone(target.command("swap", jar));
      assertEquals(
          "second second second kill",
          target.evaluate("[process.cwd(), before.cwd(), before.kill()].join(' ')"));
      assertEquals(
          "true true true pushed mine 3",
          target.evaluate(
              "[process.env === before.env, process.argv === before.argv, process.stdout === before.out, process.argv.at(-1),"
                  + " process.umask(), process.exitCode].join(' ')"));
      target.evaluate(
          "process.emitWarning('warned'); Promise.reject('rejected'); process._kill(process.pid, 12)");
      awaitTold("second SIGUSR2,second rejected,second warned");
      assertDone(target.command("rollback", "process"));
      assertEquals(
          "true", target.evaluate("process.cwd() === before.cwd() && process.cwd() !== 'second'"));
      target.evaluate(
          "told.length = 0; process.emitWarning('w'); Promise.reject('r'); process._kill(process.pid, 12)");
      awaitTold("SIGUSR2,r,w");
    } finally {
      target.evaluate(
          """
          process.exitCode = undefined; process.argv.pop(); delete process.umask;
          for (const event of ['SIGUSR2', 'warning', 'unhandledRejection']) process.removeAllListeners(event); undefined
          """);
    }
  }

  private static void awaitTold(String expected) throws Exception {
    for (int i = 0; i < 200 && !target.evaluate("told.sort().join()").equals(expected); i++) {
      Thread.sleep(20);
    }
    assertEquals(expected, target.evaluate("told.sort().join()"));
  }

  /** What was loaded stays loaded, and what the application put around loading stays around it. */
  @Test
  void loaderIsReplacedInPlace() throws Exception {
    Files.writeString(
        folder.resolve("counted.cjs"),
        "module.exports = { times: (globalThis.times = (globalThis.times ?? 0) + 1) };");
    Files.writeString(
        folder.resolve("counted.mjs"),
        "export const times = (globalThis.times = (globalThis.times ?? 0) + 1); export const dir = import.meta.dirname;");
    Files.writeString(
        folder.resolve("later.cjs"),
        "module.exports = [require('./counted.cjs').times, require('virtual'), module.constructor === require('module'), require('./some.text')].join();");
    Files.writeString(folder.resolve("some.text"), "text");
    target.evaluate(
        """
        globalThis.Module = require('module');
        globalThis.here = Module.createRequire(%s);
        globalThis.first = here('./counted.cjs');
        import(%s).then((namespace) => { globalThis.namespace = namespace; });
        globalThis.load = Module._load;
        Module._load = function(request, ...rest) { return request === 'virtual' ? 'patched' : load.call(this, request, ...rest); };
        Module._extensions['.text'] = (module, file) => { module.exports = require('fs').readFileSync(file, 'utf8'); };
        globalThis.hooked = Module.registerHooks({ resolve: (name, context, next) => next(name === 'renamed' ? 'node:os' : name) });
        globalThis.instance = new Module('x'); undefined
        """
            .formatted(quoted("later.cjs"), quoted("counted.mjs")));
    String jar =
        jar(
            "module-3",
            ModuleJars.of("module", "3.0.0")
                .append(
                    "internal/modules/commonjs",
                    "statics.marked = 'second'; const inner = methods.load; methods.load = function(file) {"
                        + " globalThis.loadedBySecond = file; return inner.call(this, file); };"));
    try {
      assertDone(target.command("swap", jar));
      assertEquals(
          "second true true true",
          target.evaluate(
              "[Module.marked, Module === require('module'), instance instanceof Module, here('./counted.cjs') === first].join(' ')"));
      assertEquals("1,patched,true,text", target.evaluate("here('./later.cjs')"));
      assertEquals("true", target.evaluate("loadedBySecond.endsWith('some.text')"));
      assertEquals("true", target.evaluate("here('renamed') === require('os')"));
      target.evaluate(
          "import(%s).then((again) => { globalThis.same = again === namespace; })"
              .formatted(quoted("counted.mjs")));
      for (int i = 0; i < 200 && target.evaluate("typeof same").equals("undefined"); i++) {
        Thread.sleep(20);
      }
      assertEquals("true 2", target.evaluate("same + ' ' + times"));
    } finally {
      target.evaluate(
          "Module._load = load; delete Module._extensions['.text']; hooked.deregister(); undefined");
      assertDone(target.command("rollback", "module"));
    }
    assertEquals(
        "undefined true",
        target.evaluate("[typeof Module.marked, here('./counted.cjs') === first].join(' ')"));
  }

  @Test
  void typeScriptIsTakenByTheNewRevision() throws Exception {
    for (String name : List.of("one.cts", "two.cts", "three.cts")) {
      Files.writeString(
          folder.resolve(name), "const text: string = 'types'; module.exports = text;");
    }
    assertEquals("types", target.evaluate("require(%s)".formatted(quoted("one.cts"))));
    String jar =
        jar(
            "typescript-3",
            ModuleJars.of("typescript", "3.0.0")
                .append(
                    "internal/typescript",
                    "module.exports.stripTypes = (...args) => stripTypes(...args).replace('types', 'second');"));
    assertDone(target.command("swap", jar));
    assertEquals("second", target.evaluate("require(%s)".formatted(quoted("two.cts"))));
    assertDone(target.command("rollback", "typescript"));
    assertEquals("types", target.evaluate("require(%s)".formatted(quoted("three.cts"))));
  }

  private static String quoted(String file) {
    return "'" + folder.resolve(file) + "'";
  }

  @Test
  void importersSeeAnotherRevision() throws Exception {
    target.evaluate("import('node:os').then((os) => { globalThis.osNamespace = os; })");
    String jar =
        jar(
            "os-3",
            ModuleJars.of("os", "3.0.0")
                .append(
                    "os",
                    "Object.defineProperty(module.exports, 'EOL', { value: 'end', enumerable: true }); module.exports.arch = () => 'pdp11';"));
    assertDone(target.command("swap", jar));
    assertEquals("pdp11 end", target.evaluate("`${osNamespace.arch()} ${osNamespace.EOL}`"));
    assertDone(target.command("rollback", "os"));
    assertNotEquals("pdp11 end", target.evaluate("`${osNamespace.arch()} ${osNamespace.EOL}`"));
  }

  @Test
  void whatIsBrokenIsRefusedWithItsReason() throws Exception {
    String whole = jar("whole", ModuleJars.of("url", "4.0.0").append("url", MARK));
    Path truncated = folder.resolve("truncated.jar");
    byte[] bytes = Files.readAllBytes(Path.of(whole));
    Files.write(truncated, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(target.command("swap", truncated.toString(), "--json"), "NOT_A_MODULE");
    assertRefused(
        target.command("swap", folder.resolve("none.jar").toString(), "--json"), "NOT_A_MODULE");
    assertRefused(target.command("swap", folder.toString(), "--json"), "NOT_A_MODULE");
    String plain =
        jar("plain", ModuleJars.of("url", "4.0.0").header("Provide-Capability", "other;a=b"));
    assertRefused(target.command("swap", plain, "--json"), "NOT_A_MODULE");
    String api =
        jar(
            "api",
            ModuleJars.of("url", "4.0.0")
                .header(
                    "Import-Package", "dev.nodule.api;version=\"[9.0,10)\",org.osgi.framework"));
    assertRefused(target.command("swap", api, "--json"), "UNRESOLVED");
    String classes = jar("classes", ModuleJars.of("url", "4.0.0").breakClasses());
    assertRefused(target.command("swap", classes, "--json"), "BROKEN");
    String throwing =
        jar("throws", ModuleJars.of("url", "4.0.0").append("url", "throw new Error('not today');"));
    Nodule.Result result = target.command("swap", throwing, "--json");
    assertRefused(result, "BROKEN");
    assertTrue(result.out().contains("not today"), result.out());
    String syntax = jar("syntax", ModuleJars.of("url", "4.0.0").append("url", "}{"));
    assertRefused(target.command("swap", syntax, "--json"), "BROKEN");
    String unwell =
        jar(
            "unwell",
            ModuleJars.of("url", "4.0.0").append("self-check", "throw new Error('unwell');"));
    assertRefused(target.command("swap", unwell, "--json"), "SELF_CHECK");
    String old = jar("old", ModuleJars.of("url", "0.0.1").append("url", MARK));
    assertRefused(target.command("swap", old, "--json"), "TOO_OLD");
    assertRefused(target.command("rollback", "nothing", "--json"), "UNKNOWN_MODULE");
    assertRefused(target.command("rollback", "url", "--json"), "NOTHING_BEFORE");
    // One of two is broken: neither is taken.
    String good = jar("good", ModuleJars.of("querystring", "4.0.0").append("querystring", MARK));
    assertRefused(target.command("swap", good, throwing, "--json"), "BROKEN");
    assertEquals(
        "undefined undefined",
        target.evaluate("`${require('url').marked} ${require('querystring').marked}`"));
    assertEquals("0.1.0", target.evaluate("process.moduleVersions.url"));
  }

  @Test
  void commandsTellWhoIsNotThere() throws Exception {
    Nodule.Result result =
        Nodule.run(Nodule.CHECKOUT, target.environment(), null, "modules", "999999999");
    assertEquals(2, result.exitCode());
    assertEquals("nodule: there is no process 999999999\n", result.err());
    result = Nodule.run(Nodule.CHECKOUT, target.environment(), null, "modules", "1");
    assertEquals(2, result.exitCode(), result.err());
    result = Nodule.run(Nodule.CHECKOUT, target.environment(), null, "swap", "x", "y.jar");
    assertEquals(9, result.exitCode(), result.err());
    Files.createFile(folder.resolve("nodule/999999998.sock"));
    result = Nodule.run(Nodule.CHECKOUT, target.environment(), null, "ps", "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("\"pid\":" + target.pid()), result.out());
    assertTrue(!Files.exists(folder.resolve("nodule/999999998.sock")));
  }

  @Test
  void aServerWithoutHttpWaitsForIt() throws Exception {
    serverWaitsFor("http");
  }

  @Test
  void aServerWithoutNetWaitsForIt() throws Exception {
    serverWaitsFor("net");
  }

  private static void serverWaitsFor(String module) throws Exception {
    assertDone(target.command("stop", module));
    Thread client = Thread.ofVirtual().start(() -> quietly("1 + 1"));
    Thread.sleep(300);
    assertTrue(client.isAlive());
    assertRefused(target.command("stop", module, "--json"), "NO_CHANGE");
    assertDone(target.command("start", module));
    assertTrue(client.join(java.time.Duration.ofSeconds(20)));
    assertEquals("3", target.evaluate("1 + 2"));
  }

  private static void quietly(String source) {
    try {
      assertEquals("2", target.evaluate(source));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Contexts with keys belong to the Java of a revision; connections and servers go on. */
  @Test
  void secureServersAndConnectionsGoOnWithAnotherTls() throws Exception {
    assertEquals(
        "secure 1",
        target.evaluate(
            """
            (async () => {
              const https = require('https');
              const { key, cert } = (() => {
                const pem = require('child_process').execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
                  'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', '-', '-out', '-', '-subj', '/CN=localhost', '-days', '2',
                  '-addext', 'subjectAltName=DNS:localhost'], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
                const at = pem.indexOf('-----BEGIN CERTIFICATE');
                return { key: pem.slice(0, at), cert: pem.slice(at) };
              })();
              let handshakes = 0;
              const server = https.createServer({ key, cert, keepAliveTimeout: 0 }, (request, response) => response.end('secure'));
              server.on('secureConnection', () => handshakes++);
              await new Promise((resolve) => server.listen(0, resolve));
              const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
              const { port } = server.address();
              globalThis.askSecurely = (isKept) => new Promise((resolve, reject) => {
                https.get({ host: 'localhost', port, ca: cert, agent: isKept && agent }, async (response) => {
                  let text = '';
                  for await (const chunk of response) text += chunk;
                  resolve(`${text} ${handshakes}`);
                }).on('error', reject);
              });
              globalThis.closeSecurely = () => {
                agent.destroy();
                server.close();
                return 'closed';
              };
              return askSecurely(true);
            })()
            """));
    for (String version : List.of("2.0.0", "3.0.0")) {
      assertDone(
          target.command(
              "swap", jar("tls-" + version, ModuleJars.of("tls", version).append("tls", MARK))));
      assertEquals("second", target.evaluate("require('tls').marked"));
      String handshakes = version.equals("2.0.0") ? "1" : "2";
      assertEquals("secure " + handshakes, target.evaluate("askSecurely(true)"));
      assertEquals(
          "secure " + (Integer.parseInt(handshakes) + 1), target.evaluate("askSecurely(false)"));
    }
    assertEquals("closed", target.evaluate("closeSecurely()"));
    assertDone(target.command("rollback", "tls", "--shipped"));
  }

  @Test
  void aStoppedModuleFailsItsCalls() throws Exception {
    target.evaluate(
        "globalThis.qs = require('querystring'); globalThis.stringify = qs.stringify; undefined");
    assertDone(target.command("stop", "querystring"));
    for (String call : List.of("qs.stringify({})", "stringify({})", "require('querystring')")) {
      assertEquals("ERR_MODULE_UNAVAILABLE", target.evaluate(call));
    }
    assertDone(target.command("start", "querystring"));
    assertEquals("a=1", target.evaluate("stringify({ a: 1 })"));
    assertRefused(target.command("rollback", "querystring", "--json"), "NOTHING_BEFORE");
  }

  @Test
  void serversLiveOnWithoutProcessAndLoader() throws Exception {
    for (String call : List.of("process.cwd()", "Reflect.get(require('module'), '_load')('fs')")) {
      String module = call.contains("module") ? "module" : "process";
      String before = target.evaluate("typeof " + call);
      assertDone(target.command("stop", module));
      assertEquals("ERR_MODULE_UNAVAILABLE", target.evaluate("typeof " + call));
      assertEquals("2", target.evaluate("1 + 1"));
      assertDone(target.command("start", module));
      assertEquals(before, target.evaluate("typeof " + call));
    }
  }

  @Test
  void callsWaitForAModuleThatIsAbsent() throws Exception {
    Path own = Files.createDirectory(folder.resolve("waiting"));
    try (SwapTarget waiting = SwapTarget.start(own, "--module-wait=20000")) {
      waiting.evaluate("globalThis.platform = require('os').platform; undefined");
      assertDone(waiting.command("stop", "os"));
      String[] answer = new String[1];
      Thread client =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      answer[0] = waiting.evaluate("platform()");
                    } catch (IOException | InterruptedException e) {
                      answer[0] = e.toString();
                    }
                  });
      Thread.sleep(300);
      assertTrue(client.isAlive());
      assertDone(waiting.command("start", "os"));
      assertTrue(client.join(java.time.Duration.ofSeconds(20)));
      assertEquals("linux", answer[0]);
    }
  }

  @Test
  void javaScriptDoesTheSame() throws Exception {
    String jar = jar("punctual", ModuleJars.of("timers", "5.0.0").append("timers", MARK));
    assertEquals(
        "{ module: 'timers', from: '0.1.0', to: '5.0.0', draining: 0 }",
        target.evaluate("require('nodule:modules').swap('" + jar + "').then((o) => o.changes[0])"));
    assertEquals(
        "5.0.0 0.1.0",
        target.evaluate(
            "require('nodule:modules').list().then((l) => l.find((m) => m.module === 'timers')).then((m) => `${m.version} ${m.previous}`)"));
    assertEquals(
        "ERR_MODULE_OPERATION", target.evaluate("require('nodule:modules').stop('nothing')"));
    assertEquals(
        "0.1.0",
        target.evaluate(
            "require('nodule:modules').rollback('timers').then((o) => o.changes[0].to)"));
    Nodule.Result denied = Nodule.run("-e", "require('nodule:modules')");
    assertTrue(denied.err().contains("ERR_ACCESS_DENIED"), denied.err());
  }

  /** Swaps in version 6.0.0 while the process does {@code calls} again and again. */
  private static void assertRolledBackUnder(String calls, String module, String file, String source)
      throws Exception {
    String jar = jar("worse-" + module, ModuleJars.of(module, "6.0.0").append(file, source));
    target.evaluate(
        "globalThis.calls = setInterval(async () => { for (let i = 0; i < 10; i++) %s }, 5); undefined"
            .formatted(calls));
    try {
      assertDone(target.command("swap", jar));
      awaitVersion(module, "0.1.0");
    } finally {
      target.evaluate("clearInterval(calls); undefined");
    }
    Nodule.Result history = target.command("history");
    assertTrue(
        history.out().contains(module + ": 6.0.0 -> 0.1.0\nautomatic-rollback"), history.out());
  }

  @Test
  void aRevisionThatFailsItsCallersIsRolledBack() throws Exception {
    assertRolledBackUnder(
        "{ try { require('dns').getServers(); } catch {} }",
        "dns",
        "dns",
        "module.exports.getServers = () => { throw new Error('broken'); };");
  }

  @Test
  void aRevisionWhosePromisesAreRejectedIsRolledBack() throws Exception {
    assertRolledBackUnder(
        "await require('timers/promises').setImmediate().catch(() => {});",
        "timers",
        "timers/promises",
        "module.exports.setImmediate = async () => { throw new Error('broken'); };");
  }

  @Test
  void aRevisionWhoseCallbacksGetErrorsIsRolledBack() throws Exception {
    assertRolledBackUnder(
        "require('fs').stat('/', () => {});",
        "fs",
        "fs",
        "const first = module.exports.stat; module.exports.stat = (path, ...rest) => first(`/nowhere${path}`, ...rest);");
  }

  /** What a revision does not mean to throw would end the process, were it not new. */
  @Test
  void aRevisionThatFailsInACallbackIsRolledBack() throws Exception {
    String jar =
        jar(
            "crashing",
            ModuleJars.of("dns", "6.1.0")
                .append("dns", "setTimeout(() => undefined.missing, 200);"));
    assertDone(target.command("swap", jar));
    awaitVersion("dns", "0.1.0");
    assertTrue(target.process().isAlive());
    Nodule.Result history = target.command("history", "--json");
    assertTrue(history.out().contains("\"operation\":\"automatic-rollback\""), history.out());
  }

  private static void awaitVersion(String module, String version) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!target.evaluate("process.moduleVersions." + module).equals(version)) {
      assertTrue(System.nanoTime() < deadline, "not rolled back");
      Thread.sleep(50);
    }
  }

  @Test
  void theChoiceSurvivesTheProcess() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    String jar = ModuleJars.of("os", "7.0.0").append("os", MARK).write(own.resolve("os-7.jar"));
    try (SwapTarget first = SwapTarget.start(own)) {
      assertDone(first.command("swap", jar));
      first.process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    Files.delete(Path.of(jar));
    try (SwapTarget second = SwapTarget.start(own)) {
      assertEquals(
          "second 7.0.0",
          second.evaluate("`${require('os').marked} ${process.moduleVersions.os}`"));
    }
    Path list;
    try (Stream<Path> files = Files.walk(own.resolve("state"))) {
      list = files.filter(file -> file.endsWith("modules")).findFirst().orElseThrow();
    }
    Files.writeString(list, Files.readString(list).replace("7.0.0", "8.0.0"));
    Nodule.Result broken =
        Nodule.run(
            own,
            java.util.Map.of("XDG_STATE_HOME", own.resolve("state").toString()),
            null,
            "-p",
            "1");
    assertEquals("1\n", broken.out());
    try (SwapTarget third = SwapTarget.start(own)) {
      assertEquals("0.1.0", third.evaluate("process.moduleVersions.os"));
      assertDone(third.command("swap", ModuleJars.of("os", "7.0.1").write(own.resolve("os.jar"))));
      assertDone(third.command("rollback", "os"));
    }
    assertTrue(Files.notExists(list));
  }

  @Test
  void aKilledProcessStartsWithOneVersionOrTheOther() throws Exception {
    Path own = Files.createDirectory(folder.resolve("killed"));
    String[] jars = new String[2];
    for (int i = 0; i < 2; i++) {
      jars[i] =
          ModuleJars.of("os", "7.0." + i).append("os", MARK).write(own.resolve("os-" + i + ".jar"));
    }
    for (int round = 0; round < 3; round++) {
      try (SwapTarget killed = SwapTarget.start(own)) {
        assertTrue(
            Set.of("0.1.0", "7.0.0", "7.0.1")
                .contains(killed.evaluate("process.moduleVersions.os")));
        // Swaps one after another, and the end somewhere between two system calls of one of them.
        killed.evaluate(
            """
            new Promise((done) => {
              const client = require('net').connect(`${process.env.XDG_RUNTIME_DIR}/nodule/${process.pid}.sock`);
              let n = 0;
              const next = () => client.write(JSON.stringify({ op: 'swap', jars: [%s[n++ & 1]], allowOlder: true }) + '\\n');
              client.on('data', () => { done(); next(); });
              next();
            })
            """
                .formatted("['" + jars[0] + "','" + jars[1] + "']"));
        Thread.sleep(100 + round * 37);
        killed.process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
    }
    try (SwapTarget last = SwapTarget.start(own)) {
      assertTrue(last.evaluate("process.moduleVersions.os").startsWith("7.0."));
      assertEquals("second", last.evaluate("require('os').marked"));
    }
  }

  @Test
  void signaturesAreDemanded() throws Exception {
    Path own = Files.createDirectory(folder.resolve("signed"));
    Path store = own.resolve("signers.p12");
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    run(
        own,
        java + "/keytool",
        "-genkeypair",
        "-alias",
        "operator",
        "-keyalg",
        "EC",
        "-dname",
        "CN=operator",
        "-keystore",
        "keys.p12",
        "-storepass",
        "secret",
        "-validity",
        "30");
    run(
        own,
        java + "/keytool",
        "-exportcert",
        "-alias",
        "operator",
        "-keystore",
        "keys.p12",
        "-storepass",
        "secret",
        "-file",
        "operator.cer");
    run(
        own,
        java + "/keytool",
        "-importcert",
        "-noprompt",
        "-alias",
        "operator",
        "-file",
        "operator.cer",
        "-keystore",
        store.toString(),
        "-storepass",
        "public",
        "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
        "-J-Dkeystore.pkcs12.macAlgorithm=NONE");
    String unsigned =
        ModuleJars.of("os", "7.0.0").append("os", MARK).write(own.resolve("unsigned.jar"));
    String signed =
        ModuleJars.of("os", "7.0.0").append("os", MARK).write(own.resolve("signed.jar"));
    run(
        own,
        java + "/jarsigner",
        "-keystore",
        "keys.p12",
        "-storepass",
        "secret",
        signed,
        "operator");
    try (SwapTarget careful = SwapTarget.start(own, "--module-signers=" + store)) {
      assertRefused(careful.command("swap", unsigned, "--json"), "UNSIGNED");
      assertDone(careful.command("swap", signed));
      assertEquals("second", careful.evaluate("require('os').marked"));
    }
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
  }

  @Test
  void bundlesOfAFolderAreTaken() throws Exception {
    Path own = Files.createDirectory(folder.resolve("watched"));
    Path bundles = Files.createDirectory(own.resolve("bundles"));
    try (SwapTarget watching = SwapTarget.start(own, "--module-dir=" + bundles)) {
      ModuleJars.of("os", "7.0.0").append("os", MARK).write(bundles.resolve("os.jar"));
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (!watching.evaluate("require('os').marked").equals("second")) {
        assertTrue(System.nanoTime() < deadline, "not taken");
        Thread.sleep(50);
      }
    }
  }
}
