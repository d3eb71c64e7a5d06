package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nodule.permissions}: what each package may use, and the audit that writes it. */
class PackagePermissionsTest {
  private static final long INSTALL_SECONDS = 600;

  /**
   * A package that tries all ways to a module that it has not been granted, and to what others
   * have.
   */
  private static final String EVIL =
      """
      const app = process.argv[1];
      const root = require('path').dirname(app);
      const secret = root + '/secret.txt';
      const run = (cp) => cp.execSync('id');
      const tries = {
        require: () => run(require('child_process')),
        scheme: () => run(require('node:child_process')),
        member: () => run(module.require('child_process')),
        main: () => run(require.main.require('child_process')),
        load: () => run(module.constructor._load('child_process')),
        cache: () => run(Object.values(require.cache)[0].require('child_process')),
        builtin: () => run(process.getBuiltinModule('child_process')),
        createRequire: () => run(require('module').createRequire(app)('child_process')),
        compile: () => new module.constructor(app)._compile('require("child_process")', app),
        evaluated: () => run(eval('require')('child_process')),
        made: () => run(new Function('r', 'return r("child_process")')(require)),
        vm: () => require('vm').runInThisContext('1', app),
        worker: () => new (require('worker_threads').Worker)('1', { eval: true }),
        json: () => require(root + '/secret.json'),
        kill: () => process.kill(process.ppid, 'SIGTERM'),
        lent: () => require('good').fs.readFileSync(secret),
        mapped: () => [secret].map(require('good').fs.readFileSync),
        listed: () => {
          const emitter = new (require('events'))();
          const { fs } = require('good');
          emitter.on('go', fs.readFileSync.bind(fs, secret));
          emitter.emit('go');
        },
        import: () => import('child_process').then((module) => run(module)),
        data: () => import('data:text/javascript,import cp from "node:child_process"; cp.execSync("id")'),
        promised: () => Promise.resolve('child_process').then(require.main.require.bind(require.main)),
        fetched: () => fetch('http://127.0.0.1:1/'),
      };
      module.exports = async () => {
        const found = [];
        for (const [name, attempt] of Object.entries(tries)) {
          try {
            await attempt();
            found.push(`${name} open`);
          } catch (error) {
            const { code = error.stack, permission, package: who } = error.cause ?? error;
            found.push(`${name} ${code} ${permission} ${who}`);
          }
        }
        let bound = 'open';
        try {
          process.binding('spawn_sync');
        } catch {
          bound = 'none';
        }
        return [...found, `binding ${bound}`].join('\\n');
      };
      """;

  private static final String GOOD =
      """
      const fs = require('fs');
      exports.fs = fs;
      exports.readFileSync = (file) => fs.readFileSync(file, 'utf8');
      exports.readFile = (file) => fs.promises.readFile(file, 'utf8');
      exports.readStream = async (file) => {
        let text = '';
        for await (const chunk of fs.createReadStream(file)) text += chunk;
        return text;
      };
      """;

  @TempDir Path app;

  private void write(String name, String text) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void writePackage(String name, String version, String code) throws IOException {
    write(
        "node_modules/" + name + "/package.json",
        "{ \"name\": \"%s\", \"version\": \"%s\" }".formatted(name, version));
    write("node_modules/" + name + "/index.js", code);
  }

  private void grant(String permissions) throws IOException {
    write(
        "package.json",
        "{ \"name\": \"app\", \"nodule\": { \"permissions\": %s } }".formatted(permissions));
  }

  private Nodule.Result run(String... arguments) {
    return Nodule.run(app, Map.of(), null, arguments);
  }

  private String output(String... arguments) {
    Nodule.Result result = run(arguments);
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
    return result.out().strip();
  }

  @BeforeEach
  void makePackages() throws IOException {
    app = app.toRealPath();
    writePackage("good", "1.2.3", GOOD);
    writePackage("evil", "6.6.6", EVIL);
    write("secret.txt", "secret");
    write("secret.json", "{}");
    write("data/a.txt", "a");
  }

  @Test
  void aPackageGetsNothingThatItWasNotGranted() throws IOException {
    grant("{ \"good\": { \"modules\": [\"fs\"], \"read\": [\"./data\"] } }");
    write("index.js", "require('evil')().then(console.log);");
    List<String> lines = output("index.js").lines().toList();
    assertEquals(23, lines.size());
    for (String line : lines) {
      assertTrue(
          line.equals("binding none")
              || line.matches("\\w+ ERR_ACCESS_DENIED \\w+ (evil@6\\.6\\.6|\\*)"),
          line);
    }
  }

  @Test
  void pathsAreThoseOfThePackageThatAsks() throws IOException {
    grant("{ \"good@1\": { \"modules\": [\"fs\"], \"read\": [\"./data\"] }, \"good\": {} }");
    write(
        "index.js",
        """
        const good = require('good');
        const fs = require('fs');
        (async () => {
          console.log(fs.readFileSync('secret.txt', 'utf8'), require('child_process').execSync('echo application').toString().trim());
          for (const file of ['data/a.txt', 'node_modules/good/package.json', 'secret.txt']) {
            for (const read of [good.readFileSync, good.readFile, good.readStream]) {
              try {
                console.log((await read(file)).length);
              } catch ({ code, permission, resource, package: who }) {
                console.log(code, permission, resource.slice(__dirname.length), who);
              }
            }
          }
        })();
        """);
    String refused = "ERR_ACCESS_DENIED FileSystemRead /secret.txt good@1.2.3\n";
    assertEquals(
        "secret application\n1\n1\n1\n38\n38\n38\n" + refused.repeat(3), output("index.js") + "\n");
    // Another version has another entry.
    writePackage("good", "2.0.0", GOOD);
    Nodule.Result result = run("index.js");
    assertTrue(
        result.err().contains("restricted for package 'good@2.0.0'. Add \"fs\" to \"modules\" of"),
        result::err);
  }

