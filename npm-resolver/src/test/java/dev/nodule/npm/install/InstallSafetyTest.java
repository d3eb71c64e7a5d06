package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of registry, archives and machine: reported or repaired, and never half installed. */
class InstallSafetyTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    registry.publish("good", "1.0.0", Map.of()).publish("good", "2.0.0", Map.of());
    registry.publish("bad", "1.0.0", Map.of("dependencies", Map.of("good", "2")));
    project.run("install", "good@1");
  }

  @Test
  void changedArchiveIsRefused() throws IOException {
    registry.fault(
        "/bad/-/bad-1.0.0.tgz",
        x -> {
          TestRegistry.send(x, 200, new TestArchive().file("package/package.json", "{}").bytes());
          return true;
        });
    failsWithoutTrace("EINTEGRITY", "install", "bad");
    project.write("package.json", "{\"dependencies\":{\"bad\":\"1\"}}");
    failsWithoutTrace("EINTEGRITY", "install");
  }

  @Test
  void ciKeepsTheOldTreeWhenAnArchiveIsBad() throws IOException {
    registry.fault(
        "/good/-/good-1.0.0.tgz",
        x -> {
          TestRegistry.send(x, 200, "garbage".getBytes(StandardCharsets.UTF_8));
          return true;
        });
    project.env.put("NODULE_CACHE", temporary.resolve("empty-cache").toString());
    failsWithoutTrace("EINTEGRITY", "ci");
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    byte[] whole =
        new TestArchive()
            .file("package/package.json", "{\"name\":\"cut\",\"version\":\"1.0.0\"}")
            .file("package/big.txt", "x".repeat(100_000))
            .bytes();
    registry.publish("cut", "1.0.0", Map.of(), java.util.Arrays.copyOf(whole, whole.length - 40));
    failsWithoutTrace("EBADARCHIVE", "install", "cut");
  }

  @Test
  void entriesThatLeaveTheirFolderAreRefused() throws IOException {
    int n = 0;
    for (String path :
        new String[] {
          "package/../../../evil.txt",
          "../evil.txt",
          "/etc/evil.txt",
          "package/a/../../evil",
          "package\\..\\..\\evil.txt",
          "C:/evil.txt"
        }) {
      String name = "evil" + n++;
      registry.publish(
          name,
          "1.0.0",
          Map.of(),
          new TestArchive()
              .file("package/package.json", "{\"name\":\"" + name + "\",\"version\":\"1.0.0\"}")
              .file(path, "evil")
              .bytes());
      failsWithoutTrace("EBADARCHIVE", "install", name);
    }
    assertFalse(Files.exists(temporary.resolve("evil.txt")));
  }

  @Test
  void linksAndDevicesOfAnArchiveAreNotMade() throws IOException {
    registry.publish(
        "links",
        "1.0.0",
        Map.of(),
        new TestArchive()
            .file("package/package.json", "{\"name\":\"links\",\"version\":\"1.0.0\"}")
            .special("package/out", (byte) '2', "../../../..")
            .special("package/hard", (byte) '1', "/etc/passwd")
            .special("package/device", (byte) '3', "")
            .special("package/pipe", (byte) '6', "")
            .bytes());
    assertEquals(0, project.run("install", "links"), () -> project.err);
    for (String name : new String[] {"out", "hard", "device", "pipe"}) {
      assertFalse(project.has("node_modules/links/" + name), name);
    }
  }

  @Test
  void aLinkCannotRedirectALaterEntry() throws IOException {
    registry.publish(
        "redirect",
        "1.0.0",
        Map.of(),
        new TestArchive()
            .file("package/package.json", "{\"name\":\"redirect\",\"version\":\"1.0.0\"}")
            .special("package/dir", (byte) '2', temporary.toString())
            .file("package/dir/evil.txt", "evil")
            .bytes());
    project.run("install", "redirect");
    assertFalse(Files.exists(temporary.resolve("evil.txt")));
  }

  @Test
  void binsCannotLeaveTheirPackage() throws IOException {
    registry.publish(
        "binner",
        "1.0.0",
        Map.of("bin", Map.of("../../evil", "../../../../etc/passwd", "ok", "index.js")));
    assertEquals(0, project.run("install", "binner"), () -> project.err);
    assertTrue(Files.isSymbolicLink(project.path.resolve("node_modules/.bin/ok")));
    assertFalse(Files.isSymbolicLink(project.path.resolve("evil")));
    assertFalse(Files.isSymbolicLink(project.path.resolve("node_modules/.bin/evil")));
  }

  @Test
  void hostilePackageNamesAreRefused() throws IOException {
    project.write("package.json", "{\"dependencies\":{\"../evil\":\"1\"}}");
    failsWithoutTrace("EINVALIDPACKAGENAME", "install");
    project
        .write("package.json", "{}")
        .write(
            "package-lock.json",
            "{\"lockfileVersion\":3,\"packages\":{\"\":{},\"node_modules/../../evil\":{\"version\":\"1.0.0\"}}}");
    failsWithoutTrace("EINVALIDLOCK", "install");
  }

  @Test
  void anInterruptedInstallIsTakenBack() throws IOException {
    var before = project.snapshot();
    var moves = TreeMoves.begin(project.path.resolve("node_modules"));
    // As if the process had died in the middle: moves made, nothing committed, nothing cleared up.
    moves.remove(project.path.resolve("node_modules/.package-lock.json"));
    moves.remove(project.path.resolve("node_modules/good"));
    moves.creating(project.path.resolve("node_modules/new"));
    Files.createDirectories(project.path.resolve("node_modules/new"));
    moves.write(project.path.resolve("package.json"), "{ \"half\": true }");
    Files.writeString(
        moves.staging.resolve("journal"),
        "move\0/somewhere/ha",
        java.nio.file.StandardOpenOption.APPEND);
    TreeMoves.recover(project.path.resolve("node_modules"));
    assertEquals(before, project.snapshot());
  }

  @Test
  void theNextCommandRepairsWhatAnInterruptedOneLeft() throws IOException {
    var before = project.snapshot();
    var moves = TreeMoves.begin(project.path.resolve("node_modules"));
    moves.remove(project.path.resolve("node_modules/good"));
    assertEquals(0, project.run("install"));
    assertEquals(before, project.snapshot());
  }

  @Test
  void aFailedScriptTakesTheInstallBack() throws IOException {
    registry.publish(
        "breaks", "1.0.0", Map.of("scripts", Map.of("postinstall", "echo some text; exit 3")));
    project.write(
        "package.json",
        "{\"dependencies\":{\"good\":\"^1.0.0\"},\"allowScripts\":{\"breaks\":true}}");
    var before = project.snapshot();
    assertEquals(3, project.run("install", "breaks"));
    assertTrue(project.err.contains("some text"), project.err);
    assertEquals(before, project.snapshot());
  }

  @Test
  void serverErrorsAreRetriedAndThenReported() throws IOException {
    var count = new AtomicInteger();
    registry.fault(
        "/bad",
        x -> {
          if (count.incrementAndGet() < 3) {
            x.getResponseHeaders().set("Retry-After", "0");
            TestRegistry.send(x, count.get() == 1 ? 503 : 429, new byte[0]);
            return true;
          }
          return false;
        });
    assertEquals(0, project.run("install", "bad", "--no-save"), () -> project.err);
    registry.fault(
        "/never",
        x -> {
          TestRegistry.send(x, 500, new byte[0]);
          return true;
        });
    failsWithoutTrace("E500", "install", "never");
    failsWithoutTrace("E404", "install", "unknown-package");
    failsWithoutTrace("ETARGET", "install", "good@9");
  }

  @Test
  void garbageMetadataAndRedirectLoopsAreReported() throws IOException {
    registry.fault(
        "/garbage",
        x -> {
          TestRegistry.send(x, 200, "{\"versions\":{\"1.0.0\":".getBytes(StandardCharsets.UTF_8));
          return true;
        });
    failsWithoutTrace("EJSONPARSE", "install", "garbage");
    registry.fault(
        "/loop",
        x -> {
          x.getResponseHeaders().set("Location", "/loop");
          TestRegistry.send(x, 302, new byte[0]);
          return true;
        });
    failsWithoutTrace("EMAXREDIRECT", "install", "loop");
  }

  @Test
  void credentialsStayWithTheirRegistry() throws IOException {
    try (var other = new TestRegistry()) {
      other.publish("moved", "1.0.0", Map.of());
      registry.publish("moved", "1.0.0", Map.of());
      project.write(".npmrc", registry.url().substring(5) + ":_authToken=secret\n");
      registry.fault(
          "/moved",
          x -> {
            x.getResponseHeaders().set("Location", other.url() + "moved");
            TestRegistry.send(x, 302, new byte[0]);
            return true;
          });
      assertEquals(0, project.run("install", "moved"), () -> project.err);
      assertTrue(
          registry.authorizations.contains("/moved Bearer secret"),
          () -> registry.authorizations.toString());
      assertTrue(
          other.authorizations.stream().allMatch(a -> a.endsWith(" null")),
          () -> other.authorizations.toString());
    }
  }

  @Test
  void brokenProjectFilesAreReported() throws IOException {
    project.write("package.json", "{ \"name\": ");
    failsWithoutTrace("EJSONPARSE", "install");
    project
        .write("package.json", "{}")
        .write("package-lock.json", "<<<<<<< HEAD\n{\n=======\n{}\n>>>>>>> b\n");
    failsWithoutTrace("EJSONPARSE", "install");
    assertTrue(project.err.contains("merge conflict"), project.err);
  }
}
