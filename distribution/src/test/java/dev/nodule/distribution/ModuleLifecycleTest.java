package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.engine.RealmOptions;
import dev.nodule.launcher.BundleFramework;
import dev.nodule.loop.WorkerPool;
import dev.nodule.runtime.CommandLine;
import dev.nodule.runtime.LauncherInfo;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.runtime.RealmRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Bundles stopped, started and updated under a running program, in an embedded framework with the
 * built bundles.
 */
class ModuleLifecycleTest {
  private static final String OS_BUNDLE = "dev.nodule.core.os";

  @TempDir Path folder;

  /**
   * A program that holds os and a function of it from its start, and answers each command with one
   * line.
   */
  private static final String PROGRAM =
      """
      const fs = require('fs');
      const os = require('os');
      const { platform } = os;
      function attempt(f) { try { return String(f()); } catch (e) { return `${e.code} ${e.module}`; } }
      let seen = 0;
      const poll = setInterval(() => {
        const asked = Number(fs.readFileSync('ask', 'utf8'));
        if (asked === -1) { clearInterval(poll); return; }
        if (asked === seen) return;
        seen = asked;
        const line = [attempt(() => os.platform()), attempt(platform), attempt(() => require('os') === os), attempt(() => os.added?.())];
        fs.writeFileSync('answer.tmp', line.join('|'));
        fs.renameSync('answer.tmp', `answer${asked}`);
      }, 5);
      """;

  private int questions;

  private String ask() throws Exception {
    Path answer = folder.resolve("answer" + ++questions);
    Files.writeString(folder.resolve("ask"), String.valueOf(questions));
    while (!Files.exists(answer)) {
      Thread.sleep(5);
    }
    return Files.readString(answer);
  }

  /** A change comes at the program's next safe point, which may be after the next question. */
  private void awaitAnswer(String expected) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    String answer = ask();
    while (!answer.equals(expected) && System.nanoTime() < deadline) {
      answer = ask();
    }
    assertEquals(expected, answer);
  }

  @Test
  @Timeout(120)
  void aModuleGoesComesAndChanges() throws Exception {
    Files.writeString(folder.resolve("ask"), "0");
    Files.writeString(folder.resolve("program.js"), PROGRAM);
    ModuleRegistry registry = new ModuleRegistry();
    BundleFramework framework = BundleFramework.start(registry);
    Map<String, Object> options =
        new HashMap<>(
            Map.of("--require", List.of(), "--conditions", List.of(), "--import", List.of()));
    CommandLine commandLine =
        new CommandLine(options, List.of(), folder.resolve("program.js").toString(), List.of());
    LauncherInfo launcher =
        new LauncherInfo(
            "nodule",
            System.nanoTime(),
            System.currentTimeMillis(),
            Map.of("node", LauncherInfo.NODE_VERSION));
    int[] exitCode = {-1};
    Thread program =
        new Thread(
            null,
            () -> {
              RealmRuntime runtime =
                  new RealmRuntime(
                      new RealmOptions(),
                      new WorkerPool(2),
                      registry,
                      launcher,
                      commandLine,
                      code -> {
                        throw new IllegalStateException("the program ended with " + code);
                      },
                      folder);
              exitCode[0] = runtime.run();
            },
            "program",
            16 << 20);
    program.start();
    try {
      Bundle os = bundle(framework.context());
      awaitAnswer("linux|linux|true|undefined");

      os.stop();
      String unavailable = "ERR_MODULE_UNAVAILABLE os";
      awaitAnswer(unavailable + "|" + unavailable + "|" + unavailable + "|undefined");

      os.start();
      awaitAnswer("linux|linux|true|undefined");

      os.update(new ByteArrayInputStream(secondVersion()));
      awaitAnswer("second|second|true|here");

      os.update();
      awaitAnswer("linux|linux|true|undefined");
      assertTrue(program.isAlive());
    } finally {
      Files.writeString(folder.resolve("ask"), "-1");
      program.join();
      framework.stop();
    }
    assertEquals(0, exitCode[0]);
  }

  private static Bundle bundle(BundleContext context) {
    for (Bundle bundle : context.getBundles()) {
      if (OS_BUNDLE.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new AssertionError(OS_BUNDLE + " is not installed");
  }

  /** An ordinary bundle in a jar: another os, whose platform() says so. */
  private static byte[] secondVersion() throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", OS_BUNDLE);
    headers.putValue("Bundle-Version", "2.0.0");
    headers.putValue("Bundle-Activator", "dev.nodule.api.ScriptModule");
    headers.putValue("Import-Package", "dev.nodule.api,org.osgi.framework");
    headers.putValue(
        "Provide-Capability",
        "nodule.module;nodule.module=os;nodule.ids:List<String>=\"os\";version:Version=\"2.0.0\"");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new JarEntry("nodule/os/os.js"));
      jar.write(
          "'use strict';\nmodule.exports = { platform() { return 'second'; }, added() { return 'here'; } };\n"
              .getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }
}
