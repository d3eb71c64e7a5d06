package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives: the same bytes from every build, and an image that is whole wherever it is unpacked.
 */
@Timeout(600)
@Tag("image")
class ReproducibleImageTest {
  private static final String NAME = "nodule-example-appliance";

  /** Megabytes of 1,000,000 bytes. */
  private static final long MB = 1_000_000;

  @TempDir Path folder;

  private Path make(String name, String... more) {
    Path out = folder.resolve(name);
    String[] arguments = new String[8 + more.length];
    String[] first = {
      "--app",
      DistImages.APPLIANCE.toString(),
      "--out",
      out.toString(),
      "--no-cache",
      "--no-jit",
      "--exclude",
      "child_process,tls"
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    DistImages.make(arguments);
    return out;
  }

  /** {@code jlink} alone would write one of two orders, by chance. */
  @Test
  void twoBuildsAreTheSameBytes() throws Exception {
    Path first = make("first.tar.gz");
    Path second = make("second.tar.gz");
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void theSmallestImageKeepsItsSizeAndRunsWhereItIsMoved() throws Exception {
    Path image = make("small", "--no-intl");
    long bytes = 0;
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    assertTrue(bytes <= 60 * MB, bytes + " bytes");
    Path moved = Files.createDirectories(folder.resolve("some where/else")).resolve("image");
    Files.move(image, moved);
    runs(moved);
  }

  @Test
  void theSmallestArchiveKeepsItsSize() throws Exception {
    Path archive = make("image.tar.xz", "--no-intl");
    assertTrue(Files.size(archive) <= 25 * MB, Files.size(archive) + " bytes");
  }

  private void runs(Path image) throws Exception {
    // What it has is there in full: without the JIT compiler libraries lose methods that nothing
    // calls.
    String program =
        """
        const { once } = require('node:events');
        const http = require('node:http');
        const fs = require('node:fs');
        const list = [3, 1, 2].map((n) => n * 2).toSorted((a, b) => a - b);
        const text = 'Größe'.normalize('NFD').toUpperCase().localeCompare('x') + /(?<a>é+)\\p{Lu}/u.exec('éÉ').groups.a;
        class A { #x = 1n; get x() { return this.#x ** 70n; } static async *g() { yield* [1, 2]; } }
        async function main() {
          const server = http.createServer((q, r) => q.pipe(r)).listen(0);
          await once(server, 'listening');
          const request = http.request({ port: server.address().port, method: 'POST' });
          request.end('body');
          const [response] = await once(request, 'response');
          let body = '';
          for await (const chunk of response) body += chunk;
          server.close();
          let n = 0;
          for await (const i of A.g()) n += i;
          const map = new Map([[new Date(0).toISOString(), structuredClone({ a: [new A().x] })]]);
          const stat = await fs.promises.stat(__filename).catch((e) => e.code);
          console.log('%s %s %s %d %j %s', list, text, body, n, JSON.parse('{"a":[1.5e3]}'), stat, map.size,
            new Proxy({}, { get: () => 7 }).x, [1, [2, [3]]].flat(9), Intl === undefined);
        }
        if (typeof Intl === 'undefined') globalThis.Intl = undefined;
        main();
        """;
    Path script = Files.writeString(folder.resolve("script.js"), program);
    Nodule.Result run =
        DistImages.run(
            folder,
            Map.of("TMPDIR", folder.toString()),
            image.resolve("bin/nodule").toString(),
            script.toString());
    assertEquals("", run.err());
    assertTrue(run.out().startsWith("[ 2, 4, 6 ] "), run.out());
    assertTrue(run.out().contains(" body 3 {\"a\":[1500]} "), run.out());
  }
}
