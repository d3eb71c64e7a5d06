package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.npm.NpmInstaller;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that change a tree, against a registry of the test's own. */
class InstallTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    registry
        .publish("leaf", "1.0.0", Map.of())
        .publish("leaf", "1.1.0", Map.of())
        .publish("leaf", "2.0.0", Map.of());
    registry.publish(
        "branch",
        "1.0.0",
        Map.of("dependencies", Map.of("leaf", "^1.0.0"), "bin", Map.of("twig", "cli.js")),
        Map.of("cli.js", "#!/usr/bin/env node\r\nconsole.log('twig')\r\n"));
    registry.publish("@scope/pack", "1.0.0", Map.of());
  }

  @Test
  void installsSavesHoistsAndLinks() throws IOException {
    assertEquals(0, project.run("install", "branch", "leaf@2", "@scope/pack"), () -> project.err);
    assertEquals(
        """
        {
          "dependencies": {
            "@scope/pack": "^1.0.0",
            "branch": "^1.0.0",
            "leaf": "^2.0.0"
          }
        }
        """,
        project.read("package.json"));
    assertTrue(project.read("node_modules/leaf/index.js").contains("leaf@2.0.0"));
    assertTrue(
        project.read("node_modules/branch/node_modules/leaf/index.js").contains("leaf@1.1.0"));
    assertEquals(
        "../branch/cli.js",
        Files.readSymbolicLink(project.path.resolve("node_modules/.bin/twig")).toString());
    assertTrue(Files.isExecutable(project.path.resolve("node_modules/branch/cli.js")));
    assertTrue(
        project.read("node_modules/branch/cli.js").startsWith("#!/usr/bin/env node\nconsole"));
    assertTrue(project.out.contains("added 4 packages"));
    assertTrue(project.read("package-lock.json").contains("\"lockfileVersion\": 3"));
    assertTrue(
        project.read("package-lock.json").contains("\"node_modules/branch/node_modules/leaf\""));
    assertFalse(project.snapshot().containsValue("litter"));
  }

  @Test
  void secondInstallHasNothingToDoAndKeepsEveryByte() throws IOException {
    project.run("install", "branch");
    var before = project.snapshot();
    int requests = registry.requests.size();
    assertEquals(0, project.run("install"));
    assertTrue(project.out.contains("up to date"), project.out);
    assertEquals(before, project.snapshot());
    assertEquals(requests, registry.requests.size());
  }

  @Test
  void ciMakesTheSameTreeFromTheLockFileAlone() throws IOException {
    project.run("install", "branch", "-D", "leaf@1.0.0");
    var before = project.snapshot();
    project
        .write("node_modules/leaf/index.js", "changed")
        .write("node_modules/stray/index.js", "stray");
    registry.publish("leaf", "1.2.0", Map.of());
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(before, project.snapshot());
  }

  @Test
  void ciRefusesALockFileThatDoesNotFit() throws IOException {
    project.run("install", "leaf@1");
    var before = project.snapshot();
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"^2.0.0\"}}");
    assertEquals(1, project.run("ci"));
    assertTrue(project.err.contains("EUSAGE"), project.err);
    assertTrue(project.err.contains("leaf"), project.err);
    assertEquals(
        before.get("node_modules/leaf/index.js"), project.read("node_modules/leaf/index.js"));
  }

  @Test
  void uninstallTakesAwayWhatNothingElseNeeds() throws IOException {
    project.run("install", "branch", "@scope/pack");
    assertEquals(0, project.run("uninstall", "branch", "@scope/pack"));
    assertEquals("{}\n", project.read("package.json"));
    assertFalse(project.has("node_modules/leaf"));
    assertFalse(project.has("node_modules/@scope"));
    assertFalse(project.has("node_modules/.bin"));
  }

  @Test
  void updateMovesWithinTheRange() throws IOException {
    project.run("install", "leaf@1.0.0");
    project.write("package.json", "{\n\t\"dependencies\": {\n\t\t\"leaf\": \"^1.0.0\"\n\t}\n}\n");
    project.run("install");
    assertTrue(project.read("node_modules/leaf/index.js").contains("1.0.0"));
    assertEquals(0, project.run("update", "leaf"), () -> project.err);
    assertTrue(project.read("node_modules/leaf/index.js").contains("1.1.0"));
    assertEquals(
        "{\n\t\"dependencies\": {\n\t\t\"leaf\": \"^1.0.0\"\n\t}\n}\n",
        project.read("package.json"));
  }

  @Test
  void listsTheTree() {
    project.run("install", "branch");
    assertEquals(0, project.run("ls", "--all"));
    assertTrue(project.out.contains("└─┬ branch@1.0.0\n  └── leaf@1.1.0"), project.out);
    project.run("ls", "--json", "--all");
    assertTrue(project.out.contains("\"version\": \"1.1.0\""), project.out);
  }

  @Test
  void installMissingActsOnceAndOnlyWhenNeeded() throws IOException {
    project
        .write("package.json", "{\"dependencies\":{\"leaf\":\"1.0.0\"}}")
        .write(".npmrc", "registry=" + registry.url());
    var installer = NpmInstaller.create();
    assertTrue(installer.installMissing(project.path));
    assertTrue(project.has("node_modules/leaf/index.js"));
    int requests = registry.requests.size();
    assertFalse(installer.installMissing(project.path));
    assertEquals(requests, registry.requests.size());
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"1.0.0\",\"branch\":\"1\"}}");
    assertTrue(installer.installMissing(project.path));
    assertTrue(project.has("node_modules/branch"));
    assertFalse(installer.installMissing(temporary.resolve("nothing-here")));
  }

  @Test
  void twoInstallsInOneFolderDoNotMix() throws Exception {
    project.write("package.json", "{\"dependencies\":{\"branch\":\"1\",\"@scope/pack\":\"1\"}}");
    int[] codes = new int[4];
    var threads = new Thread[codes.length];
    for (int i = 0; i < codes.length; i++) {
      int n = i;
      threads[n] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      codes[n] =
                          new ProjectFolder(temporary, registry.url())
                              .run(n == 2 ? "ci" : "install");
                    } catch (IOException e) {
                      codes[n] = -1;
                    }
                  });
    }
    for (var t : threads) {
      t.join();
    }
    assertEquals(List.of(0, 0, 0), List.of(codes[0], codes[1], codes[3]));
    var tree = project.snapshot();
    assertFalse(tree.containsValue("litter"));
    assertEquals(0, project.run("ci"));
    assertEquals(tree, project.snapshot());
  }

  @Test
  void workspacesAndFoldersAreLinked() throws IOException {
    project
        .write(
            "package.json",
            "{\"name\":\"top\",\"workspaces\":[\"parts/*\"],\"dependencies\":{\"near\":\"file:near\"}}")
        .write(
            "parts/one/package.json",
            "{\"name\":\"one\",\"version\":\"1.0.0\",\"dependencies\":{\"leaf\":\"1.0.0\"}}")
        .write("near/package.json", "{\"name\":\"near\",\"version\":\"3.0.0\"}");
    assertEquals(0, project.run("install"), () -> project.err);
    assertEquals(
        "../parts/one",
        Files.readSymbolicLink(project.path.resolve("node_modules/one")).toString());
    assertEquals(
        "../near", Files.readSymbolicLink(project.path.resolve("node_modules/near")).toString());
    assertTrue(project.has("node_modules/leaf/index.js"));
    var before = project.snapshot();
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(before, project.snapshot());
  }
}
