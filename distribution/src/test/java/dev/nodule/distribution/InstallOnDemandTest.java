package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --install=auto} without a package.json, and what is said where a package is missing; the
 * registry is a folder.
 */
class InstallOnDemandTest {
  private static final int BLOCK = 512;

  @TempDir Path folder;
  Path app;
  Map<String, String> environment;

  @BeforeEach
  void publish() throws Exception {
    Path registry = Files.createDirectories(folder.resolve("registry"));
    publish(registry, "leaf", "1.0.0", "{}", "module.exports = 'leaf'");
    publish(
        registry,
        "branch",
        "2.0.0",
        "{\"leaf\":\"1\"}",
        "try { require('absent'); } catch (e) { module.exports = require('leaf') + ' ' + e.code; }");
    publish(registry, "http2", "1.0.0", "{}", "");
    publish(registry, "absent", "1.0.0", "{}", "");
    app = Files.createDirectories(folder.resolve("app")).toRealPath();
    environment =
        Map.of(
            "npm_config_registry",
            "file:" + registry,
            "NODULE_CACHE",
            folder.resolve("cache").toString());
  }

  private static void publish(
      Path registry, String name, String version, String dependencies, String code)
      throws Exception {
    Path archive = registry.resolve(name + "/-/" + name + "-" + version + ".tgz");
    Files.createDirectories(archive.getParent());
    String manifest =
        "\"name\":\"%s\",\"version\":\"%s\",\"dependencies\":%s"
            .formatted(name, version, dependencies);
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(entry("package/package.json", "{" + manifest + "}"));
      out.write(entry("package/index.js", code));
      out.write(new byte[2 * BLOCK]);
    }
    Files.write(archive, bytes.toByteArray());
    String integrity =
        "sha512-"
            + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes.toByteArray()));
    Files.writeString(
        registry.resolve(name + "/packument.json"),
        "{\"name\":\"%s\",\"dist-tags\":{\"latest\":\"%s\"},\"versions\":{\"%s\":{%s,\"dist\":{\"integrity\":\"%s\"}}}}"
            .formatted(name, version, version, manifest, integrity));
  }

  /** A file of a tar archive: header, content, padding. */
  private static byte[] entry(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] block = new byte[BLOCK + (content.length + BLOCK - 1) / BLOCK * BLOCK];
    put(block, 0, path);
    put(block, 100, "0000644\0");
    put(block, 124, "%011o".formatted(content.length));
    put(block, 148, "        ");
    block[156] = '0';
    put(block, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += block[i] & 0xff;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    System.arraycopy(content, 0, block, BLOCK, content.length);
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private Nodule.Result run(String... arguments) {
    return Nodule.run(app, environment, null, arguments);
  }

  @Test
  void aSingleFileRunsWithNoOtherStep() throws IOException {
    Files.writeString(app.resolve("app.js"), "console.log(require('branch'), require('leaf'))");
    var first = run("--install=auto", "app.js");
    assertEquals("leaf MODULE_NOT_FOUND leaf\n", first.out(), first.err());
    assertEquals(0, first.exitCode());
    assertTrue(first.err().contains("added 2 packages"), first.err());
    assertFalse(Files.exists(app.resolve("node_modules/absent")), "a package's optional require");
    assertTrue(Files.readString(app.resolve("package-lock.json")).contains("sha512-"));
    var second = run("--install=auto", "app.js");
    assertEquals("leaf MODULE_NOT_FOUND leaf\n", second.out(), second.err());
    assertEquals("", second.err(), "nothing is installed twice");
  }

  @Test
  void importsOfAGrowingFileAreAdded() throws IOException {
    Files.writeString(app.resolve("app.mjs"), "import x from 'leaf'; console.log(x)");
    assertEquals("leaf\n", run("--install=auto", "app.mjs").out());
    Files.writeString(
        app.resolve("app.mjs"),
        "import x from 'leaf'; const { default: y } = await import('branch'); console.log(x, y)");
    var grown = run("--install=auto", "app.mjs");
    assertEquals("leaf leaf MODULE_NOT_FOUND\n", grown.out(), grown.err());
    assertTrue(Files.readString(app.resolve("package.json")).contains("\"branch\": \"^2.0.0\""));
  }

  @Test
  void whatIsNoPackageIsNotInstalled() throws IOException {
    Files.writeString(
        app.resolve("app.js"),
        "for (const x of ['node:nothing', './leaf', '/leaf', 'trace_events', 'leaf@1', 'gone', 'gone'])"
            + " try { require(x); console.log('?') } catch (e) { console.log(e.code) }");
    var result = run("--install=auto", "app.js");
    assertEquals(
        "ERR_UNKNOWN_BUILTIN_MODULE\n" + "MODULE_NOT_FOUND\n".repeat(6),
        result.out(),
        result.err());
    assertEquals(1, result.err().split("E404", -1).length - 1, result.err());
    try (var left = Files.list(app)) {
      assertEquals(1, left.count(), "the folder is as it was");
    }
  }

  @Test
  void aMissingPackageNamesTheCommand() throws IOException {
    Files.writeString(app.resolve("app.cjs"), "require('@scope/gone/file')");
    var result = run("app.cjs");
    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .endsWith(
                "\nnodule: '@scope/gone' is not installed; this does it: nodule install @scope/gone\n"),
        result.err());
    assertTrue(result.err().contains("Cannot find module '@scope/gone/file'"), result.err());
    Files.writeString(
        app.resolve("package.json"), "{\"name\":\"a\",\"dependencies\":{\"leaf\":\"1\"}}");
    Files.writeString(app.resolve("app.mjs"), "import 'leaf'");
    var named = Nodule.run(folder, environment, null, "app/app.mjs");
    assertTrue(
        named.err().endsWith("this does it: nodule install --prefix " + app + "\n"), named.err());
    Files.writeString(app.resolve("app.mjs"), "import 'branch'");
    var unnamed = run("--install=auto", "app.mjs");
    assertTrue(unnamed.err().endsWith("this does it: nodule install branch\n"), unnamed.err());
    Files.writeString(app.resolve("app.mjs"), "import './gone.mjs'");
    assertFalse(run("app.mjs").err().contains("nodule install"));
  }
}
