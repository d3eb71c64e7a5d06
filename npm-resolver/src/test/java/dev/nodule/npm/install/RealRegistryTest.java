package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Express 5 from the registry that this machine is configured for; skipped where none is reached.
 */
class RealRegistryTest {
  @TempDir Path temporary;

  @Test
  @Timeout(120)
  void installsExpress() throws Exception {
    String registry = registry();
    assumeTrue(registry != null && answers(registry), "no registry is reached");
    var project = new ProjectFolder(temporary, registry);
    System.getenv()
        .forEach(
            (k, v) -> {
              if (k.toLowerCase(java.util.Locale.ROOT)
                  .matches("https?_proxy|no_proxy|npm_config_cafile")) {
                project.env.put(k, v);
              }
            });
    assertEquals(0, project.run("install", "express@5"), () -> project.err);
    assertTrue(project.read("package.json").contains("\"express\": \"^5."));
    assertTrue(project.has("node_modules/express/index.js"));
    assertTrue(project.has("node_modules/body-parser/package.json"));
    var tree = project.snapshot();
    assertEquals(0, project.run("ci", "--offline"), () -> project.err);
    assertEquals(tree, project.snapshot());
    assertEquals(0, project.run("uninstall", "express"));
    assertEquals("{}\n", project.read("package.json"));
  }

  private static String registry() throws IOException, InterruptedException {
    String given = System.getenv("npm_config_registry");
    if (given != null && !given.isEmpty()) {
      return given;
    }
    try {
      var process =
          new ProcessBuilder("npm", "config", "get", "registry", "--loglevel=silent").start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(20, TimeUnit.SECONDS) && text.startsWith("http") ? text : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean answers(String registry) {
    try {
      var connection = (HttpURLConnection) URI.create(registry + "ms").toURL().openConnection();
      connection.setConnectTimeout(5000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
