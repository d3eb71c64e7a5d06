package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image of one application: what it holds, what it does, and what it takes in later. */
@Timeout(300)
class DistTest {
  private static final String NAME = "nodule-example-appliance";

  @TempDir static Path shared;
  private static Path image = Path.of("");
  private static String report = "";

  @TempDir Path folder;

  @BeforeAll
  static void makeOne() {
    Path made = shared.resolve("made");
    report =
        DistImages.make(
            "--app",
            DistImages.APPLIANCE.toString(),
            "--out",
            made.toString(),
            "--exclude",
            "child_process",
            "--no-cache",
            "--json",
            "--html",
            shared.resolve("map.html").toString());
    image = made;
  }

  private String nodule() {
    return image.resolve("bin/nodule").toString();
  }

  @Test
  void noClassOfAModuleThatIsLeftOutIsThere() throws Exception {
    try (Stream<Path> files = Files.walk(image)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        try (JarFile content = new JarFile(jar.toFile())) {
          for (var entry : Collections.list(content.entries())) {
            assertFalse(
                entry.getName().startsWith("dev/nodule/core/childprocess"), jar + " " + entry);
            assertFalse(entry.getName().startsWith("dev/nodule/npm/"), jar + " " + entry);
          }
        }
      }
    }
  }

  @Test
  void whatIsThereRunsWithoutJava() throws Exception {
    Nodule.Result sum =
        DistImages.run(
            folder,
            Map.of(),
            nodule(),
            "-p",
            "[40+2, require('path').join('a', 'b'), 1.5.toLocaleString('de')].join()");
    assertEquals("42,a/b,1,5\n", sum.out(), sum.err());
  }

  @Test
  void theCompilerCompiles() throws Exception {
    String program =
        // By CPU time: on a busy machine six seconds of the clock are not enough for a compilation.
        "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2); }"
            + " do { f(22); } while (process.cpuUsage().user < 12e6); console.log('done')";
    Nodule.Result run =
        DistImages.run(
            folder,
            Map.of(
                "NODULE_JAVA_OPTIONS",
                "-Dpolyglot.engine.TraceCompilation=true -Dpolyglot.engine.AllowExperimentalOptions=true"),
            nodule(),
            "-e",
            program);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue((run.out() + run.err()).contains("opt done"), run.out() + run.err());
    assertFalse((run.out() + run.err()).contains("opt failed"), run.out() + run.err());
  }

  @Test
  void requireOfWhatIsLeftOutSaysSo() throws Exception {
    for (String id : List.of("child_process", "node:zlib", "tls")) {
      Nodule.Result run =
          DistImages.run(
              folder,
              Map.of(),
              nodule(),
              "-p",
              "try { require('" + id + "') } catch (e) { e.code }");
      assertEquals("ERR_MODULE_UNAVAILABLE\n", run.out(), run.err());
    }
  }

  @Test
  void aModuleIsAddedToTheRunningAppliance() throws Exception {
    Process process =
        DistImages.start(
            folder,
            Map.of("PORT", "0", "TMPDIR", folder.toString()),
            image.resolve("bin").resolve(NAME).toString());
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String line = out.readLine();
      while (line != null && !line.startsWith("http://")) {
        line = out.readLine();
      }
      URI restart = URI.create(line + "restart");
      HttpRequest request = HttpRequest.newBuilder(restart).build();
      HttpResponse<String> before = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals("ERR_MODULE_UNAVAILABLE\n", before.body());

      Nodule.Result swap =
          DistImages.run(
              folder,
              Map.of("TMPDIR", folder.toString()),
              nodule(),
              "swap",
              String.valueOf(process.pid()),
              ModuleJars.shipped().get("child_process").toString());
      assertEquals(0, swap.exitCode(), swap.out() + swap.err());
      HttpResponse<String> after = client.send(request, HttpResponse.BodyHandlers.ofString());
      // Its PATH has no program "true"; the module that says so is there.
      assertEquals("spawn true ENOENT\n", after.body());
    } finally {
      process.destroy();
    }
  }

  @Test
  void theReportTellsWhy() throws Exception {
    assertTrue(report.contains("\"name\":\"http\""), report);
    assertTrue(report.contains("\"leftOut\""), report);
    String page = Files.readString(shared.resolve("map.html"));
    assertTrue(page.contains("\"nodule-example-appliance\""));
    assertFalse(page.contains("@report@"));
    Nodule.Result chain =
        Nodule.run("dist", "--app", DistImages.APPLIANCE.toString(), "--explain", "dns");
    assertEquals(
        "gateway.js:6\n  core module net\n    core module dns\n", chain.out(), chain.err());
  }

  @Test
  void aWrongCommandLineLeavesNothingBehind() throws Exception {
    Path application = Files.createDirectory(folder.resolve("application"));
    Files.writeString(application.resolve("index.js"), "require('http')");
    Path out = folder.resolve("out");
    refused("there is no core module 'nothing'", application, out, "--modules", "nothing");
    refused(
        "core module 'http' requires core module 'net', which --exclude keeps out",
        application,
        out,
        "--exclude",
        "net");
    refused("is no folder that can be written to", application, folder.resolve("not/there"));
    refused("is no file", application, out, "--include", "absent.js");
    Files.writeString(application.resolve("package.json"), "{\"dependencies\":{\"absent\":\"1\"}}");
    refused("the dependency 'absent' is not installed", application, out);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(application), files.toList());
    }
  }

  @Test
  void aFullDiskLeavesNothingBehind() throws Exception {
    assumeTrue(ThrowawaySystem.isPossible(folder, "nsenter", "chroot"));
    Path mount = Files.createDirectory(folder.resolve("system"));
    try (ThrowawaySystem system = ThrowawaySystem.on(mount)) {
      system.shell("mount -t tmpfs -o size=8m tmpfs /mnt");
      Nodule.Result result =
          system.run(
              Nodule.LAUNCHER.toString(),
              "dist",
              "--app",
              DistImages.APPLIANCE.toString(),
              "--out",
              "/mnt/out",
              "--no-cache");
      assertEquals(1, result.exitCode(), result.out());
      assertTrue(result.err().contains("No space left on device"), result.err());
      assertFalse(result.err().contains("\tat "), result.err());
      assertEquals("", system.shell("ls -A /mnt"));
    }
  }

  private void refused(String message, Path application, Path out, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"dist", "--app", application.toString(), "--out", out.toString()},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    Nodule.Result result = Nodule.run(arguments);
    assertNotEquals(0, result.exitCode());
    assertTrue(result.err().contains(message), result.err());
  }
}
