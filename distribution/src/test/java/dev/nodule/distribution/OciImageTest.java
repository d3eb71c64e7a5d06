package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nodule.json.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An OCI image layout: held against the specification digest by digest, read by the tools of the
 * trade, and run.
 */
@Timeout(600)
@Tag("image")
class OciImageTest {
  private static final String NAME = "nodule-example-appliance";
  private static final String HOME = "/opt/" + NAME;

  @TempDir static Path shared;
  private static Path layout = Path.of("");

  @BeforeAll
  static void makeOne() {
    Path made = shared.resolve("image.oci");
    DistImages.make(
        "--app",
        DistImages.APPLIANCE.toString(),
        "--out",
        made.toString(),
        "--no-cache",
        "--no-jit");
    layout = made;
  }

  private static Map<String, @Nullable Object> json(Path file) throws Exception {
    return Json.object(Json.parse(Files.readAllBytes(file)));
  }

  /** The file of a descriptor, whose size and digest must be right. */
  private static Path blob(@Nullable Object descriptor) throws Exception {
    Map<String, @Nullable Object> fields = Json.object(descriptor);
    String digest = Json.string(fields.get("digest"));
    Path file = layout.resolve("blobs").resolve(digest.replace(':', '/'));
    assertEquals(digest, digest(Files.readAllBytes(file)));
    assertEquals(Files.size(file), ((Number) fields.get("size")).longValue());
    return file;
  }

  private static String digest(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @Test
  void everyDigestIsThatOfItsContent() throws Exception {
    assertEquals("1.0.0", json(layout.resolve("oci-layout")).get("imageLayoutVersion"));
    Map<String, @Nullable Object> index = json(layout.resolve("index.json"));
    assertEquals("application/vnd.oci.image.index.v1+json", index.get("mediaType"));
    Map<String, @Nullable Object> entry = Json.object(list(index.get("manifests")).getFirst());
    assertEquals(
        "1.0.0", Json.object(entry.get("annotations")).get("org.opencontainers.image.ref.name"));
    Set<Path> known = new HashSet<>();
    Path manifestFile = blob(entry);
    known.add(manifestFile);
    Map<String, @Nullable Object> manifest = json(manifestFile);
    Path configFile = blob(manifest.get("config"));
    known.add(configFile);
    Map<String, @Nullable Object> config = json(configFile);
    List<Object> plain = new ArrayList<>();
    for (Object layer : list(manifest.get("layers"))) {
      assertEquals(
          "application/vnd.oci.image.layer.v1.tar+gzip", Json.object(layer).get("mediaType"));
      Path file = blob(layer);
      known.add(file);
      try (GZIPInputStream in =
          new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
        plain.add(digest(in.readAllBytes()));
      }
    }
    assertEquals(list(Json.object(config.get("rootfs")).get("diff_ids")), plain);
    assertEquals(plain.size(), list(config.get("history")).size());
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      assertEquals(known, new HashSet<>(files.toList()));
    }

    assertTrue(Files.readString(Path.of(layout + ".k8s.yaml")).contains(layout + ":1.0.0"));
    Map<String, @Nullable Object> run = Json.object(config.get("config"));
    assertEquals("65532:65532", run.get("User"));
    assertEquals(List.of(HOME + "/bin/" + NAME), run.get("Entrypoint"));
    assertEquals("SIGTERM", run.get("StopSignal"));
    assertEquals("linux", config.get("os"));
    Map<String, @Nullable Object> labels = Json.object(run.get("Labels"));
    assertEquals(NAME, labels.get("org.opencontainers.image.title"));
    assertEquals("1.0.0", labels.get("org.opencontainers.image.version"));
    assertEquals("Apache-2.0", labels.get("org.opencontainers.image.licenses"));
    assertEquals(
        List.of("CMD", HOME + "/bin/nodule", "modules", "--json"),
        Json.object(run.get("Healthcheck")).get("Test"));
  }

