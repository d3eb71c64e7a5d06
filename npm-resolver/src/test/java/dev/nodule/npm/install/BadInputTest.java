package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users, editors, git and full disks do to a project: a clear message, and nothing changed.
 */
class BadInputTest extends RegistryFixture {
  @BeforeEach
  void start() {
    registry
        .publish("lodger", "1.0.0", Map.of())
        .publish("lodger", "1.2.0", Map.of())
        .publish("lodger", "2.0.0", Map.of());
  }

  @Test
  void withoutPackageJson() throws IOException {
    for (var command :
        List.of(
            "install", "ci", "update", "dedupe", "prune", "pack", "run x", "uninstall lodger")) {
      failsWithoutTrace("ENOENT", command.split(" "));
      assertTrue(project.err.contains("package.json"), project.err);
    }
    failsWithoutTrace("EUSAGE", "diff");
    assertFalse(project.has("node_modules"));
  }

  @Test
  void brokenPackageJson() throws IOException {
    for (String text : List.of("", "{", "[]", "null", "{\"name\":\"a\"} x", "{'name': 1}", "\0")) {
      project.write("package.json", text);
      for (var command : List.of("install", "install lodger", "run x", "ls", "outdated", "pack")) {
        failsWithoutTrace("EJSONPARSE", command.split(" "));
      }
      assertTrue(project.err.contains("package.json"), project.err);
    }
    project.write("package.json", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n");
    failsWithoutTrace("EJSONPARSE", "install");
    assertTrue(project.err.contains("merge conflict"), project.err);
    project.write("package.json", "{\"workspaces\":[\"a\"]}").write("a/package.json", "{,}");
    failsWithoutTrace("EJSONPARSE", "install");
  }

  @Test
  void aByteOrderMarkIsNoError() throws IOException {
    project.write("package.json", "\ufeff{\"dependencies\":{\"lodger\":\"1\"}}");
    assertEquals(0, project.run("install"), () -> project.err);
    project.write("package-lock.json", "\ufeff" + project.read("package-lock.json"));
    assertEquals(0, project.run("ci"), () -> project.err);
    assertTrue(project.has("node_modules/lodger"));
  }

  @Test
  void ofDuplicateKeysTheLastCountsAndIsNamed() throws IOException {
    project.write(
        "package.json",
        "{\"dependencies\":{\"lodger\":\"2\"},\n\"dependencies\":{\"lodger\":\"1.0.0\"}}");
    assertEquals(0, project.run("install"), () -> project.err);
    assertTrue(project.read("node_modules/lodger/package.json").contains("1.0.0"));
    assertTrue(project.err.contains("Duplicate field 'dependencies'"), project.err);
    assertTrue(project.err.contains("line 2"), project.err);
  }

  @Test
  void namesAndVersionsThatAreNotThere() throws IOException {
    project.write("package.json", "{\"dependencies\":{\"lodger\":\"1\"}}");
    project.run("install");
    failsWithoutTrace("E404", "install", "lodgre");
    assertTrue(
        project.err.contains("Did you mean one of these?\nnodule error   lodger"), project.err);
    registry.answer(
        "/-/v1/search",
        "{\"objects\":[{\"package\":{\"name\":\"expressly\"}},{\"package\":{\"name\":\"x\"}}]}");
    failsWithoutTrace("E404", "install", "expresly");
    assertTrue(project.err.contains("  expressly\n"), project.err);
    assertFalse(project.err.contains("  x\n"), project.err);
    failsWithoutTrace("E404", "install", "expres");
    assertTrue(project.err.contains("  express\n"), project.err);
    failsWithoutTrace("E404", "view", "lodgerr");
    assertTrue(project.err.contains("  lodger\n"), project.err);
    failsWithoutTrace("ETARGET", "install", "lodger@1.1.0");
    assertTrue(project.err.contains("The nearest versions are: 1.0.0, 1.2.0, 2.0.0"), project.err);
    failsWithoutTrace("ETARGET", "install", "lodger@^3");
    assertTrue(project.err.contains("2.0.0"), project.err);
    failsWithoutTrace("ETARGET", "install", "lodger@lates");
    assertTrue(project.err.contains("The nearest tags are: latest"), project.err);
  }

  @Test
  void foldersThatLinkToEachOther() throws IOException {
    project
        .write(
            "package.json", "{\"name\":\"r\",\"dependencies\":{\"a\":\"file:a\",\"r\":\"file:.\"}}")
        .write("a/package.json", "{\"name\":\"a\",\"dependencies\":{\"b\":\"file:../b\"}}")
        .write(
            "b/package.json",
            "{\"name\":\"b\",\"dependencies\":{\"a\":\"file:../a\",\"r\":\"file:..\"}}");
    assertEquals(0, project.run("install"), () -> project.err);
    var before = project.snapshot();
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(before, project.snapshot());
    assertEquals(0, project.run("ls", "--all"), () -> project.err);
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    Files.createSymbolicLink(project.path.resolve("loop"), Path.of("loop"));
    project.write("package.json", "{\"dependencies\":{\"loop\":\"file:loop\"}}");
    failsWithoutTrace("ELOOP", "install");
    project.write("package.json", "{\"dependencies\":{\"gone\":\"file:gone.tgz\"}}");
    failsWithoutTrace("ENOENT", "install");
  }

  private String confined(String mount) throws Exception {
    project.write("package.json", "{\"dependencies\":{\"lodger\":\"1.0.0\"}}");
    project.run("install");
    project.write("package.json", "{\"dependencies\":{\"lodger\":\"2.0.0\"}}");
    String state = "find . -type f | sort | xargs cksum";
    String log =
        NpmProcess.withMounts(
            project,
            temporary.resolve("log"),
            mount
                + "\n"
                + state
                + " > ../before\nnpm install; echo exit $?\n"
                + state
                + " > ../after\ncmp ../before ../after && echo unchanged\n");
    assumeTrue(log != null && !log.contains("mount:"), "mounts are not allowed here");
    return String.valueOf(log);
  }

  @Test
  void aFolderThatCannotBeWritten() throws Exception {
    String log = confined("mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\"");
    assertTrue(log.contains("nodule error code EROFS"), log);
    assertTrue(log.contains("exit 1\nunchanged\n"), log);
  }

  @Test
  void aFullDisk() throws Exception {
    registry.publish("lodger", "2.0.0", Map.of(), Map.of("big.txt", "0123456789".repeat(30_000)));
    // The store lies elsewhere: its files are copied, and the third 100 KiB are too many.
    String log =
        confined(
            "mkdir ../small && mount -t tmpfs -o size=200k tmpfs ../small && cp -r . ../small && cd"
                + " ../small");
    assertTrue(log.contains("nodule error code ENOSPC"), log);
    assertTrue(log.contains("exit 1\nunchanged\n"), log);
  }

  @Test
  void aFullDiskUnderTheStore() throws Exception {
    registry.publish("lodger", "2.0.0", Map.of(), Map.of("big.txt", "0123456789".repeat(30_000)));
    String log =
        confined(
            "mkdir ../small && mount -t tmpfs -o size=200k tmpfs ../small && export"
                + " NODULE_CACHE=$PWD/../small");
    assertTrue(log.contains("nodule error code ENOSPC"), log);
    assertTrue(log.contains("exit 1\nunchanged\n"), log);
  }
}
