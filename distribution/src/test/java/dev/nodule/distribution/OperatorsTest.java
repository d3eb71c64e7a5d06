package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators who meet: one another, the end of the process, processes of somebody else. */
class OperatorsTest {
  @TempDir Path folder;

  private String jar(String module, String version) throws IOException {
    return ModuleJars.of(module, version)
        .append(module, "module.exports.marked = '" + version + "';")
        .write(folder.resolve(module + "-" + version + ".jar"));
  }

  private static CompletableFuture<Nodule.Result> later(
      SwapTarget target, String command, String... words) {
    return CompletableFuture.supplyAsync(
        () -> target.command(command, words), Thread::startVirtualThread);
  }

  @Test
  void ofTwoAtOnceOneComesAfterTheOther() throws Exception {
    try (SwapTarget target = SwapTarget.start(folder)) {
      CompletableFuture<Nodule.Result> first = later(target, "swap", jar("url", "2.0.0"));
      CompletableFuture<Nodule.Result> second = later(target, "swap", jar("url", "3.0.0"));
      CompletableFuture<Nodule.Result> other = later(target, "swap", jar("path", "2.0.0"));
      for (Nodule.Result result : List.of(first.join(), second.join())) {
        // Whoever comes with the older one after the newer one is refused.
        assertTrue(
            result.exitCode() == 0 || result.err().contains("url 2.0.0 is older than 3.0.0"),
            result.out() + result.err());
      }
      assertEquals(0, other.join().exitCode(), other.join().err());
      assertEquals(
          "3.0.0 3.0.0 2.0.0",
          target.evaluate(
              "[process.moduleVersions.url, require('url').marked, require('path').marked].join(' ')"));
    }
  }

  @Test
  void aProcessThatEndsRefusesOrIsGone() throws Exception {
    String jar = jar("url", "2.0.0");
    try (SwapTarget target = SwapTarget.start(folder)) {
      target.evaluate(
          "process.on('exit', () => { const end = Date.now() + 500; while (Date.now() < end); }); undefined");
      CompletableFuture<Nodule.Result> swap = later(target, "swap", jar);
      target.evaluate("setTimeout(() => process.exit(0), 5); undefined");
      for (Nodule.Result result : List.of(swap.join(), later(target, "swap", jar).join())) {
        assertTrue(Set.of(0, 1, 2).contains(result.exitCode()), result.out() + result.err());
        assertFalse(result.err().contains("\tat "), result.err());
      }
      assertTrue(target.process().waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, target.process().exitValue());
    }
    try (SwapTarget again = SwapTarget.start(folder)) {
      String version = again.evaluate("process.moduleVersions.url");
      assertTrue(Set.of("0.1.0", "2.0.0").contains(version), version);
      assertEquals(
          version.equals("2.0.0") ? "2.0.0" : "undefined",
          again.evaluate("String(require('url').marked)"));
    }
  }

  @Test
  void theProcessOfSomebodyElseIsNobodysBusiness() throws Exception {
    boolean isRoot = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    assumeTrue(
        !isRoot || Files.exists(Path.of("/usr/bin/setpriv")), "needs another user's process");
    Process foreign =
        isRoot
            ? new ProcessBuilder("setpriv", "--reuid=65534", "--clear-groups", "sleep", "60")
                .start()
            : null;
    try {
      long pid = foreign == null ? 1 : foreign.pid();
      while (foreign != null
          && (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid") == 0) {
        Thread.sleep(10);
      }
      Nodule.Result result = Nodule.run("modules", String.valueOf(pid));
      assertEquals(2, result.exitCode(), result.out());
      assertEquals("nodule: process " + pid + " belongs to somebody else\n", result.err());
    } finally {
      if (foreign != null) {
        foreign.destroyForcibly().waitFor();
      }
    }
  }
}
