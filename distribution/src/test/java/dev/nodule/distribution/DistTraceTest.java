package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code nodule dist --trace}: names that nobody can read in the source are seen in a run. */
@Timeout(300)
@Tag("image")
class DistTraceTest {
  @TempDir Path folder;

  @BeforeEach
  void writeApplication() throws IOException {
    write(
        "package.json",
        "{\"name\":\"traced\",\"version\":\"1.0.0\",\"main\":\"index.js\",\"scripts\":{\"test\":\"node test.js\"},"
            + "\"dependencies\":{\"dep\":\"1\",\"other\":\"1\"}}");
    write("index.js", "exports.load = (n) => require(n);\nexports.bring = (n) => import(n);");
    write(
        "test.js",
        "console.log('its own words');\nconst app = require('./index.js');\napp.load('d' + 'ep');\n"
            + "app.bring('./lib/' + 'late.mjs').then((m) => { process.exitCode = m.default; });");
    write("lib/late.mjs", "import 'node:dgram';\nexport default 0;");
    write("node_modules/dep/package.json", "{\"name\":\"dep\",\"main\":\"main.js\"}");
    write("node_modules/dep/main.js", "require('node:zl' + 'ib');");
    write("node_modules/other/package.json", "{\"name\":\"other\"}");
    write("node_modules/other/index.js", "");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private Nodule.Result explain(String what, String... more) {
    String[] arguments = new String[5 + more.length];
    String[] first = {"dist", "--app", folder.toString(), "--explain", what};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return Nodule.run(arguments);
  }

  @Test
  void whatACommandLoadsIsInTheImage() {
    Nodule.Result without = explain("dep");
    assertEquals(1, without.exitCode());
    assertEquals(
        "nodule: nothing in this application brings 'dep' into its image\n", without.err());

    Nodule.Result dep = explain("dep", "--trace", "npm test");
    assertEquals("index.js\n  node_modules/dep/main.js\n", dep.out(), dep.err());
    assertTrue(dep.err().contains("its own words"), dep.err());
    assertEquals(
        "index.js\n  node_modules/dep/main.js\n    core module zlib\n",
        explain("zlib", "--trace", "npm test").out());
    assertEquals(
        "index.js\n  lib/late.mjs\n    core module dgram\n",
        explain("dgram", "--trace", "node test.js").out());
    assertEquals(1, explain("other", "--trace", "node test.js").exitCode());
  }

  @Test
  void aCommandThatFailsMakesNoImage() {
    Nodule.Result failed = explain("dep", "--trace", "node -e 'process.exit(4)'");
    assertEquals(1, failed.exitCode());
    assertTrue(
        failed
            .err()
            .contains("nodule: --trace: 'node -e 'process.exit(4)'' ended with exit code 4"),
        failed.err());
  }
}
