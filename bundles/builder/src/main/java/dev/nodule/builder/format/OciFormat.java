package dev.nodule.builder.format;

import dev.nodule.builder.Application;
import dev.nodule.builder.DistException;
import dev.nodule.builder.image.FileTree;
import dev.nodule.builder.trim.Target;
import dev.nodule.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.jspecify.annotations.Nullable;

/**
 * OCI image layouts, written without a daemon (OCI image specification 1.1: image-layout, manifest,
 * config, layer). Three layers, from what seldom changes to what often does: system, runtime,
 * application.
 */
final class OciFormat {
  private static final String USER = "65532:65532";
  private static final long SECOND = 1_000_000_000L;

  private final Path blobs;
  private final Instant time;
  private final List<Object> layers = new ArrayList<>();
  private final List<Object> diffIds = new ArrayList<>();

  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private OciFormat(Path blobs, Instant time) {
    this.blobs = blobs;
    this.time = time;
  }

  static void write(Path image, Path layout, Application application, Target target, Instant time)
      throws IOException, DistException {
    OciFormat format = new OciFormat(Files.createDirectories(layout.resolve("blobs/sha256")), time);
    SortedMap<String, byte[]> base = BaseSystem.files(image.resolve("java"));
    String home = "opt/" + application.name();
    format.addLayer("the C library and a shell", tar -> format.addBase(tar, base));
    format.addLayer(
        "runtime", tar -> format.addTree(tar, image, home, path -> !isApplication(path)));
    format.addLayer(
        "application", tar -> format.addTree(tar, image, home, OciFormat::isApplication));
    Map<String, @Nullable Object> config =
        format.blob(
            "application/vnd.oci.image.config.v1+json", format.config(application, target, home));
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
    manifest.put("config", config);
    manifest.put("layers", format.layers);
    manifest.put("annotations", format.labels(application));
    Map<String, @Nullable Object> descriptor =
        format.blob("application/vnd.oci.image.manifest.v1+json", manifest);
    descriptor.put(
        "annotations", Map.of("org.opencontainers.image.ref.name", tag(application.version())));
    descriptor.put("platform", platform(target));
    Map<String, @Nullable Object> index = new LinkedHashMap<>();
    index.put("schemaVersion", 2);
    index.put("mediaType", "application/vnd.oci.image.index.v1+json");
    index.put("manifests", List.of(descriptor));
    Files.write(layout.resolve("index.json"), json(index));
    Files.write(layout.resolve("oci-layout"), json(Map.of("imageLayoutVersion", "1.0.0")));
  }

  /** What changes with each version of the application. */
  private static boolean isApplication(Path path) {
    return path.startsWith("app") || path.startsWith("cache") || path.startsWith(Sbom.FILE);
  }

  static String tag(String version) {
    return version.replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  private static Map<String, String> platform(Target target) {
    Map<String, String> platform = new LinkedHashMap<>();
    platform.put("architecture", target.oci());
    platform.put("os", "linux");
    return platform;
  }

  private Map<String, String> labels(Application application) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("org.opencontainers.image.created", time.toString());
    labels.put("org.opencontainers.image.description", application.description());
    String license = Json.string(application.packageJson().get("license"));
    if (!license.isEmpty()) {
      labels.put("org.opencontainers.image.licenses", license);
    }
    labels.put("org.opencontainers.image.title", application.name());
    labels.put("org.opencontainers.image.version", application.version());
    return labels;
  }

