package dev.nodule.npm.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that a registry may have beside its packages: search, signing keys, advisories. */
class RegistryServiceTest extends RegistryFixture {
  private static final String KEY_ID = "SHA256:test";

  @BeforeEach
  void start() throws IOException {
    registry
        .publish("leaf", "1.0.0", "1.1.0", "2.0.0")
        .publish("pinned", "1.0.0", Map.of("dependencies", Map.of("leaf", "1.0.0")))
        .publish("pinned", "1.0.1", Map.of("dependencies", Map.of("leaf", "^1.1.0")));
  }

  private static KeyPair keys() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private void serveKey(KeyPair pair, String expires) {
    registry.answer(
        "/-/npm/v1/keys",
        "{\"keys\":[{\"keyid\":\"%s\",\"keytype\":\"ecdsa-sha2-nistp256\",\"expires\":%s,\"key\":\"%s\"}]}"
            .formatted(
                KEY_ID,
                expires,
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
  }

  @Test
  void signaturesAreVerifiedMissingOrInvalid() throws Exception {
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"1.0.0\",\"pinned\":\"1.0.1\"}}");
    project.run("install");
    assertTrue(project.has("node_modules/pinned/node_modules/leaf"));
    assertEquals(1, project.run("audit", "signatures"));
    assertTrue(project.err.contains("no dependencies to audit"), project.err);

    var pair = keys();
    serveKey(pair, "null");
    registry.sign("leaf", "1.0.0", pair.getPrivate(), KEY_ID);
    registry.sign("leaf", "1.1.0", pair.getPrivate(), KEY_ID);
    assertEquals(1, project.run("audit", "signatures"));
    assertTrue(project.out.startsWith("audited 3 packages in "), project.out);
    assertTrue(
        project.out.contains("\n2 packages have verified registry signatures\n"), project.out);
    assertTrue(
        project.out.contains(
            "1 package has a missing registry signature but the registry is providing signing keys:\n\n"
                + "pinned@1.0.1 ("
                + registry.url()
                + ")\n"),
        project.out);

    registry.sign("pinned", "1.0.1", pair.getPrivate(), KEY_ID);
    assertEquals(0, project.run("audit", "signatures"), () -> project.out);
    assertTrue(project.out.contains("3 packages have verified"), project.out);
    assertEquals(0, project.run("audit", "signatures", "--json"));
    assertEquals("{\n  \"invalid\": [],\n  \"missing\": []\n}\n", project.out);

    registry.sign("pinned", "1.0.1", keys().getPrivate(), KEY_ID);
    assertEquals(1, project.run("audit", "signatures"));
    assertTrue(
        project.out.contains("1 package has an invalid registry signature:\n\npinned@1.0.1 ("),
        project.out);
    assertEquals(1, project.run("audit", "signatures", "--json"));
    assertTrue(project.out.contains("\"code\": \"EINTEGRITYSIGNATURE\""), project.out);
  }

  @Test
  void anotherArchiveThanTheSignedOneIsInvalid() throws Exception {
    var pair = keys();
    serveKey(pair, "null");
    registry.publish("swapped", "1.0.0", Map.of());
    project.run("install", "swapped");
    registry.publish("swapped", "1.0.0", Map.of("description", "another archive"));
    registry.sign("swapped", "1.0.0", pair.getPrivate(), KEY_ID);
    assertEquals(1, project.run("audit", "signatures"));
    assertTrue(project.out.contains("invalid registry signature"), project.out);
  }

  @Test
  void signaturesOfUnknownKeysAreReported() throws Exception {
    var pair = keys();
    serveKey(pair, "\"2020-01-01T00:00:00.000Z\"");
    registry.sign("leaf", "2.0.0", pair.getPrivate(), "SHA256:other");
    project.run("install", "leaf");
    assertEquals(1, project.run("audit", "signatures"));
    assertTrue(project.err.contains("EMISSINGSIGNATUREKEY"), project.err);
  }

  @Test
  void signaturesFromAfterTheEndOfTheirKeyAreReported() throws Exception {
    var pair = keys();
    serveKey(pair, "\"2020-01-01T00:00:00.000Z\"");
    registry.sign("leaf", "2.0.0", pair.getPrivate(), KEY_ID);
    project.run("install", "leaf");
    registry.time("leaf", "2.0.0", "2019-12-31T23:59:59.999Z");
    assertEquals(0, project.run("audit", "signatures"), () -> project.err);
    registry.time("leaf", "2.0.0", "2020-01-01T00:00:00.000Z");
    failsWithoutTrace("EEXPIREDSIGNATUREKEY", "audit", "signatures");
    assertTrue(
        project.err.contains("leaf@2.0.0") && project.err.contains("2020-01-01"), project.err);
  }

  @Test
  void searchListsWhatIsFound() {
    registry.answer(
        "/-/v1/search",
        """
        {"objects":[{"package":{"name":"leaf","version":"2.0.0","description":"green\\u001b[31m","keywords":["tree","wood"],
        "date":"2024-05-06T00:00:00.000Z","publisher":{"username":"ann"},"maintainers":[{"username":"ann"},{"username":"bob"}]}}]}
        """);
    assertEquals(0, project.run("search", "green", "leaf"), () -> project.err);
    assertEquals(
        """
        leaf
        green [31m
        Version 2.0.0 published 2024-05-06 by ann
        Maintainers: ann bob
        Keywords: tree wood
        https://npm.im/leaf

        """,
        project.out);
    assertEquals(0, project.run("search", "leaf", "--json"));
    assertTrue(project.out.contains("\"version\": \"2.0.0\""), project.out);
    project.run("search", "leaf", "--parseable");
    assertEquals("leaf\tgreen [31m\t2024-05-06\t2.0.0\ttree,wood\n", project.out);
    project.run("search", "leaf", "--searchexclude=wood");
    assertEquals("No matches found for \"leaf\"\n", project.out);
    assertEquals(1, project.run("search"));
    assertTrue(project.err.contains("EUSAGE"), project.err);
  }

  private void serveAdvisory() {
    registry.fault(
        "/-/npm/v1/security/advisories/bulk",
        x -> {
          String asked = new String(x.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String answer =
              asked.contains("leaf")
                  ? "{\"leaf\":[{\"id\":1,\"title\":\"Falls\",\"url\":\"u\",\"severity\":\"high\",\"vulnerable_versions\":\"<1.1.0\"}]}"
                  : "{}";
          TestRegistry.send(x, 200, answer.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  @Test
  void auditFixUpdatesWithinRanges() throws IOException {
    serveAdvisory();
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"1.0.0\",\"pinned\":\"1.0.0\"}}");
    project.run("install");
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"^1.0.0\",\"pinned\":\"^1.0.0\"}}");
    project.run("install");
    assertEquals(1, project.run("audit"));
    var before = project.snapshot();
    assertEquals(0, project.run("audit", "fix", "--dry-run"), () -> project.out + project.err);
    assertTrue(project.out.contains("changed 2 packages"), project.out);
    assertEquals(before, project.snapshot());
    assertEquals(0, project.run("audit", "fix"), () -> project.out + project.err);
    assertTrue(project.out.contains("found 0 vulnerabilities"), project.out);
    assertTrue(project.read("node_modules/leaf/package.json").contains("1.1.0"));
    assertTrue(project.read("node_modules/pinned/package.json").contains("1.0.1"));
    assertTrue(project.read("package-lock.json").contains("leaf-1.1.0.tgz"));
    assertTrue(project.read("package.json").contains("\"leaf\":\"^1.0.0\""), "ranges stay");
    assertEquals(0, project.run("audit", "fix"));
  }

  @Test
  void auditFixLeavesWhatTheProjectPins() throws IOException {
    serveAdvisory();
    project.write("package.json", "{\"dependencies\":{\"leaf\":\"1.0.0\"}}");
    project.run("install");
    var before = project.snapshot();
    assertEquals(1, project.run("audit", "fix", "--dry-run"));
    assertEquals(1, project.run("audit", "fix"));
    assertTrue(project.out.contains("1 vulnerability (1 high)"), project.out);
    assertEquals(before, project.snapshot());
    assertEquals(1, project.run("audit", "fix", "--force"));
    assertTrue(project.err.contains("EUNSUPPORTED"), project.err);
    assertFalse(project.out.contains("changed"));
  }
}
