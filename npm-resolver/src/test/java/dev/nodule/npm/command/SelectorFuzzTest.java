package dev.nodule.npm.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Any text is a selector, or is refused as none. */
class SelectorFuzzTest {
  private static final Map<String, String> ENV =
      Map.of("npm_config_registry", "http://127.0.0.1:9/", "NODULE_CACHE", "/nowhere/cache");

  @FuzzTest(maxDuration = "3m")
  void anySelectorIsReadOrRefused(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    var options = Map.of("offline", "true");
    var root =
        Node.project(
            Path.of("/nowhere/project"),
            new Manifest(Map.of("name", "p", "dependencies", Map.of("a", "^1.0.0", "b", "2"))),
            Map.of(),
            false);
    Node.of("a", new Manifest(Map.of("name", "a", "version", "1.2.3")), root, false);
    try (var session = new Session(NpmConfig.load(options, ENV, null), ENV)) {
      Selector.select(text, root, new PackageFacts(session));
    } catch (NpmException e) {
      assertTrue(e.code().startsWith("E"));
    }
  }
}
