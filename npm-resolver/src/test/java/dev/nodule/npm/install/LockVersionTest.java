package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lock files of older npm, and those that git could not merge. */
class LockVersionTest extends RegistryFixture {
  @BeforeEach
  void start() throws IOException {
    registry
        .publish("leaf", "1.0.0", Map.of("license", "MIT", "engines", Map.of("node", ">=4")))
        .publish("leaf", "2.0.0", Map.of())
        .publish(
            "branch",
            "1.0.0",
            Map.of("dependencies", Map.of("leaf", "^1.0.0"), "bin", Map.of("twig", "index.js")));
    project.write(
        "package.json",
        "{\"name\":\"p\",\"version\":\"1.0.0\",\"dependencies\":{\"branch\":\"1\"},\"devDependencies\":{\"leaf\":\"2\"}}");
    assertEquals(0, project.run("install"), () -> project.err);
  }

  @Test
  void version1GetsWhatItLacksAndBecomesVersion3() throws IOException {
    String wanted = project.read("package-lock.json");
    assertEquals(0, project.run("install", "--lockfile-version=1"), () -> project.err);
    String old = project.read("package-lock.json");
    assertTrue(old.contains("\"requires\": {\n        \"leaf\": \"^1.0.0\""), old);
    assertFalse(old.contains("\"packages\"") || old.contains("engines"), old);
    registry.publish("leaf", "1.9.0", Map.of());
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(old, project.read("package-lock.json"));
    assertTrue(project.has("node_modules/.bin/twig"));
    assertEquals(0, project.run("install"), () -> project.err);
    assertEquals(wanted, project.read("package-lock.json"));
    assertTrue(project.err.contains("old lockfile"), project.err);
  }

  @Test
  void version2StaysVersion2() throws IOException {
    project.run("install", "--lockfile-version=2");
    String text = project.read("package-lock.json");
    assertTrue(text.contains("\"lockfileVersion\": 2") && text.contains("\"packages\""), text);
    assertTrue(
        text.contains("\"dependencies\": {\n    \"branch\": {\n      \"version\": \"1.0.0\""),
        text);
    assertEquals(0, project.run("install"), () -> project.err);
    assertEquals(text, project.read("package-lock.json"));
    assertEquals(0, project.run("install", "leaf@1", "-D"), () -> project.err);
    assertTrue(project.read("package-lock.json").contains("\"lockfileVersion\": 2"));
  }

  @Test
  void aShrinkwrapIsTheLockFileWhereThereIsOne() throws IOException {
    project.write("npm-shrinkwrap.json", project.read("package-lock.json"));
    java.nio.file.Files.delete(project.path.resolve("package-lock.json"));
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(0, project.run("install", "leaf@1", "-D"), () -> project.err);
    assertFalse(project.has("package-lock.json"));
    assertTrue(project.read("npm-shrinkwrap.json").contains("leaf-1.0.0.tgz"));
  }

  @Test
  void ofAMergeConflictOurSideIsTakenAndTheTreeMended() throws IOException {
    String ours = project.read("package-lock.json");
    registry.publish("twig", "1.0.0", Map.of());
    project.run("install", "twig");
    String both = project.read("package-lock.json");
    String entry =
        both.substring(both.indexOf("    \"node_modules/twig\""), both.lastIndexOf("\n  }\n}"));
    String mark = "    \"node_modules/branch\": {";
    String version = "      \"version\": \"1.0.0\",\n";
    int at = ours.indexOf(mark);
    int line = ours.indexOf(version, at);
    project.write(
        "package-lock.json",
        ours.substring(0, at)
            + "<<<<<<< HEAD\n=======\n"
            + entry
            + ",\n>>>>>>> theirs\n"
            + ours.substring(at, line)
            + "<<<<<<< HEAD\n"
            + version
            + "||||||| base\n      \"version\": \"0.9.0\",\n=======\n      \"version\": \"1.5.0\",\n>>>>>>> theirs\n"
            + ours.substring(line + version.length()));
    assertEquals(0, project.run("install"), () -> project.err);
    assertEquals(both, project.read("package-lock.json"));
    assertTrue(project.has("node_modules/twig/index.js"));
  }
}
