package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of bundles in JavaScript: {@code require('osgi:...')}. */
class OsgiServiceTest {
  private static final String SOURCE =
      """
      package dev.example;

      import java.util.*;
      import java.util.concurrent.*;
      import org.osgi.framework.*;

      public class Activator implements BundleActivator {
        public enum Size { SMALL, LARGE }
        public record Item(String name, int price, Size size, List<String> tags) {}
        public interface Shop {
          String greet(String name);
          long sum(List<Integer> numbers);
          int twice(int number);
          String twice(String text);
          Item item(String name, Size size);
          byte[] reverse(byte[] bytes);
          Optional<String> find(Map<String, Object> query);
          CompletionStage<String> later(String text);
          CompletionStage<String> never();
          void fail() throws Exception;
        }
        public void start(BundleContext context) { context.registerService(Shop.class, new Store(), null); }
        public void stop(BundleContext context) {}
        static class Store implements Shop {
        public String greet(String name) { return "GREETING " + name; }
        public long sum(List<Integer> numbers) { return numbers.stream().mapToInt(n -> n).sum(); }
        public int twice(int number) { return number * 2; }
        public String twice(String text) { return text + text; }
        public Item item(String name, Size size) { return new Item(name, 3, size, List.of("new")); }
        public byte[] reverse(byte[] bytes) { for (int i = 0; i < bytes.length / 2; i++) {
          byte b = bytes[i]; bytes[i] = bytes[bytes.length - 1 - i]; bytes[bytes.length - 1 - i] = b; } return bytes; }
        public Optional<String> find(Map<String, Object> query) { return Optional.ofNullable((String) query.get("name")); }
        public CompletionStage<String> later(String text) { return CompletableFuture.supplyAsync(() -> text.toUpperCase()); }
        public CompletionStage<String> never() { return CompletableFuture.failedFuture(new IllegalStateException("not today")); }
        public void fail() throws Exception { throw new java.io.IOException("broken"); }
        }
      }
      """;
  private static final String NAME = "dev.example.Activator$Shop";

  @TempDir Path folder;

  /** A bundle that registers a service and knows nothing of Nodule. */
  private Path bundle(String greeting) throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes-" + greeting));
    Path source = classes.resolve("Activator.java");
    Files.writeString(source, SOURCE.replace("GREETING", greeting));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, failed);
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "dev.example.shop");
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Bundle-Activator", "dev.example.Activator");
    headers.putValue("Import-Package", "org.osgi.framework");
    Path jar = folder.resolve(greeting + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.list(classes.resolve("dev/example"))) {
      for (Path file : files.sorted().toList()) {
        entries.putNextEntry(new JarEntry("dev/example/" + file.getFileName()));
        entries.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private static void await(SwapTarget target, String expression, String expected)
      throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    String seen = target.evaluate(expression);
    while (!seen.equals(expected) && System.nanoTime() < deadline) {
      Thread.sleep(100);
      seen = target.evaluate(expression);
    }
    assertEquals(expected, seen);
  }

  @Test
  void aServiceIsCalledGoesAndComesBack() throws Exception {
    Path modules = Files.createDirectory(folder.resolve("modules"));
    Path deployed = modules.resolve("shop.jar");
    try (SwapTarget target = SwapTarget.start(folder, "--allow-java", "--module-dir=" + modules)) {
      String require = "(globalThis.shop = require('osgi:" + NAME + "'))";
      assertEquals("ERR_OSGI_SERVICE_GONE", target.evaluate(require + ".greet('you')"));
      assertEquals("ERR_INVALID_ARG_VALUE", target.evaluate("require('osgi:(x=*)')"));

      Files.copy(bundle("hello"), deployed);
      await(target, require + ".greet('you')", "hello you");
      assertEquals("6", target.evaluate("shop.sum([1, 2, 3])"));
      assertEquals("[ 8, 'abab' ]", target.evaluate("[shop.twice(4), shop.twice('ab')]"));
      assertEquals(
          "{ name: 'hat', price: 3, size: 'LARGE', tags: [ 'new' ] }",
          target.evaluate("shop.item('hat', 'LARGE')"));
      assertEquals("<Buffer 03 02 01>", target.evaluate("shop.reverse(new Uint8Array([1, 2, 3]))"));
      assertEquals("[ 'x', null ]", target.evaluate("[shop.find({ name: 'x' }), shop.find({})]"));
      assertEquals(
          "[ true, 'LATE' ]",
          target.evaluate(
              "(async () => { const p = shop.later('late'); return [p instanceof Promise, await p]; })()"));
      assertEquals(
          "not today java.lang.IllegalStateException",
          target.evaluate("shop.never().catch((e) => e.message + ' ' + e.javaClass)"));
      assertEquals("ERR_OSGI_SERVICE_FAILED", target.evaluate("shop.fail()"));
      assertEquals("ERR_OSGI_METHOD", target.evaluate("shop.greet(1, 2, 3)"));
      assertEquals("ERR_OSGI_METHOD", target.evaluate("shop.item('hat', 'HUGE')"));
      assertEquals("ERR_INVALID_ARG_VALUE", target.evaluate("shop.greet(() => 1)"));
      assertEquals("undefined", target.evaluate("shop.none"));
      assertEquals(
          "true",
          target.evaluate(
              "import('osgi:%s').then((m) => String(m.default === shop && m.greet('x') === 'hello x'))"
                  .formatted(NAME)));

      Files.copy(bundle("goodbye"), deployed, StandardCopyOption.REPLACE_EXISTING);
      await(target, "shop.greet('you')", "goodbye you");
      Files.delete(deployed);
      await(target, "shop.greet('you')", "ERR_OSGI_SERVICE_GONE");
      Files.copy(folder.resolve("hello.jar"), deployed);
      await(target, "shop.greet('you')", "hello you");

      target.evaluate("globalThis.greet = shop.greet; undefined");
      String second =
          ModuleJars.of("osgi", "2.0.0")
              .append(
                  "internal/osgi",
                  "const first = call; call = (service, method, args) => `${first(service, method, args)} by second`;")
              .write(folder.resolve("osgi-2.jar"));
      assertEquals(0, target.command("swap", second).exitCode());
      assertEquals(
          "hello you by second, hello me by second",
          target.evaluate("shop.greet('you') + ', ' + greet('me')"));
      assertEquals("true", target.evaluate(require + " === shop"));
      assertEquals(0, target.command("rollback", "osgi").exitCode());
      assertEquals("hello you", target.evaluate("greet('you')"));

      Nodule.Result refused = target.command("swap", deployed.toString());
      assertEquals(1, refused.exitCode());
      assertTrue(refused.err().contains("--module-dir"), refused.err());
    }
  }

  @Test
  void withoutTheFlagThereIsNoWayToJava() {
    Nodule.Result required =
        Nodule.run(
            "-p", "try { require('osgi:java.lang.Runnable') } catch (e) { e.code + e.permission }");
    assertEquals("ERR_ACCESS_DENIEDJava\n", required.out(), required.err());
    Nodule.Result imported =
        Nodule.run("-e", "import('osgi:java.lang.Runnable').catch((e) => console.log(e.code))");
    assertEquals("ERR_ACCESS_DENIED\n", imported.out(), imported.err());
  }
}
