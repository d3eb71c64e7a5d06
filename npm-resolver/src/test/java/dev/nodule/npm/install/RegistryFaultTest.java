package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong between a registry and this machine, on documents and on archives alike. */
class RegistryFaultTest extends RegistryFixture {
  private static final String DOCUMENT = "/part";
  private static final String ARCHIVE = "/part/-/part-1.0.0.tgz";

  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    registry.publish("part", "1.0.0", Map.of(), Map.of("data.txt", "0123456789".repeat(2000)));
    project.write("package.json", "{}");
    project.env.put("npm_config_fetch_timeout", "300");
  }

  /** The fault stands for good: reported. It is gone the second time: installed. */
  private void reportedOrOvercome(String path, String code, TestRegistry.Fault fault)
      throws IOException {
    registry.fault(path, fault);
    failsWithoutTrace(code, "install", "part");
    calls.set(0);
    registry.fault(path, x -> calls.incrementAndGet() == 1 && fault.answer(x));
    assertEquals(0, project.run("install", "part", "--no-save"), () -> project.err);
    assertTrue(calls.get() >= 2, path);
    assertTrue(project.has("node_modules/part/data.txt"));
    registry.fault(path, x -> false);
    PackageStore.delete(project.path.resolve("node_modules"));
    PackageStore.delete(temporary.resolve("cache"));
  }

  private static boolean cutOff(HttpExchange x) throws IOException {
    x.sendResponseHeaders(200, 5000);
    x.getResponseBody().write(new byte[100]);
    x.getResponseBody().flush();
    x.close();
    return true;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean silent(HttpExchange x) {
    pause(1500);
    x.close();
    return true;
  }

  /** Begins to answer, and then says nothing more. */
  private static boolean stalled(HttpExchange x) throws IOException {
    x.sendResponseHeaders(200, 5000);
    x.getResponseBody().write(new byte[100]);
    x.getResponseBody().flush();
    pause(1500);
    return true;
  }

  private static boolean compressed(HttpExchange x, byte[] body) throws IOException {
    assertEquals("gzip", x.getRequestHeaders().getFirst("Accept-Encoding"));
    x.getResponseHeaders().set("Content-Encoding", "gzip");
    TestRegistry.send(x, 200, body);
    return true;
  }

  @Test
  void documentsMayComeCompressedAndArchivesAreNotAskedFor() throws IOException {
    String archive = registry.url() + "part/-/part-1.0.0.tgz";
    String integrity = Integrity.of("sha512", registry.archive(ARCHIVE)).toString();
    String document =
        """
        {"name":"part","dist-tags":{"latest":"1.0.0"},"versions":{"1.0.0":
        {"name":"part","version":"1.0.0","dist":{"tarball":"%s","integrity":"%s"}}}}"""
            .formatted(archive, integrity);
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(document.getBytes(StandardCharsets.UTF_8));
    }
    registry.fault(DOCUMENT, x -> compressed(x, bytes.toByteArray()));
    registry.fault(
        ARCHIVE,
        x -> {
          assertEquals(null, x.getRequestHeaders().getFirst("Accept-Encoding"));
          return false;
        });
    assertEquals(0, project.run("install", "part"), () -> project.err);
    assertTrue(project.has("node_modules/part/data.txt"));

    PackageStore.delete(temporary.resolve("cache"));
    PackageStore.delete(project.path.resolve("node_modules"));
    project.write("package.json", "{}");
    registry.fault(DOCUMENT, x -> compressed(x, Arrays.copyOf(bytes.toByteArray(), 40)));
    failsWithoutTrace("ECONNRESET", "install", "part");
    registry.fault(DOCUMENT, x -> compressed(x, "no gzip".getBytes(StandardCharsets.UTF_8)));
    failsWithoutTrace("ECONNRESET", "install", "part");
  }

  @Test
  void answersThatEndTooSoon() throws IOException {
    reportedOrOvercome(DOCUMENT, "ECONNRESET", RegistryFaultTest::cutOff);
    reportedOrOvercome(ARCHIVE, "ECONNRESET", RegistryFaultTest::cutOff);
  }

  @Test
  void answersThatDoNotCome() throws IOException {
    reportedOrOvercome(DOCUMENT, "ETIMEDOUT", RegistryFaultTest::silent);
    reportedOrOvercome(ARCHIVE, "ETIMEDOUT", RegistryFaultTest::stalled);
  }

  @Test
  void aSlowAnswerThatKeepsComingIsWaitedFor() throws IOException {
    registry.fault(
        ARCHIVE,
        x -> {
          byte[] bytes = registry.archive(ARCHIVE);
          x.sendResponseHeaders(200, bytes.length);
          int step = bytes.length / 6 + 1;
          for (int at = 0; at < bytes.length; at += step) {
            x.getResponseBody().write(bytes, at, Math.min(step, bytes.length - at));
            x.getResponseBody().flush();
            pause(100);
          }
          return true;
        });
    assertEquals(0, project.run("install", "part"), () -> project.err);
  }

  @Test
  void statusesThatMayPass() throws IOException {
    for (int status : new int[] {429, 500, 502, 503}) {
      for (String path : new String[] {DOCUMENT, ARCHIVE}) {
        reportedOrOvercome(
            path,
            "E" + status,
            x -> {
              x.getResponseHeaders().set("Retry-After", "0");
              TestRegistry.send(x, status, new byte[0]);
              return true;
            });
      }
    }
  }

  @Test
  void retryAfterIsKept() throws IOException {
    registry.fault(
        DOCUMENT,
        x -> {
          if (calls.incrementAndGet() > 1) {
            return false;
          }
          x.getResponseHeaders().set("Retry-After", "1");
          TestRegistry.send(x, 429, new byte[0]);
          return true;
        });
    long start = System.nanoTime();
    assertEquals(0, project.run("install", "part"), () -> project.err);
    assertTrue(System.nanoTime() - start >= Duration.ofSeconds(1).toNanos());
    assertEquals(2, calls.get());
  }

  @Test
  void statusesThatStay() throws IOException {
    for (int status : new int[] {400, 401, 403, 404, 410}) {
      for (String path : new String[] {DOCUMENT, ARCHIVE}) {
        calls.set(0);
        registry.fault(
            path,
            x -> {
              calls.incrementAndGet();
              TestRegistry.send(x, status, new byte[0]);
              return true;
            });
        failsWithoutTrace("E" + status, "install", "part");
        assertEquals(1, calls.get(), "asked again in vain");
        registry.fault(path, x -> false);
      }
    }
  }

  @Test
  void otherBytesThanThoseNamed() throws IOException {
    byte[] whole = registry.archive(ARCHIVE);
    for (byte[] wrong :
        new byte[][] {
          new byte[0],
          java.util.Arrays.copyOf(whole, whole.length - 1),
          java.util.Arrays.copyOf(whole, whole.length + 1),
          "<html>".getBytes(StandardCharsets.UTF_8)
        }) {
      registry.fault(
          ARCHIVE,
          x -> {
            TestRegistry.send(x, 200, wrong);
            return true;
          });
      failsWithoutTrace("EINTEGRITY", "install", "part");
    }
  }

  @Test
  void documentsThatAreNone() throws IOException {
    for (String text :
        new String[] {"", "<html>", "[]", "\"a\"", "{\"versions\":{\"1.0.0\":", "{} {}", "null"}) {
      registry.fault(
          DOCUMENT,
          x -> {
            TestRegistry.send(x, 200, text.getBytes(StandardCharsets.UTF_8));
            return true;
          });
      failsWithoutTrace("EJSONPARSE", "install", "part");
    }
    for (String text :
        new String[] {"{}", "{\"versions\":{}}", "{\"versions\":[]}", "{\"versions\":{\"x\":1}}"}) {
      registry.answer(DOCUMENT, text);
      var before = project.snapshot();
      assertEquals(1, project.run("install", "part"), text);
      assertTrue(
          project.err.matches("(?s)nodule error code (ENOVERSIONS|ETARGET)\n.*"), project.err);
      assertEquals(before, project.snapshot());
    }
  }

  @Test
  void redirectsInACircle() throws IOException {
    for (String path : new String[] {DOCUMENT, ARCHIVE}) {
      registry.fault(
          path,
          x -> {
            x.getResponseHeaders().set("Location", path);
            TestRegistry.send(x, 302, new byte[0]);
            return true;
          });
      failsWithoutTrace("EMAXREDIRECT", "install", "part");
      registry.fault(path, x -> false);
    }
  }

  @Test
  void nobodyThere() throws IOException {
    registry.close();
    failsWithoutTrace("ECONNREFUSED", "install", "part");
  }
}
