package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Installs that are killed, and several at once, each in a process of its own. */
class InterruptedInstallTest extends RegistryFixture {
  private static final long PATIENCE = 60;

  private Map<String, String> old = Map.of();

  @BeforeEach
  void start() throws IOException {
    for (String version : List.of("1.0.0", "2.0.0")) {
      registry
          .publish("one", version, Map.of("dependencies", Map.of("two", version)))
          .publish("two", version, Map.of());
    }
    registry.publish(
        "suicide", "1.0.0", Map.of("scripts", Map.of("postinstall", "kill -9 $PPID; sleep 9")));
    project.write("package.json", "{\"dependencies\":{\"one\":\"1.0.0\"}}");
    assertEquals(0, project.run("install"), () -> project.err);
    old = project.snapshot();
    project.write("package.json", "{\"dependencies\":{\"one\":\"2.0.0\"}}");
  }

  /** What went wrong; nothing when nothing did. */
  private static String text(Path log) throws IOException {
    String text = Files.readString(log);
    return text.contains("error") ? " " + text : "";
  }

  private Path log() {
    return temporary.resolve("log");
  }

  /** The old tree, but for the package.json that asks for the new one. */
  private void isAsBefore() throws IOException {
    var now = project.snapshot();
    now.put("package.json", String.valueOf(old.get("package.json")));
    assertEquals(old, now);
  }

  private void isCompleteAfterTheNextRun() throws IOException {
    assertEquals(0, project.run("install"), () -> project.err);
    assertFalse(project.snapshot().containsValue("litter"));
    for (String name : List.of("one", "two")) {
      assertTrue(project.read("node_modules/" + name + "/package.json").contains("2.0.0"));
    }
  }

  @Test
  void killedWhileItFetches() throws Exception {
    var asked = new CompletableFuture<Void>();
    var dead = new CompletableFuture<Void>();
    registry.fault(
        "/two/-/two-2.0.0.tgz",
        x -> {
          boolean first = asked.complete(null);
          if (first) {
            dead.join();
          }
          return first;
        });
    var process = NpmProcess.start(project, log(), "install");
    asked.get(PATIENCE, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    dead.complete(null);
    TreeMoves.recover(project.path.resolve("node_modules"));
    Files.deleteIfExists(project.path.resolve("node_modules/.nodule.lock"));
    isAsBefore();
    isCompleteAfterTheNextRun();
  }

  @Test
  void killedBetweenTheChangeOfTheTreeAndItsEnd() throws Exception {
    project.write(
        "package.json",
        "{\"dependencies\":{\"one\":\"2.0.0\",\"suicide\":\"1\"},\"allowScripts\":{\"suicide\":true}}");
    var process = NpmProcess.start(project, log(), "install");
    assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS));
    assertNotEquals(0, process.exitValue(), () -> "not killed");
    assertTrue(project.has("node_modules/suicide"), "killed before the tree was changed");
    project.write("package.json", "{\"dependencies\":{\"one\":\"2.0.0\"}}");
    TreeMoves.recover(project.path.resolve("node_modules"));
    Files.deleteIfExists(project.path.resolve("node_modules/.nodule.lock"));
    isAsBefore();
    isCompleteAfterTheNextRun();
  }

  @Test
  void killedAtAnyMoment() throws Exception {
    for (int delay = 100; delay <= 800; delay += 100) {
      project.write("package.json", "{\"dependencies\":{\"one\":\"2.0.0\"}}");
      var process = NpmProcess.start(project, log(), "install");
      process.waitFor(delay, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      isCompleteAfterTheNextRun();
      project.write("package.json", "{\"dependencies\":{\"one\":\"1.0.0\"}}");
      assertEquals(0, project.run("install"), () -> project.err);
      isAsBefore();
    }
  }

  @Test
  void severalProcessesInOneFolder() throws Exception {
    var logs = List.of(temporary.resolve("log1"), temporary.resolve("log2"), log());
    var processes =
        List.of(
            NpmProcess.start(project, logs.get(0), "install"),
            NpmProcess.start(project, logs.get(1), "install", "two@1.0.0", "-D"),
            NpmProcess.start(project, logs.get(2), "install"));
    for (int i = 0; i < processes.size(); i++) {
      assertTrue(processes.get(i).waitFor(PATIENCE, TimeUnit.SECONDS));
      assertEquals("0", processes.get(i).exitValue() + text(logs.get(i)));
    }
    assertFalse(project.snapshot().containsValue("litter"));
    assertTrue(project.read("node_modules/two/package.json").contains("1.0.0"));
    assertTrue(project.read("node_modules/one/node_modules/two/package.json").contains("2.0.0"));
    var tree = project.snapshot();
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(tree, project.snapshot());
  }
}