  private Map<String, @Nullable Object> config(
      Application application, Target target, String home) {
    Map<String, @Nullable Object> health = new LinkedHashMap<>();
    // Asks the process over its admin socket, which its loop answers. An extension that Docker and
    // Podman read.
    health.put("Test", List.of("CMD", "/" + home + "/bin/nodule", "modules", "--json"));
    health.put("Interval", 30 * SECOND);
    health.put("Timeout", 10 * SECOND);
    health.put("StartPeriod", 10 * SECOND);
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("User", USER);
    run.put("Env", List.of("PATH=/" + home + "/bin:/bin", "NODE_ENV=production", "HOME=/tmp"));
    run.put("Entrypoint", List.of("/" + home + "/bin/" + application.name()));
    run.put("WorkingDir", "/" + home + "/app");
    run.put("Labels", labels(application));
    run.put("StopSignal", "SIGTERM");
    run.put("Healthcheck", health);
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("created", time.toString());
    config.putAll(platform(target));
    config.put("config", run);
    Map<String, @Nullable Object> rootfs = new LinkedHashMap<>();
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", diffIds);
    config.put("rootfs", rootfs);
    List<Object> history = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      history.add(Map.of("created", time.toString(), "created_by", "nodule dist"));
    }
    config.put("history", history);
    return config;
  }

  private void addBase(TarArchiveOutputStream tar, SortedMap<String, byte[]> files)
      throws IOException {
    TreeSet<String> folders = new TreeSet<>();
    for (String file : files.keySet()) {
      for (Path at = Path.of(file).getParent(); at != null; at = at.getParent()) {
        folders.add(at + "/");
      }
    }
    for (String folder : folders) {
      addFolder(tar, folder, 0755);
    }
    addFolder(tar, "tmp/", 01777);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
      entry.setSize(file.getValue().length);
      entry.setMode(file.getKey().startsWith("etc/") ? 0644 : 0755);
      put(tar, entry);
      tar.write(file.getValue());
      tar.closeArchiveEntry();
    }
  }

  private void addFolder(TarArchiveOutputStream tar, String name, int mode) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    put(tar, entry);
    tar.closeArchiveEntry();
  }

  private void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
    entry.setModTime(java.nio.file.attribute.FileTime.from(time));
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
  }

  private void addTree(
      TarArchiveOutputStream tar, Path folder, String place, Predicate<Path> wanted)
      throws IOException {
    addFolder(tar, "opt/", 0755);
    TarFormat.add(tar, folder, place, time);
    for (Path file : FileTree.entries(folder)) {
      Path relative = folder.relativize(file);
      if (wanted.test(relative)) {
        TarFormat.add(tar, file, place + "/" + relative, time);
      }
    }
  }

  private void addLayer(String title, Content content) throws IOException {
    Path file = blobs.resolve("layer");
    MessageDigest digest = sha256();
    MessageDigest plain = sha256();
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    parameters.setModificationInstant(Instant.EPOCH);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        OutputStream counted = new DigestOutputStream(out, digest);
        OutputStream compressed = new GzipCompressorOutputStream(counted, parameters);
        OutputStream uncompressed = new DigestOutputStream(compressed, plain);
        TarArchiveOutputStream tar = TarFormat.stream(uncompressed)) {
      content.write(tar);
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    diffIds.add("sha256:" + HexFormat.of().formatHex(plain.digest()));
    Map<String, @Nullable Object> layer =
        descriptor("application/vnd.oci.image.layer.v1.tar+gzip", hash, Files.size(file));
    layer.put("annotations", Map.of("org.opencontainers.image.title", title));
    layers.add(layer);
    Files.move(file, blobs.resolve(hash));
  }

  private Map<String, @Nullable Object> blob(String type, Map<String, @Nullable Object> content)
      throws IOException {
    byte[] bytes = json(content);
    String hash = HexFormat.of().formatHex(sha256().digest(bytes));
    Files.write(blobs.resolve(hash), bytes);
    return descriptor(type, hash, bytes.length);
  }

  private static Map<String, @Nullable Object> descriptor(String type, String hash, long size) {
    Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
    descriptor.put("mediaType", type);
    descriptor.put("digest", "sha256:" + hash);
    descriptor.put("size", size);
    return descriptor;
  }

  private static byte[] json(Object value) {
    return Json.write(value, "").getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
