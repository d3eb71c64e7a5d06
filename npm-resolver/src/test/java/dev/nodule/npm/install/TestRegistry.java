package dev.nodule.npm.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodule.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A registry on this machine whose packages and faults a test decides on. */
final class TestRegistry implements AutoCloseable {
  /** Answers in place of the registry; true when it did. */
  interface Fault {
    boolean answer(HttpExchange exchange) throws IOException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, Map<String, @Nullable Object>>> packages =
      new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> times = new ConcurrentHashMap<>();
  private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final HttpServer server;

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Publishes a version whose archive holds its package.json, an index.js and the given files. */
  TestRegistry publish(
      String name, String version, Map<String, ?> manifest, Map<String, String> files) {
    var content =
        new LinkedHashMap<String, @Nullable Object>(Map.of("name", name, "version", version));
    content.putAll(manifest);
    var archive =
        new TestArchive()
            .file("package/package.json", Json.write(content, "  "))
            .file("package/index.js", "module.exports = '" + name + "@" + version + "';\n");
    files.forEach((path, text) -> archive.file("package/" + path, text));
    return publish(name, version, manifest, archive.bytes());
  }

  /** Publishes versions that need nothing. */
  TestRegistry publish(String name, String... versions) {
    for (String version : versions) {
      publish(name, version, Map.of());
    }
    return this;
  }

  TestRegistry publish(String name, String version, Map<String, ?> manifest) {
    return publish(name, version, manifest, Map.of());
  }

  TestRegistry publish(String name, String version, Map<String, ?> manifest, byte[] archive) {
    var content =
        new LinkedHashMap<String, @Nullable Object>(Map.of("name", name, "version", version));
    content.putAll(manifest);
    String path = name + "/-/" + name.substring(name.indexOf('/') + 1) + "-" + version + ".tgz";
    content.put(
        "dist",
        Map.of("tarball", url() + path, "integrity", Integrity.of("sha512", archive).toString()));
    packages.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(version, content);
    archives.put("/" + path, archive);
    return this;
  }

  /** Signs a published version, as the registry's service for keys says it does. */
  void sign(String name, String version, java.security.PrivateKey key, String keyId) {
    try {
      var versions = java.util.Objects.requireNonNull(packages.get(name));
      var content = java.util.Objects.requireNonNull(versions.get(version));
      var dist = new LinkedHashMap<>(Json.object(content.get("dist")));
      var signing = java.security.Signature.getInstance("SHA256withECDSA");
      signing.initSign(key);
      signing.update(
          (name + "@" + version + ":" + dist.get("integrity")).getBytes(StandardCharsets.UTF_8));
      String text = java.util.Base64.getEncoder().encodeToString(signing.sign());
      dist.put("signatures", List.of(Map.of("keyid", keyId, "sig", text)));
      content.put("dist", dist);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes published under a path. */
  byte[] archive(String path) {
    return java.util.Objects.requireNonNull(archives.get(path));
  }

  /** When a version was published, as the registry says. */
  void time(String name, String version, String time) {
    times.computeIfAbsent(name, n -> new ConcurrentHashMap<>()).put(version, time);
  }

  void answer(String path, String json) {
    fault(
        path,
        x -> {
          send(x, 200, json.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  void fault(String path, Fault fault) {
    faults.put(path, fault);
  }

  private void handle(HttpExchange x) throws IOException {
    String path = URLDecoder.decode(x.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
    requests.add(path);
    authorizations.add(path + " " + x.getRequestHeaders().getFirst("Authorization"));
    try (x) {
      var fault = faults.get(path);
      if (fault != null && fault.answer(x)) {
        return;
      }
      byte[] body = archives.get(path);
      if (body == null) {
        var versions = packages.get(path.substring(1));
        if (versions == null) {
          send(x, 404, "{\"error\":\"Not found\"}".getBytes(StandardCharsets.UTF_8));
          return;
        }
        var order = new ArrayList<>(versions.keySet());
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("name", path.substring(1));
        document.put("dist-tags", Map.of("latest", order.getLast()));
        document.put("versions", versions);
        var published = times.get(path.substring(1));
        if (published != null) {
          document.put("time", published);
        }
        body = Json.write(document, "").getBytes(StandardCharsets.UTF_8);
        x.getResponseHeaders().set("Cache-Control", "max-age=0");
      }
      send(x, 200, body);
    }
  }

  static void send(HttpExchange x, int status, byte[] body) throws IOException {
    x.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    x.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
