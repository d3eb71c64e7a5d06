package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Install scripts: which run, and how a project approves them. */
class ScriptApprovalTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    for (String version : new String[] {"1.0.0", "1.1.0"}) {
      registry.publish(
          "native",
          version,
          Map.of(
              "scripts",
              Map.of(
                  "preinstall",
                  "echo pre >> order",
                  "install",
                  "echo install >> order",
                  "postinstall",
                  "echo $npm_lifecycle_event $npm_package_version >> order; echo patched > index.js")));
    }
    project.write("package.json", "{\"name\":\"p\",\"version\":\"1.0.0\"}");
  }

  @Test
  void nothingRunsUntilApproved() throws IOException {
    assertEquals(0, project.run("install", "native@1.0.0"));
    assertFalse(project.has("node_modules/native/order"));
    assertTrue(project.err.contains("native@1.0.0"), project.err);
    project.run("install-scripts", "ls");
    assertTrue(project.out.contains("native@1.0.0 (preinstall: "), project.out);

    assertEquals(0, project.run("approve-scripts", "native"), () -> project.err);
    assertTrue(
        project.read("package.json").contains("\"native@1.0.0\": true"),
        project.read("package.json"));
    assertEquals(0, project.run("ci"), () -> project.err);
    assertEquals("pre\ninstall\npostinstall 1.0.0\n", project.read("node_modules/native/order"));
    assertEquals("patched\n", project.read("node_modules/native/index.js"));
  }

  @Test
  void aScriptCannotChangeTheSharedStore() throws IOException {
    project.write("package.json", "{\"allowScripts\":{\"native\":true}}");
    project.run("install", "native@1.0.0");
    assertEquals("patched\n", project.read("node_modules/native/index.js"));
    var other = other("other");
    other.env.put("NODULE_CACHE", temporary.resolve("cache").toString());
    other.run("install", "native@1.0.0");
    assertEquals("module.exports = 'native@1.0.0';\n", other.read("node_modules/native/index.js"));
  }

  @Test
  void approvalIsForOneVersion() throws IOException {
    project.write("package.json", "{\"allowScripts\":{\"native@1.0.0\":true}}");
    project.run("install", "native@1.1.0");
    assertFalse(project.has("node_modules/native/order"));
    project.write("package.json", "{\"allowScripts\":{\"native@^1.0.0\":true}}");
    project.run("install", "native@1.1.0", "--force");
    assertFalse(project.has("node_modules/native/order"));
    assertTrue(project.err.contains("exact versions"), project.err);
    project.write(
        "package.json",
        "{\"dependencies\":{\"native\":\"1.1.0\"},\"allowScripts\":{\"native@1.0.0 || 1.1.0\":true}}");
    project.run("ci");
    assertTrue(project.has("node_modules/native/order"));
  }

  @Test
  void denialWinsAndIsSilent() throws IOException {
    project.write("package.json", "{\"allowScripts\":{\"native\":false,\"native@1.0.0\":true}}");
    project.run("install", "native@1.0.0");
    assertFalse(project.has("node_modules/native/order"));
    assertFalse(project.err.contains("native"), project.err);
    project.run("approve-scripts", "native");
    assertEquals("Nothing to approve; allowScripts unchanged.\n", project.out);
    assertEquals(
        "nodule warn approve-scripts native is denied; "
            + "remove the entry from allowScripts to approve native.\n",
        project.err);
  }

  private void says(String printed, String rules, String... command) throws IOException {
    assertEquals(0, project.run(command), () -> project.err);
    assertEquals(printed, project.out);
    assertEquals(
        rules, project.read("package.json").replaceAll("(?s).*\"allowScripts\": |\\s", ""));
  }

  /** As npm 11.19 prints them and writes them. */
  @Test
  void changesAreToldInTheWordsOfNpm() throws IOException {
    project.run("install", "native@1.0.0");
    says(
        "Approved native:\n  added native@1.0.0\n",
        "{\"native@1.0.0\":true}}",
        "approve-scripts",
        "native");
    says(
        "Nothing to approve; allowScripts unchanged.\n",
        "{\"native@1.0.0\":true}}",
        "approve-scripts",
        "native");
    says(
        "No packages with unreviewed install scripts.\n",
        "{\"native@1.0.0\":true}}",
        "deny-scripts",
        "--all");
    project.run("install", "native@1.1.0");
    says(
        "Approved native:\n  removed-stale native@1.0.0\n  added native@1.1.0\n",
        "{\"native@1.1.0\":true}}",
        "approve-scripts",
        "native");
    says(
        "Approved native:\n  added native\n",
        "{\"native\":true}}",
        "approve-scripts",
        "native",
        "--no-allow-scripts-pin");
    says(
        "Approved native:\n  added native@1.1.0\n  replaced-by-pin native\n",
        "{\"native@1.1.0\":true}}",
        "approve-scripts",
        "native");
    says(
        "Denied native:\n  removed-pinned-allow native@1.1.0\n  added native\n",
        "{\"native\":false}}",
        "deny-scripts",
        "native");
    says("No unused allowScripts entries.\n", "{\"native\":false}}", "install-scripts", "prune");
    project.run("uninstall", "native");
    assertEquals(0, project.run("install-scripts", "prune", "--dry-run"));
    assertEquals(
        "Would remove 1 unused allowScripts entry:\n  native (package not installed)\n",
        project.out);
    assertTrue(project.read("package.json").contains("allowScripts"));
    assertEquals(0, project.run("install-scripts", "prune", "--json"));
    assertEquals(
        """
        {
          "allowScripts": {
            "removed": [
              {
                "key": "native",
                "value": false,
                "reason": "not-installed"
              }
            ],
            "dryRun": false
          }
        }
        """,
        project.out);
    assertFalse(project.read("package.json").contains("allowScripts"));
    assertEquals(1, project.run("approve-scripts", "a@1", "b"));
    assertTrue(project.err.contains("No installed packages match: a@1, b\n"), project.err);
  }

  @Test
  void strictModeFailsOnWhatNobodyDecided() throws IOException {
    var before = project.snapshot();
    assertEquals(1, project.run("install", "native", "--strict-allow-scripts"));
    assertTrue(project.err.contains("ESTRICTALLOWSCRIPTS"), project.err);
    assertEquals(before, project.snapshot());
  }

  @Test
  void theCommandLineCannotApproveInAProject() throws IOException {
    assertEquals(1, project.run("install", "native", "--allow-scripts=native"));
    assertTrue(project.err.contains("EALLOWSCRIPTS"), project.err);
    assertEquals(0, project.run("install", "native", "--dangerously-allow-all-scripts"));
    assertTrue(project.has("node_modules/native/order"));
  }

  @Test
  void aPackageCannotTakeAnothersApproval() throws IOException {
    registry.publish(
        "liar",
        "1.0.0",
        Map.of("scripts", Map.of("postinstall", "touch ran")),
        new TestArchive()
            .file(
                "package/package.json",
                "{\"name\":\"native\",\"version\":\"1.0.0\",\"scripts\":{\"postinstall\":\"touch ran\"}}")
            .bytes());
    project.write("package.json", "{\"allowScripts\":{\"native\":true}}");
    assertEquals(0, project.run("install", "liar"), () -> project.err);
    assertFalse(project.has("node_modules/liar/ran"));
    project.run("install", "native@npm:liar@1.0.0");
    assertFalse(project.has("node_modules/native/ran"));
  }

  @Test
  void runsTheProjectsOwnScripts() throws IOException {
    project.write(
        "package.json",
        "{\"name\":\"p\",\"version\":\"1.0.0\",\"scripts\":{\"prebuild\":\"echo before\","
            + "\"build\":\"echo $npm_package_name $npm_lifecycle_event\",\"broken\":\"exit 7\"}}");
    assertEquals(0, project.run("run", "build", "--", "a b"), () -> project.err);
    assertTrue(project.out.contains("before\n"), project.out);
    assertTrue(project.out.contains("p build a b\n"), project.out);
    assertEquals(7, project.run("run", "broken"));
    assertEquals(1, project.run("run", "biuld"));
    assertTrue(project.err.contains("nodule run build"), project.err);
  }
}