  @Test
  void workersAndTheirTextBelongToWhoStartsThem() throws IOException {
    grant("{ \"threads\": { \"modules\": [\"worker_threads\"] } }");
    writePackage(
        "threads",
        "1.0.0",
        """
        const { Worker } = require('worker_threads');
        module.exports = (text, options) => new Promise((resolve) => {
          new Worker(text, options).on('message', resolve).on('error', (error) => resolve(`${error.code} ${error.package}`));
        });
        """);
    write(
        "worker.js",
        "require('worker_threads').parentPort.postMessage(require('fs').readFileSync('secret.txt', 'utf8'));");
    write(
        "index.js",
        """
        const start = require('threads');
        start(require('fs').readFileSync('worker.js', 'utf8'), { eval: true }).then(console.log)
          .then(() => start('./worker.js')).then(console.log);
        """);
    assertEquals("ERR_ACCESS_DENIED threads@1.0.0\nsecret", output("index.js"));
  }

  @Test
  void whatIsWrongInTheFileIsSaid() throws IOException {
    write("index.js", "console.log('ran')");
    grant("{ \"good\": { \"module\": [\"fs\"] } }");
    Nodule.Result result = run("index.js");
    assertEquals(1, result.exitCode());
    assertFalse(result.out().contains("ran"));
    assertTrue(
        result.err().contains("'good' has 'module', which is none of modules, hosts, read, write"),
        result::err);
  }

  @Test
  void theAuditWritesWhatIsNeeded() throws IOException {
    write("package.json", "{ \"name\": \"app\" }");
    writePackage(
        "@acme/server",
        "1.0.0",
        """
        const http = require('http');
        const fs = require('fs');
        const { join } = require('path');
        exports.start = (folder) => new Promise((resolve) => {
          const server = http.createServer((request, response) => {
            if (request.url === '/') fs.createReadStream(join(folder, 'a.txt')).pipe(response);
            else fs.writeFile(join(folder, 'log.txt'), request.url, () => response.end('written'));
          }).listen(0, '127.0.0.1', () => resolve(server));
        });
        """);
    writePackage(
        "client",
        "2.1.0",
        """
        module.exports = async (url) => (await fetch(url)).text();
        """);
    write(
        "index.mjs",
        """
        import { createRequire } from 'node:module';
        import get from 'client';
        import server from '@acme/server';
        import good from 'good';
        const started = await server.start('data');
        const url = `http://127.0.0.1:${started.address().port}`;
        console.log(await get(url + '/'), await get(url + '/log'), good.readFileSync('data/a.txt'));
        started.close();
        started.closeAllConnections();
        """);
    assertEquals("a written a", output("--permission-audit=package.json", "index.mjs"));
    assertEquals(
        """
        {
          "name": "app",
          "nodule": {
            "permissions": {
              ".": {
                "modules": [
                  "module"
                ]
              },
              "@acme/server": {
                "modules": [
                  "fs",
                  "http"
                ],
                "hosts": [
                  "127.0.0.1:0"
                ],
                "read": [
                  "./data/a.txt"
                ],
                "write": [
                  "./data/log.txt"
                ]
              },
              "client": {
                "hosts": [
                  "127.0.0.1:*"
                ]
              },
              "good": {
                "modules": [
                  "fs"
                ],
                "read": [
                  "./data/a.txt"
                ]
              }
            }
          }
        }
        """,
        Files.readString(app.resolve("package.json")));
    assertEquals("a written a", output("index.mjs"));
  }

  /** Express and axios as they are, and the file that the audit wrote for them. */
  @Test
  @Tag("image")
  void realPackagesRunWithTheirAudit() throws IOException {
    write(
        "package.json",
        "{ \"name\": \"app\", \"dependencies\": { \"express\": \"^5.1.0\", \"axios\": \"^1.7.0\" } }");
    Nodule.Result installed =
        Nodule.run(INSTALL_SECONDS, app, Map.of(), null, "install", "--no-audit", "--no-fund");
    assertEquals(0, installed.exitCode(), installed::err);
    write("views/a.txt", "a view");
    write(
        "index.js",
        """
        const axios = require('axios');
        const express = require('express');
        const server = express()
          .get('/json', (request, response) => response.json({ query: request.query }))
          .get('/view', (request, response) => response.sendFile(require('path').resolve('views/a.txt')))
          .listen(0, '127.0.0.1', async () => {
            const url = `http://127.0.0.1:${server.address().port}`;
            const { data } = await axios.get(`${url}/json?a=1`);
            const view = await axios.get(`${url}/view`);
            console.log(JSON.stringify(data), view.data);
            server.close();
            server.closeAllConnections();
          });
        """);
    String expected = "{\"query\":{\"a\":\"1\"}} a view";
    assertEquals(expected, output("--permission-audit=package.json", "index.js"));
    String written = Files.readString(app.resolve("package.json"));
    assertTrue(written.contains("\"send\": {"), written);
    assertEquals(expected, output("index.js"));
    // Without the file the view cannot be sent.
    Files.writeString(
        app.resolve("package.json"), written.replace("./views/a.txt", "./views/b.txt"));
    Nodule.Result refused = run("index.js");
    assertTrue(refused.err().contains("status code 500"), () -> refused.out() + refused.err());
  }
}