  @Test
  void toolsReadItAndItsProcessServes() throws Exception {
    assumeTrue(
        ThrowawaySystem.isPossible(shared, "skopeo", "umoci", "setpriv", "nsenter", "chroot"));
    Path mount = Files.createDirectory(shared.resolve("system"));
    try (ThrowawaySystem system = ThrowawaySystem.on(mount)) {
      String inspected = system.shell("skopeo inspect oci:" + layout + ":1.0.0");
      assertTrue(inspected.contains("\"Architecture\""), inspected);
      // A copy reads every layer and compares it with its digest.
      system.shell(
          "skopeo copy --quiet oci:"
              + layout
              + ":1.0.0 docker-archive:/run/nodule-image.tar:app:1.0.0");
      system.shell("umoci unpack --image " + layout + ":1.0.0 /run/nodule-bundle");
      Map<String, @Nullable Object> bundle =
          Json.object(
              Json.parse(
                  system
                      .shell("cat /run/nodule-bundle/config.json")
                      .getBytes(StandardCharsets.UTF_8)));
      Map<String, @Nullable Object> process = Json.object(bundle.get("process"));
      assertEquals(HOME + "/app", process.get("cwd"));
      Map<String, @Nullable Object> sbom =
          Json.object(
              Json.parse(
                  system
                      .shell("cat /run/nodule-bundle/rootfs" + HOME + "/sbom.cdx.json")
                      .getBytes(StandardCharsets.UTF_8)));
      assertEquals("CycloneDX", sbom.get("bomFormat"));
      assertTrue(
          list(sbom.get("components")).stream()
              .anyMatch(part -> "netty-transport".equals(Json.object(part).get("name"))));
      // As a runtime does: the root is read-only, with a place for what is temporary.
      system.shell(
          "cd /run/nodule-bundle && mkdir -p rootfs/proc rootfs/dev && mount --bind rootfs rootfs"
              + " && mount -o remount,ro,bind rootfs && mount -t proc proc rootfs/proc"
              + " && mount --bind /dev rootfs/dev && mount -t tmpfs tmpfs rootfs/tmp");
      serve(system, list(process.get("env")), String.valueOf(list(process.get("args")).getFirst()));
    }
  }

  private static void serve(ThrowawaySystem system, List<?> environment, String program)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/sbin/chroot",
                "--userspec=65532:65532",
                "/run/nodule-bundle/rootfs",
                "/bin/sh",
                "-c",
                "cd " + HOME + "/app && " + variables(environment) + "PORT=0 exec " + program));
    Process process = system.start(Map.of("PATH", "/bin"), command.toArray(String[]::new));
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String line = out.readLine();
      while (line != null && !line.startsWith("http://")) {
        line = out.readLine();
      }
      assertTrue(
          line != null,
          () ->
              new BufferedReader(
                      new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))
                  .lines()
                  .reduce("", (all, next) -> all + next + "\n"));
      HttpRequest request = HttpRequest.newBuilder(URI.create(String.valueOf(line))).build();
      assertEquals("{}\n", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      // Its health check, run beside it as the same user.
      Nodule.Result health =
          system.run(
              "/usr/sbin/chroot",
              "--userspec=65532:65532",
              "/run/nodule-bundle/rootfs",
              "/bin/sh",
              "-c",
              variables(environment) + "exec " + HOME + "/bin/nodule modules --json");
      assertEquals(0, health.exitCode(), health.out() + health.err());
      Nodule.Result write =
          system.run(
              "/usr/sbin/chroot",
              "/run/nodule-bundle/rootfs",
              "/bin/sh",
              "-c",
              ": > " + HOME + "/x");
      assertFalse(write.exitCode() == 0, "the root is read-only");
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String variables(List<?> environment) {
    StringBuilder text = new StringBuilder();
    for (Object variable : environment) {
      String[] pair = String.valueOf(variable).split("=", 2);
      text.append("export ").append(pair[0]).append("='").append(pair[1]).append("'; ");
    }
    return text.toString();
  }
}
