package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and the ends of a process, as Node.js has them. */
class CommandLineTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Nodule.Result run(String... arguments) {
    return Nodule.run(folder, Map.of(), null, arguments);
  }

  @Test
  void printsTheLevelOfNode() {
    Nodule.Result result = run("--version");
    assertTrue(result.out().matches("v26\\.\\d+\\.\\d+\n"), result.out());
    assertEquals(0, result.exitCode());
  }

  @Test
  void refusesUnknownOptions() {
    Nodule.Result result = run("--bogus");
    assertEquals(9, result.exitCode());
    assertTrue(result.err().endsWith(": bad option: --bogus\n"), result.err());
  }

  @Test
  void evaluatesAndPrints() {
    assertEquals("42\n", run("-p", "6 * 7").out());
    assertEquals(
        "a b\n", run("-e", "console.log(process.argv.slice(1).join(' '))", "a", "b").out());
  }

  @Test
  void readsAScriptFromStandardInput() {
    assertEquals(
        "from stdin\n", Nodule.run(folder, Map.of(), "console.log('from stdin')", "-").out());
  }

  @Test
  void takesNodeOptionsAndEnvFiles() throws IOException {
    file("preload.js", "globalThis.preloaded = true;");
    file("main.js", "console.log(globalThis.preloaded, process.env.FROM_FILE);");
    file("settings.env", "FROM_FILE='a value'\n");
    Nodule.Result result =
        Nodule.run(
            folder,
            Map.of("NODE_OPTIONS", "--require ./preload.js"),
            null,
            "--env-file=settings.env",
            "main.js");
    assertEquals("true a value\n", result.out(), result.err());
  }

  @Test
  void showsWhereAnErrorWasThrown() throws IOException {
    Path file = file("throws.js", "function f() {\n  throw new TypeError('no');\n}\nf();\n");
    Nodule.Result result = run("throws.js");
    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .startsWith(
                file.toRealPath()
                    + ":2\n  throw new TypeError('no');\n  ^\n\nTypeError: no\n    at f ("),
        result.err());
    assertTrue(result.err().contains("\nNode.js v26."), result.err());
  }

  @Test
  void showsWhereSyntaxIsWrong() throws IOException {
    Path file = file("syntax.js", "let a = 1;\nlet b = ;\n");
    Nodule.Result result = run("syntax.js");
    assertEquals(1, result.exitCode());
    assertTrue(result.err().startsWith(file.toRealPath() + ":2\nlet b = ;\n"), result.err());
    assertTrue(result.err().contains("SyntaxError"), result.err());
    assertEquals(1, run("--check", "syntax.js").exitCode());
  }

  @Test
  void tellsTheRequireStackOfAMissingModule() throws IOException {
    file("a.js", "require('./b.js');");
    file(
        "b.js",
        "try { require('absent'); } catch (e) { console.log(e.code, e.requireStack.length); throw e; }");
    Nodule.Result result = run("a.js");
    assertEquals("MODULE_NOT_FOUND 2\n", result.out());
    assertEquals(1, result.exitCode());
    assertTrue(
        result.err().contains("Cannot find module 'absent'\nRequire stack:\n- "), result.err());
  }

  @Test
  void endsWith13IfTopLevelAwaitNeverSettles() throws IOException {
    file("await.mjs", "await new Promise(() => {});");
    assertEquals(13, run("await.mjs").exitCode());
  }

  @Test
  void endsByItsSignal() throws IOException {
    file("signal.js", "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10000);");
    assertEquals(128 + 15, run("signal.js").exitCode());
  }

  @Test
  void keepsNodesOrder() throws IOException {
    file(
        "order.js",
        """
        const log = [];
        setTimeout(() => log.push('timeout'), 0);
        Promise.resolve().then(() => { log.push('micro 1'); process.nextTick(() => log.push('tick of micro')); }).then(() => log.push('micro 2'));
        process.nextTick(() => { log.push('tick 1'); Promise.resolve().then(() => log.push('micro of tick')); });
        process.nextTick(() => log.push('tick 2'));
        queueMicrotask(() => log.push('micro 3'));
        setTimeout(() => setImmediate(() => { console.log(log.join(', ')); }), 20);
        """);
    assertEquals(
        "tick 1, tick 2, micro 1, micro 3, micro of tick, micro 2, tick of micro, timeout\n",
        run("order.js").out());
  }

  @Test
  void importsPackagesOfBothSystems() throws IOException {
    file("node_modules/old/index.js", "exports.answer = 42; exports.self = __filename;");
    file(
        "node_modules/new/package.json",
        "{\"type\":\"module\",\"exports\":{\"import\":\"./new.js\",\"require\":\"./old.cjs\"}}");
    file(
        "node_modules/new/new.js",
        "export default 'module'; export const live = () => import.meta.url.endsWith('new.js');");
    file("node_modules/new/old.cjs", "module.exports = 'commonjs';");
    file(
        "main.mjs",
        """
        import { answer } from 'old';
        import kind, { live } from 'new';
        import { createRequire } from 'node:module';
        console.log(answer, kind, live(), createRequire(import.meta.url)('new'));
        """);
    Nodule.Result result = run("main.mjs");
    assertEquals("42 module true commonjs\n", result.out(), result.err());
  }
}
