package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that act on workspaces, on the global folder, and on links between packages. */
class WorkspaceAndGlobalTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    registry.publish("leaf", "1.0.0", Map.of()).publish("leaf", "2.0.0", Map.of());
    registry.publish(
        "tool",
        "1.0.0",
        Map.of("bin", Map.of("tool", "cli.js"), "dependencies", Map.of("leaf", "1")),
        Map.of("cli.js", "#!/bin/sh\necho tool ran \"$@\"\n"));
  }

  private void workspaces() throws IOException {
    project
        .write("package.json", "{\"name\":\"top\",\"workspaces\":[\"a\",\"b\"]}\n")
        .write(
            "a/package.json",
            "{\"name\":\"a\",\"version\":\"1.0.0\",\"scripts\":{\"hi\":\"echo in $npm_package_name\"}}\n")
        .write(
            "b/package.json",
            "{\"name\":\"b\",\"version\":\"1.0.0\",\"dependencies\":{\"a\":\"1\"},\"scripts\":{\"hi\":\"echo in b\"}}\n");
  }

  @Test
  void aDependencyCanBeAddedToOneWorkspace() throws IOException {
    workspaces();
    assertEquals(0, project.run("install"), () -> project.err);
    assertEquals(0, project.run("install", "leaf@1", "-w", "a"), () -> project.err);
    assertTrue(
        project.read("a/package.json").contains("\"leaf\": \"^1.0.0\""),
        project.read("a/package.json"));
    assertFalse(project.read("package.json").contains("leaf"));
    assertTrue(project.has("node_modules/leaf/index.js"));
    assertEquals(0, project.run("install", "leaf@2", "--workspace=b"), () -> project.err);
    assertTrue(project.read("b/node_modules/leaf/index.js").contains("2.0.0"), () -> project.err);
    var tree = project.snapshot();
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals(tree, project.snapshot());
    assertEquals(0, project.run("uninstall", "leaf", "-w", "b"), () -> project.err);
    assertFalse(project.has("b/node_modules/leaf"));
    assertFalse(project.read("b/package.json").contains("leaf"));
  }

  @Test
  void aFailedInstallLeavesTheWorkspaceFilesAlone() throws IOException {
    workspaces();
    project.run("install");
    var before = project.snapshot();
    assertEquals(1, project.run("install", "unknown-package", "-w", "a"));
    assertEquals(before, project.snapshot());
  }

  @Test
  void scriptsRunInEachChosenWorkspace() throws IOException {
    workspaces();
    assertEquals(0, project.run("run", "hi", "--workspaces"), () -> project.err);
    assertTrue(project.out.contains("in a\n") && project.out.contains("in b\n"), project.out);
    assertEquals(0, project.run("run", "hi", "-w", "b"));
    assertFalse(project.out.contains("in a\n"), project.out);
    assertEquals(1, project.run("run", "hi", "-w", "nowhere"));
  }

  @Test
  void globalPackagesHaveTheirCommandsInThePrefix() throws IOException {
    Path prefix = Files.createDirectories(temporary.resolve("prefix"));
    project.env.put("npm_config_prefix", prefix.toString());
    assertEquals(0, project.run("install", "-g", "tool", "leaf@2"), () -> project.err);
    assertEquals(
        "../lib/node_modules/tool/cli.js",
        Files.readSymbolicLink(prefix.resolve("bin/tool")).toString());
    assertTrue(Files.exists(prefix.resolve("lib/node_modules/tool/node_modules/leaf")));
    assertFalse(Files.exists(prefix.resolve("lib/package.json")));
    assertEquals(0, project.run("ls", "-g"), () -> project.err);
    assertTrue(project.out.contains("tool@1.0.0"), project.out);
    Files.writeString(prefix.resolve("bin/mine"), "x");
    assertEquals(0, project.run("uninstall", "-g", "tool"), () -> project.err);
    assertFalse(Files.isSymbolicLink(prefix.resolve("bin/tool")));
    assertTrue(Files.exists(prefix.resolve("bin/mine")));
    assertTrue(Files.exists(prefix.resolve("lib/node_modules/leaf/index.js")));
  }

  @Test
  void aGlobalCommandDoesNotOverwriteAForeignFile() throws IOException {
    Path prefix = Files.createDirectories(temporary.resolve("prefix"));
    project.env.put("npm_config_prefix", prefix.toString());
    Files.createDirectories(prefix.resolve("bin"));
    Files.writeString(prefix.resolve("bin/tool"), "mine");
    assertEquals(1, project.run("install", "-g", "tool"));
    assertTrue(project.err.contains("EEXIST"), project.err);
    assertEquals("mine", Files.readString(prefix.resolve("bin/tool")));
    assertFalse(Files.exists(prefix.resolve("lib/node_modules/tool")));
  }

  @Test
  void linksAPackageForEverybodyAndIntoAProject() throws IOException {
    project.env.put("npm_config_prefix", temporary.resolve("prefix").toString());
    var other = other("other");
    other.env.putAll(project.env);
    other
        .write("package.json", "{\"name\":\"mine\",\"version\":\"1.0.0\",\"bin\":\"run.js\"}")
        .write("run.js", "#!/bin/sh\n");
    assertEquals(0, other.run("link"), () -> other.err);
    assertEquals(
        other.path.toRealPath(), temporary.resolve("prefix/lib/node_modules/mine").toRealPath());
    project.write("package.json", "{}");
    assertEquals(0, project.run("link", "mine"), () -> project.err);
    assertEquals(other.path.toRealPath(), project.path.resolve("node_modules/mine").toRealPath());
    assertEquals("{}", project.read("package.json"));
  }

  @Test
  void execLooksBeforeItAsks() throws IOException {
    registry.publish("tool", "1.0.0", "1.2.0");
    assertEquals(1, project.run("exec", "--no", "tool"));
    assertTrue(
        project.err.contains(
            "npx canceled due to missing packages and no YES option: [\"tool@1.2.0\"]\n"),
        project.err);
    assertEquals(1, project.run("exec", "--yes=false", "nobody-has-this"));
    assertTrue(project.err.startsWith("nodule error code E404\n"), project.err);
  }

  @Test
  void execInstallsWhatIsMissingApartFromTheProject() throws IOException {
    project.write("package.json", "{}");
    assertEquals(0, project.run("x", "tool", "--flag", "a b"), () -> project.err);
    assertEquals("tool ran --flag a b\n", project.out);
    assertFalse(project.has("node_modules"));
    project.run("install", "tool");
    assertEquals(0, project.run("exec", "tool", "--", "-v"), () -> project.err);
    assertEquals("tool ran -v\n", project.out);
    assertEquals(0, project.run("exec", "-c", "tool in-shell"), () -> project.err);
    assertEquals("tool ran in-shell\n", project.out);
    project.env.put("npm_config_yes", "false");
    assertEquals(1, project.run("x", "leaf@1"));
    assertTrue(project.err.contains("ECANCELED"), project.err);
  }
}
