package dev.nodule.npm.tree;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Any text in the place of a lock file is a tree inside of the project, or is refused. */
class LockFileFuzzTest {
  @FuzzTest(maxDuration = "3m")
  void anyTextIsReadOrRefused(byte[] data) throws IOException {
    Path file = Files.createTempFile("package-lock", ".json");
    try {
      Files.write(file, data);
      var lock = LockFile.readContent(file);
      if (lock == null) {
        return;
      }
      var project = Path.of("/nowhere/project");
      var root = Node.project(project, new Manifest(Map.of("name", "p")), Map.of(), false);
      LockFile.load(root, lock.entries());
      DependencyFlags.calculate(root);
      for (Node node : root.inventory()) {
        assertTrue(
            !node.location().contains("node_modules") || node.path().startsWith(project),
            node.location());
      }
      new LockText(root, false).visible(2, "  ");
    } catch (NpmException e) {
      assertTrue(e.code().startsWith("E"));
    } finally {
      Files.delete(file);
    }
  }
}
