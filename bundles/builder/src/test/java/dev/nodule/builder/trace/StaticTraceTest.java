package dev.nodule.builder.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticTraceTest {
  private static final Set<String> CORE = Set.of("fs", "http", "path", "util", "zlib");

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void realFolder() throws IOException {
    folder = temporary.toRealPath();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Trace trace(String... entries) {
    return StaticTrace.of(folder, List.of(entries).stream().map(folder::resolve).toList(), CORE);
  }

  private Set<String> files(Trace trace) {
    Set<String> names = new TreeSet<>();
    trace.files().keySet().forEach(file -> names.add(trace.name(file)));
    return names;
  }

  @Test
  void requireIsFollowedAsNodeResolvesIt() throws IOException {
    write(
        "main.js",
        "#!/usr/bin/env node\nconst a = require('./lib');\nif (a) return;\nrequire('dep/deep');");
    write("lib/index.js", "exports.x = require('../data.json'); require('node:fs');");
    write("data.json", "{}");
    write(
        "node_modules/dep/package.json",
        "{\"exports\":{\"./deep\":{\"import\":\"./e.mjs\",\"require\":\"./r.cjs\"}}}");
    write("node_modules/dep/r.cjs", "require('#inner')");
    write("node_modules/dep/e.mjs", "import 'http'");
    Trace trace = trace("main.js");
    assertEquals(
        Set.of("main.js", "lib/index.js", "data.json", "node_modules/dep/r.cjs"), files(trace));
    assertEquals(Set.of("fs"), trace.coreIds().keySet());
    assertEquals(List.of("main.js:2", "lib/index.js:1"), trace.chain(trace.coreIds().get("fs")));
    assertEquals(1, trace.notes().size());
    assertTrue(trace.notes().getFirst().text().contains("#inner"));
  }

  @Test
  void modulesImportAndExportAndImportLater() throws IOException {
    write("package.json", "{\"type\":\"module\",\"imports\":{\"#a\":\"./a.js\"}}");
    write(
        "main.js",
        "import x from '#a'; export * from './b.js'; await import('./c.js'); new URL('./w.js', import.meta.url);");
    write("a.js", "export default 1; import { gzip } from 'zlib';");
    write("b.js", "export { join } from 'node:path';");
    write("c.js", "fetch('http://localhost/'); export {}");
    write("w.js", "");
    Trace trace = trace("main.js");
    assertEquals(Set.of("main.js", "a.js", "b.js", "c.js", "w.js"), files(trace));
    assertEquals(Set.of("internal/fetch", "path", "zlib"), trace.coreIds().keySet());
    assertEquals(List.of(), trace.notes());
  }

  @Test
  void whatCannotBeTracedIsToldWithItsPlace() throws IOException {
    write(
        "main.js",
        "\nconst name = './x';\nrequire(name + '.js');\nrequire('absent');\nrequire('./bad.js');");
    write("bad.js", "this is no JavaScript");
    List<String> notes =
        trace("main.js").notes().stream()
            .map(note -> note.file().getFileName() + ":" + note.line() + " " + note.text())
            .toList();
    assertEquals("main.js:3 require of a computed name", notes.get(0));
    assertEquals("main.js:4 'absent': package not installed", notes.get(1));
    assertTrue(notes.get(2).startsWith("bad.js:0 cannot be parsed"), notes.get(2));
  }

  @Test
  void aModuleWithoutATypeIsFoundByItsSyntax() throws IOException {
    write("main.js", "import { inspect } from 'util'; inspect(1);");
    assertEquals(Set.of("util"), trace("main.js").coreIds().keySet());
  }

  @Test
  void workersBesideAFileAreFound() throws IOException {
    write(
        "main.js",
        "const path = require('path'); fork(path.join(__dirname, 'jobs', 'worker.js'));");
    write("jobs/worker.js", "require('http')");
    Trace trace = trace("main.js");
    assertEquals(Set.of("main.js", "jobs/worker.js"), files(trace));
    assertEquals(Set.of("http", "path"), trace.coreIds().keySet());
  }
}
