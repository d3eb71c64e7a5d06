package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty registry, and an empty project that uses it, for each test. */
abstract class RegistryFixture {
  @TempDir Path temporary;
  TestRegistry registry;
  ProjectFolder project;

  @BeforeEach
  void open() throws IOException {
    registry = new TestRegistry();
    project = new ProjectFolder(temporary, registry.url());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** Another project beside the first one, with the same registry. */
  ProjectFolder other(String name) throws IOException {
    return new ProjectFolder(Files.createDirectories(temporary.resolve(name)), registry.url());
  }

  /** The command ends with exit code 1 and this code, and the folder is as it was. */
  void failsWithoutTrace(String code, String... command) throws IOException {
    var before = project.snapshot();
    assertEquals(1, project.run(command), () -> project.out);
    assertTrue(project.err.contains("nodule error code " + code + "\n"), project.err);
    assertEquals(before, project.snapshot());
  }
}
