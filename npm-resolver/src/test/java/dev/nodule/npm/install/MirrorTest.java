package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder that serves as a registry where there is no network. */
class MirrorTest extends RegistryFixture {
  @BeforeEach
  void start() throws IOException {
    registry
        .publish("leaf", "1.0.0", "2.0.0", "3.0.0")
        .publish("@team/branch", "1.0.0", Map.of("dependencies", Map.of("leaf", "^1.0.0")))
        .publish("other", "1.0.0");
    project.write(
        "package.json",
        "{\"dependencies\":{\"@team/branch\":\"*\",\"leaf\":\"2\",\"again\":\"npm:leaf@3\"}}");
  }

  private void withoutNetwork() throws IOException {
    registry.close();
    PackageStore.delete(temporary.resolve("cache"));
    PackageStore.delete(project.path.resolve("node_modules"));
  }

  @Test
  void servesTheSameTreeWithoutNetwork() throws IOException {
    assertEquals(0, project.run("install", "--omit-lockfile-registry-resolved"), project.err);
    String lock = project.read("package-lock.json");
    assertEquals(0, project.run("mirror", "copy"), project.err);
    assertTrue(project.out.startsWith("mirrored 4 archives of 2 packages\n"), project.out);
    assertTrue(project.has("copy/leaf/-/leaf-3.0.0.tgz"));
    assertTrue(project.has("copy/@team/branch/-/branch-1.0.0.tgz"));
    assertFalse(project.has("copy/other"));

    withoutNetwork();
    String folder = "--registry=file:" + project.path.resolve("copy");
    assertEquals(0, project.run("ci", folder), project.err);
    assertTrue(project.has("node_modules/@team/branch/node_modules/leaf/package.json"));
    assertTrue(project.read("node_modules/again/package.json").contains("3.0.0"));

    Files.delete(project.path.resolve("package-lock.json"));
    PackageStore.delete(project.path.resolve("node_modules"));
    assertEquals(
        0, project.run("install", folder, "--omit-lockfile-registry-resolved"), project.err);
    assertEquals(lock, project.read("package-lock.json"));

    assertEquals(1, project.run("install", "other", folder));
    assertTrue(project.err.startsWith("nodule error code E404\n"), project.err);
  }

  @Test
  void aLockFileThatNamesTheRegistryIsServedFromTheFolderToo() throws IOException {
    assertEquals(0, project.run("install"), project.err);
    assertTrue(project.read("package-lock.json").contains(registry.url()));
    assertEquals(0, project.run("mirror", "copy"), project.err);
    withoutNetwork();
    assertEquals(
        0, project.run("ci", "--registry=file:" + project.path.resolve("copy")), project.err);
    assertTrue(project.has("node_modules/leaf/package.json"));
  }

  @Test
  void aChangedArchiveIsRefused() throws IOException {
    assertEquals(0, project.run("install"), project.err);
    assertEquals(0, project.run("mirror", "copy"), project.err);
    withoutNetwork();
    Files.writeString(project.path.resolve("copy/leaf/-/leaf-2.0.0.tgz"), "other");
    assertEquals(1, project.run("ci", "--registry=file:" + project.path.resolve("copy")));
    assertTrue(project.err.startsWith("nodule error code EINTEGRITY\n"), project.err);
    assertFalse(project.has("node_modules"));
  }

  @Test
  void needsALockFileAndOneFolder() throws IOException {
    assertEquals(1, project.run("mirror", "copy"));
    assertTrue(project.err.startsWith("nodule error code EUSAGE\n"), project.err);
    assertEquals(1, project.run("mirror"));
    assertTrue(project.err.startsWith("nodule error code EUSAGE\n"), project.err);
    assertFalse(project.has("copy"));
  }
}
