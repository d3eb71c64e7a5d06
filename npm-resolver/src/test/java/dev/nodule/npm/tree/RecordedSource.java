package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The registry's answers to the questions of one resolution: recorded once, played back in the
 * tests.
 */
final class RecordedSource implements ManifestSource {
  private final @Nullable ManifestSource live;
  private final Path scratch;
  private final Map<String, @Nullable Object> answers = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> manifests = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> bundles = new LinkedHashMap<>();

  private RecordedSource(@Nullable ManifestSource live, Path scratch) {
    this.live = live;
    this.scratch = scratch;
  }

  static RecordedSource recording(ManifestSource live, Path scratch) {
    return new RecordedSource(live, scratch);
  }

  static RecordedSource playing(Path file, Path scratch) throws IOException {
    var source = new RecordedSource(null, scratch);
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      var all = Json.object(Json.parse(in.readAllBytes()));
      source.answers.putAll(Json.object(all.get("answers")));
      source.manifests.putAll(Json.object(all.get("manifests")));
      source.bundles.putAll(Json.object(all.get("bundles")));
    }
    return source;
  }

  byte[] recorded() throws IOException {
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.put("answers", answers);
    all.put("manifests", manifests);
    all.put("bundles", bundles);
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(Json.write(all, "").getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Override
  public Manifest manifest(PackageSpec spec) {
    String question = spec.toString();
    if (live == null) {
      String id = Json.string(answers.get(question));
      if (id.startsWith("!")) {
        throw new NpmException(id.substring(1), "as recorded: " + question);
      }
      var found = Json.object(manifests.get(id));
      if (found.isEmpty()) {
        throw new AssertionError("a question that npm's tree does not ask: " + question);
      }
      return new Manifest(
          Json.object(found.get("content")),
          found.get("integrity") == null ? null : Json.string(found.get("integrity")),
          Json.string(found.get("resolved")));
    }
    Manifest m;
    try {
      m = live.manifest(spec);
    } catch (NpmException e) {
      answers.put(question, "!" + e.code());
      throw e;
    }
    String id = m.name() + "@" + m.version();
    answers.put(question, id);
    var entry = new LinkedHashMap<String, @Nullable Object>();
    entry.put("content", new LinkedHashMap<>(m.content));
    entry.put("integrity", m.integrity);
    // Its host is of no importance, and not the same everywhere.
    entry.put(
        "resolved",
        m.resolved == null
            ? ""
            : m.resolved.replaceFirst("^https?://[^/]+/", "https://registry.invalid/"));
    manifests.put(id, entry);
    return m;
  }

  @Override
  public void prefetch(String name, String spec) {
    if (live != null) {
      live.prefetch(name, spec);
    }
  }

  @Override
  public Path unpacked(Node node) {
    String id = node.packageName() + "@" + node.version();
    try {
      if (live == null) {
        Path folder = Files.createTempDirectory(scratch, "bundle");
        for (var file : Json.object(bundles.get(id)).entrySet()) {
          Path to = folder.resolve(file.getKey());
          Files.createDirectories(to.getParent());
          Files.writeString(to, Json.write(file.getValue(), ""));
        }
        return folder;
      }
      Path folder = live.unpacked(node);
      List<Path> found = new ArrayList<>();
      try (var walk = Files.walk(folder)) {
        walk.filter(
                p -> p.endsWith("package.json") && folder.relativize(p).startsWith("node_modules"))
            .forEach(found::add);
      }
      var files = new LinkedHashMap<String, @Nullable Object>();
      for (Path p : found.stream().sorted().toList()) {
        files.put(folder.relativize(p).toString(), Manifest.readContent(p));
      }
      bundles.put(id, files);
      return folder;
    } catch (IOException e) {
      throw new NpmException("EIO", String.valueOf(e.getMessage()), e);
    }
  }
}
