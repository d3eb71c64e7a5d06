package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Core modules that are built outside of this build, by their own poms with the API of the
 * distribution alone, and deployed into running processes.
 */
class OwnModuleTest {
  private static final Path HOME = Nodule.LAUNCHER.getParent().getParent();
  private static final long MAVEN_MINUTES = 10;

  @TempDir Path folder;

  /** Builds a project as its author would; what it needs was fetched by this build already. */
  private static void maven(Path project, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-o"));
    command.addAll(List.of(arguments));
    command.add("-Dnodule.home=" + HOME);
    Path log = project.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    boolean ended = process.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertTrue(ended && process.exitValue() == 0, output);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Files.createDirectories(to.resolve(relative).getParent());
          Files.copy(file, to.resolve(relative));
        }
      }
    }
  }

  @Test
  void theExampleIsBuiltAloneAndDeployed() throws Exception {
    Path project = folder.resolve("gpio");
    copy(Nodule.CHECKOUT.resolve("examples/module-gpio"), project);
    long lines = 0;
    for (String file :
        List.of(
            "bnd.bnd",
            "src/main/java/dev/example/gpio/GpioModule.java",
            "src/main/js/acme/gpio.js")) {
      lines += Files.readAllLines(project.resolve(file)).size();
    }
    assertTrue(lines < 100, lines + " lines");
    maven(project, "package");
    try (SwapTarget target = SwapTarget.start(folder)) {
      assertEquals("MODULE_NOT_FOUND", target.evaluate("require('acme:gpio')"));
      assertEquals("ERR_UNSUPPORTED_ESM_URL_SCHEME", target.evaluate("import('acme:gpio')"));
      Nodule.Result swapped =
          target.command("swap", project.resolve("target/module-gpio-1.0.0.jar").toString());
      assertEquals(0, swapped.exitCode(), swapped.err());
      assertTrue(swapped.out().contains("acme:gpio: none -> 1.0.0"), swapped.out());
      assertEquals(
          "[ true, false ]",
          target.evaluate(
              """
              (async () => {
                const led = require('acme:gpio').open(4);
                const seen = [];
                led.on('change', (level) => seen.push(level));
                await new Promise((resolve) => led.pulse(5, resolve));
                return seen;
              })()
              """));
      assertEquals(
          "true",
          target.evaluate(
              "import('acme:gpio').then((m) => String(m.default === require('acme:gpio')"
                  + " && m.open === require('node:acme:gpio').open))"));
      assertTrue(target.command("modules").out().contains("acme:gpio"));
      assertEquals(0, target.command("stop", "acme:gpio").exitCode());
      assertEquals("ERR_MODULE_UNAVAILABLE", target.evaluate("require('acme:gpio').open(4)"));
    }
  }

  @Test
  void theProjectOfTheCommandIsBuiltTestedAndDeployed() throws Exception {
    Nodule.Result written =
        Nodule.run(folder, Map.of(), null, "new", "module", "acme:thermo-meter");
    assertEquals(0, written.exitCode(), written.err());
    Path project = folder.resolve("thermo-meter");
    maven(project, "verify");
    assertTrue(Files.readString(project.resolve("build.log")).contains("acme:thermo-meter works"));
    assertTrue(Files.exists(project.resolve("target/module-thermo-meter-1.0.0.jar")));
  }

  @Test
  void theCommandRefusesWhatItCannotWrite() throws IOException {
    assertEquals(9, Nodule.run(folder, Map.of(), null, "new", "module", "No Name").exitCode());
    assertEquals(9, Nodule.run(folder, Map.of(), null, "new", "module").exitCode());
    Files.writeString(folder.resolve("gpio"), "in the way");
    Nodule.Result refused = Nodule.run(folder, Map.of(), null, "new", "module", "gpio", "--json");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.out().contains("\"refused\":\"EXISTS\""), refused.out());
    Nodule.Result named =
        Nodule.run(folder, Map.of(), null, "new", "module", "new", "--dir", "elsewhere");
    assertEquals(0, named.exitCode(), named.err());
    assertTrue(
        Files.exists(folder.resolve("elsewhere/src/main/java/dev/example/new_/NewModule.java")));
    assertFalse(Files.exists(folder.resolve("new")));
  }
}
