package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that only tell something. */
class InformationTest extends RegistryFixture {

  @BeforeEach
  void start() throws IOException {
    registry
        .publish("leaf", "1.0.0", Map.of("license", "MIT", "funding", "https://example.org/fund"))
        .publish("leaf", "1.1.0", Map.of("license", "MIT"))
        .publish("leaf", "2.0.0", Map.of("license", "ISC"));
    registry.publish("branch", "1.0.0", Map.of("dependencies", Map.of("leaf", "1.0.0")));
    project.write(
        "package.json",
        "{\"name\":\"p\",\"version\":\"1.0.0\",\"devDependencies\":{\"branch\":\"1\"}}");
    project.run("install");
  }

  @Test
  void outdatedComparesInstalledWantedAndLatest() throws IOException {
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"^1.0.0\"}}");
    assertEquals(1, project.run("outdated"), () -> project.err);
    assertEquals(
        "Package  Current  Wanted  Latest  Location           Depended by\n"
            + "leaf       1.0.0   1.1.0   2.0.0  node_modules/leaf  project\n",
        project.out);
    project.run("install", "leaf@2");
    assertEquals(0, project.run("outdated"), () -> project.out);
  }

  @Test
  void explainShowsTheChain() {
    assertEquals(0, project.run("why", "leaf"));
    assertEquals(
        """
        leaf@1.0.0 dev
        node_modules/leaf
          leaf@"1.0.0" from branch@1.0.0
          node_modules/branch
            dev branch@"1" from the root project
        """,
        project.out);
    assertEquals(1, project.run("why", "nothing"));
  }

  @Test
  void queryUnderstandsSelectors() {
    for (var c :
        Map.of(
                "#leaf",
                "leaf@1.0.0",
                ":root > *",
                "branch@1.0.0",
                ":root #leaf",
                "leaf@1.0.0",
                ".dev:not([license=MIT])",
                "branch@1.0.0",
                "*:semver(1.0.0):empty",
                "leaf@1.0.0",
                ":has(> #leaf)",
                "branch@1.0.0",
                "#branch > [license^=M]",
                "leaf@1.0.0")
            .entrySet()) {
      assertEquals(0, project.run("query", c.getKey()), () -> project.err);
      var found =
          java.util.regex.Pattern.compile("\"pkgid\": \"([^\"]*)\"")
              .matcher(project.out)
              .results()
              .map(m -> m.group(1))
              .filter(id -> !id.equals("p@1.0.0"))
              .toList();
      assertEquals(java.util.List.of(c.getValue()), found, c.getKey());
    }
    assertEquals(1, project.run("query", "#leaf >"));
    assertTrue(project.err.contains("EQUERYSYNTAX"), project.err);
  }

  @Test
  void auditReportsWhatIsInstalledAndNothingElse() {
    assertEquals(1, project.run("audit"));
    assertTrue(project.err.contains("ENOAUDIT"), project.err);
    registry.fault(
        "/-/npm/v1/security/advisories/bulk",
        x -> {
          String asked = new String(x.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String answer =
              asked.contains("\"leaf\":[\"1.0.0\"]")
                  ? "{\"leaf\":[{\"id\":1,\"url\":\"https://example.org/1\",\"title\":\"Falls\",\"severity\":\"high\",\"vulnerable_versions\":\"<1.1.0\"},"
                      + "{\"id\":2,\"title\":\"Other\",\"severity\":\"critical\",\"vulnerable_versions\":\">=2\"}]}"
                  : "{}";
          TestRegistry.send(x, 200, answer.getBytes(StandardCharsets.UTF_8));
          return true;
        });
    assertEquals(1, project.run("audit"), () -> project.err);
    assertTrue(
        project.out.contains("Falls - https://example.org/1") && !project.out.contains("Other"),
        project.out);
    assertTrue(project.out.contains("1 vulnerability (1 high)"), project.out);
    assertEquals(0, project.run("audit", "--audit-level=critical"));
    assertEquals(0, project.run("audit", "--omit=dev"));
    project.run("audit", "--json");
    assertTrue(project.out.contains("\"auditReportVersion\": 2"), project.out);
  }

  @Test
  void sbomViewFundAndConfig() throws IOException {
    assertEquals(0, project.run("sbom", "--sbom-format=cyclonedx"), () -> project.err);
    assertTrue(project.out.contains("\"purl\": \"pkg:npm/leaf@1.0.0\""), project.out);
    assertEquals(0, project.run("sbom", "--sbom-format", "spdx"));
    assertTrue(project.out.contains("\"SPDXRef-Package-leaf-1.0.0\""), project.out);
    assertEquals(0, project.run("view", "leaf", "version"));
    assertEquals("2.0.0\n", project.out);
    assertEquals(0, project.run("view", "leaf@1", "dist.integrity", "versions", "--json"));
    assertTrue(project.out.contains("sha512-") && project.out.contains("1.1.0"), project.out);
    project.run("fund");
    assertTrue(project.out.contains("https://example.org/fund"), project.out);
    assertEquals(0, project.run("config", "set", "save-prefix=~", "--location=project"));
    assertEquals("save-prefix=~\n", project.read(".npmrc"));
    project.run("config", "get", "save-prefix");
    assertEquals("~\n", project.out);
    assertEquals(1, project.run("config", "get", "//example.org/:_authToken"));
    project.write(".npmrc", "save-prefix=~\n//example.org/:_authToken=secret\n");
    assertEquals(0, project.run("config", "list", "--save-prefix=^"), project.err);
    assertTrue(
        project.out.contains(
            "; \"project\" config from "
                + project.path.resolve(".npmrc")
                + "\n\n//example.org/:_authToken = (protected)\n"
                + "; save-prefix = \"~\" ; overridden by cli\n\n"),
        project.out);
    assertTrue(project.out.contains("; \"cli\" config from command line options\n\n"), project.out);
    assertTrue(project.out.contains("\nsave-prefix = \"^\"\n"), project.out);
  }

  @Test
  void initWritesNpmsDefaults() throws IOException {
    Files.delete(project.path.resolve("package.json"));
    assertEquals(0, project.run("init", "-y"), () -> project.err);
    assertTrue(
        project
            .read("package.json")
            .startsWith("{\n  \"name\": \"project\",\n  \"version\": \"1.0.0\",\n"));
    assertTrue(project.read("package.json").contains("\"type\": \"commonjs\""));
  }

  @Test
  void cacheVerifyRemovesWhatWasChanged() throws IOException {
    project.run("cache", "verify");
    assertTrue(
        project.out.contains("2 packages") && project.out.contains("0 damaged"), project.out);
    project.write("node_modules/leaf/index.js", "changed through the link that all projects share");
    project.run("cache", "verify");
    assertTrue(project.out.contains("1 damaged"), project.out);
    var other = other("other");
    other.env.put("NODULE_CACHE", temporary.resolve("cache").toString());
    other.run("install", "leaf@1.0.0");
    assertTrue(other.read("node_modules/leaf/index.js").contains("leaf@1.0.0"));
    assertEquals(1, project.run("cache", "clean"));
    assertEquals(0, project.run("cache", "clean", "--force"));
    assertFalse(Files.exists(temporary.resolve("cache/npm")));
  }

  @Test
  void dedupeAndPruneTidyUp() throws IOException {
    registry.publish("wide", "1.0.0", Map.of("dependencies", Map.of("leaf", "^1.0.0")));
    project.write(
        "package.json", "{\"dependencies\":{\"wide\":\"1\",\"branch\":\"1\",\"leaf\":\"1.1.0\"}}");
    project.run("install");
    assertTrue(project.has("node_modules/branch/node_modules/leaf"));
    project.write("package.json", "{\"dependencies\":{\"wide\":\"1\",\"branch\":\"1\"}}");
    assertEquals(0, project.run("dedupe"), () -> project.err);
    assertFalse(project.has("node_modules/branch/node_modules/leaf"), project.out);
    assertTrue(project.read("node_modules/leaf/index.js").contains("1.0.0"));
    project.write("node_modules/stray/package.json", "{\"name\":\"stray\",\"version\":\"1.0.0\"}");
    assertEquals(0, project.run("prune"));
    assertFalse(project.has("node_modules/stray"));
  }

  @Test
  void aMirrorServesAMachineWithoutNetwork() throws IOException {
    assertEquals(0, project.run("mirror", "../mirror"), () -> project.err);
    registry.close();
    project.env.put("NODULE_CACHE", temporary.resolve("fresh-cache").toString());
    String mirror = "file:" + temporary.resolve("mirror");
    var before = project.snapshot();
    assertEquals(0, project.run("ci", "--registry", mirror), () -> project.err);
    assertEquals(before, project.snapshot());
    Files.delete(project.path.resolve("package-lock.json"));
    assertEquals(0, project.run("install", "--registry", mirror), () -> project.err);
    assertEquals(1, project.run("install", "elsewhere", "--registry", mirror));
    assertTrue(project.err.contains("E404"), project.err);
  }

  @Test
  void unknownCommandsNameTheNearest() {
    assertEquals(1, project.run("instal"));
    assertTrue(project.err.contains("nodule install"), project.err);
    assertEquals(0, project.run("npm", "--version"));
    assertEquals("11.19.1\n", project.out);
  }
}
