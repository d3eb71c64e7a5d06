package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core modules changed in a process whose worker threads use them. */
class WorkerSwapTest {
  /** A worker that evaluates what it is sent, and tells of swaps. */
  private static final String WORKER =
      """
      const { parentPort } = require('worker_threads');
      const held = require('path');
      const { join } = held;
      const seen = [];
      process.on('moduleswap', ({ module, from, to }) => seen.push(`${module} ${from} ${to}`));
      parentPort.on('message', (text) => {
        let result;
        try { result = eval(text); } catch (error) { result = error.code ?? String(error); }
        parentPort.postMessage(String(result));
      });
      """;

  private static final String START =
      """
      globalThis.Worker = require('worker_threads').Worker;
      globalThis.workers = [];
      globalThis.begin = (code) => new Promise((resolve) => {
        const worker = new Worker(code, { eval: true });
        workers.push(worker);
        worker.once('online', () => resolve('online'));
      });
      globalThis.ask = (worker, text) => new Promise((resolve) => {
        worker.once('message', resolve);
        worker.postMessage(text);
      });
      globalThis.askAll = (text) => Promise.all(workers.map((worker) => ask(worker, text))).then((all) => all.join());
      undefined
      """;

  @TempDir static Path folder;
  private static SwapTarget target;

  @BeforeAll
  static void start() throws Exception {
    target = SwapTarget.start(folder);
    target.evaluate(START);
    for (int i = 0; i < 2; i++) {
      assertEquals("online", target.evaluate("begin(%s)".formatted(quoted(WORKER))));
    }
  }

  @AfterAll
  static void stop() {
    target.close();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  private static String askAll(String text) throws IOException, InterruptedException {
    return target.evaluate("askAll(%s)".formatted(quoted(text)));
  }

  private static void assertDone(Nodule.Result result) {
    assertEquals(0, result.exitCode(), result.out() + result.err());
  }

  @Test
  void everyThreadGetsTheNewVersion() throws Exception {
    assertEquals("a/b,a/b", askAll("join('a', 'b')"));
    String path =
        ModuleJars.of("path", "3.0.0")
            .append("path", "module.exports.join = () => 'joined';")
            .write(folder.resolve("path-3.jar"));
    assertDone(target.command("swap", path));
    assertEquals("joined", target.evaluate("require('path').join('a', 'b')"));
    assertEquals("joined,joined", askAll("join('a', 'b')"));
    assertEquals("true,true", askAll("require('path') === held"));
    assertEquals("path 0.1.0 3.0.0,path 0.1.0 3.0.0", askAll("seen.join()"));
    assertEquals("3.0.0,3.0.0", askAll("process.moduleVersions.path"));
    assertEquals("joined", laterThread("require('path').join('a', 'b')"));

    assertDone(target.command("stop", "path"));
    assertEquals("ERR_MODULE_UNAVAILABLE,ERR_MODULE_UNAVAILABLE", askAll("join('a', 'b')"));
    assertDone(target.command("start", "path"));
    assertEquals("joined,joined", askAll("join('a', 'b')"));

    assertDone(target.command("rollback", "path", "--shipped"));
    assertEquals("a/b,a/b", askAll("join('a', 'b')"));
  }

  private static String laterThread(String expression) throws IOException, InterruptedException {
    return target.evaluate(
        "new Promise((resolve) => new Worker(%s, { eval: true }).once('message', resolve))"
            .formatted(
                quoted("require('worker_threads').parentPort.postMessage(" + expression + ")")));
  }

  /** The module of the workers itself: ports made by one revision serve the next. */
  @Test
  void workerThreadsIsReplacedUnderItsWorkers() throws Exception {
    target.evaluate("globalThis.channel = new MessageChannel(); undefined");
    target.evaluate(
        "globalThis.got = []; channel.port2.on('message', (m) => got.push(m)); undefined");
    String jar =
        ModuleJars.of("worker_threads", "2.0.0")
            .append("worker_threads", "module.exports.marked = 'second';")
            .write(folder.resolve("worker-threads-2.jar"));
    assertDone(target.command("swap", jar));
    assertEquals("second", target.evaluate("require('worker_threads').marked"));
    assertEquals("second,second", askAll("require('worker_threads').marked"));
    assertEquals("1,2", askAll("require('worker_threads').threadId"));
    target.evaluate("channel.port1.postMessage('after'); undefined");
    assertEquals(
        "after", target.evaluate("new Promise((r) => setImmediate(r)).then(() => got.join())"));
    assertEquals("7", laterThread("3 + 4"));
    assertDone(target.command("rollback", "worker_threads"));
    assertEquals("a/b,a/b", askAll("require('path').join('a', 'b')"));
  }

  @Test
  void realmsAreListed() {
    Nodule.Result top = target.command("top", "--once", "--json");
    assertDone(top);
    assertTrue(top.out().contains("worker 1 (WorkerThread)"), top.out());
  }
}
