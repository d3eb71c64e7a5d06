package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.npm.pack.PackList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages from git repositories and folders, and the archives made of them. */
class GitAndPackTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    registry.publish("leaf", "1.0.0", Map.of());
  }

  private void git(Path folder, String... arguments) throws Exception {
    var command =
        new java.util.ArrayList<>(
            List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
    command.addAll(List.of(arguments));
    assertEquals(
        0, new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor());
  }

  private Path repository() throws Exception {
    Path repository = Files.createDirectories(temporary.resolve("repository"));
    git(repository, "init", "-q", "-b", "main");
    for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
      Files.writeString(
          repository.resolve("package.json"),
          "{\"name\":\"gitted\",\"version\":\""
              + version
              + "\",\"dependencies\":{\"leaf\":\"1\"}}");
      git(repository, "add", "-A");
      git(repository, "commit", "-q", "-m", version);
      git(repository, "tag", "-a", "v" + version, "-m", version);
    }
    return repository;
  }

  @Test
  void installsACommitAndKeepsToIt() throws Exception {
    Path repository = repository();
    assertEquals(
        0,
        project.run("install", "git+file://" + repository + "#semver:^1.0.0"),
        () -> project.err);
    assertTrue(project.read("node_modules/gitted/package.json").contains("1.1.0"));
    assertTrue(project.has("node_modules/leaf/index.js"));
    assertTrue(
        project.read("package-lock.json").matches("(?s).*\"git\\+file://[^\"]*#[0-9a-f]{40}\".*"));
    assertTrue(
        project.read("package.json").contains("#semver:^1.0.0"), project.read("package.json"));
    var tree = project.snapshot();
    assertEquals(0, project.run("install"));
    assertTrue(project.out.contains("up to date"), project.out);
    Files.writeString(
        repository.resolve("package.json"), "{\"name\":\"gitted\",\"version\":\"1.9.0\"}");
    git(repository, "commit", "-qam", "later");
    git(repository, "tag", "v1.9.0");
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(tree, project.snapshot());
    assertFalse(project.has("node_modules/gitted/.git"));
  }

  @Test
  void unknownReferencesAndTransportsAreRefused() throws Exception {
    Path repository = repository();
    assertEquals(1, project.run("install", "git+file://" + repository + "#nowhere"));
    assertTrue(project.err.contains("EGITREF"), project.err);
    project.write(
        "package.json",
        "{\"dependencies\":{\"a\":\"git+ext::sh -c 'touch " + temporary.resolve("pwned") + "'\"}}");
    assertEquals(1, project.run("install"));
    assertFalse(Files.exists(temporary.resolve("pwned")));
  }

  @Test
  void packsWhatNpmWouldPack() throws IOException {
    project.write(
        "package.json",
        "{\"name\":\"@s/packed\",\"version\":\"1.0.0\",\"main\":\"main.js\",\"files\":[\"lib\",\"*.txt\","
            + "\"!lib/secret.js\"]}");
    for (String file :
        List.of(
            "main.js",
            "index.js",
            "README.md",
            "LICENSE",
            "a.txt",
            "lib/a.js",
            "lib/secret.js",
            "lib/deep/b.js",
            "lib/deep/.DS_Store",
            "test/t.js",
            "package-lock.json",
            "node_modules/x/index.js",
            ".npmrc")) {
      project.write(file, "x");
    }
    assertEquals(
        List.of(
            "a.txt",
            "lib/a.js",
            "lib/deep/b.js",
            "LICENSE",
            "main.js",
            "package.json",
            "README.md"),
        PackList.of(project.path));
    assertEquals(0, project.run("pack"), () -> project.err);
    assertEquals("s-packed-1.0.0.tgz\n", project.out);
    byte[] first = Files.readAllBytes(project.path.resolve("s-packed-1.0.0.tgz"));
    project.run("pack");
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        first, Files.readAllBytes(project.path.resolve("s-packed-1.0.0.tgz")));
    var other = other("other");
    assertEquals(
        0,
        other.run("install", project.path.resolve("s-packed-1.0.0.tgz").toString()),
        () -> other.err);
    assertTrue(other.has("node_modules/@s/packed/lib/deep/b.js"));
  }

  @Test
  void ignoreFilesCountWithoutAFilesField() throws IOException {
    project
        .write("package.json", "{\"name\":\"p\",\"version\":\"1.0.0\"}")
        .write(".gitignore", "*.log\n/build/\n!keep.log\n")
        .write("a.log", "")
        .write("keep.log", "")
        .write("build/x.js", "")
        .write("src/build/y.js", "")
        .write("src/b.log", "")
        .write("src/.npmignore", "y*")
        .write("src/z.js", "");
    assertEquals(
        List.of("keep.log", "package.json", "src/build/y.js", "src/z.js").stream()
            .filter(p -> !p.contains("y.js"))
            .toList(),
        PackList.of(project.path));
  }
}
