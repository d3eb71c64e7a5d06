package dev.nodule.npm.registry;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The configured registries: packuments through a compact cache, archives, all in parallel on
 * virtual threads.
 */
public final class Registry implements AutoCloseable {
  private static final long DEFAULT_FRESH_MILLIS = 300_000;
  private static final long SUGGESTION_MILLIS = 3_000;

  private final NpmConfig config;
  private final HttpFetcher http;
  private final Path cache;
  private final boolean offline;
  private final boolean preferOffline;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, CompletableFuture<Packument>> packuments = new ConcurrentHashMap<>();

  public Registry(NpmConfig config, Map<String, String> env) {
    this.config = config;
    this.http = new HttpFetcher(config, env);
    this.cache = config.cacheFolder().resolve("npm/metadata");
    this.offline = config.flag("offline");
    this.preferOffline = config.flag("prefer-offline") || offline;
  }

  public ExecutorService threads() {
    return threads;
  }

  public CompletableFuture<Packument> packument(String name) {
    var known = packuments.get(name);
    return known != null
        ? known
        : packuments.computeIfAbsent(
            name, n -> CompletableFuture.supplyAsync(() -> load(n), threads));
  }

  private Packument load(String name) {
    if (isFolder(name)) {
      try {
        return Packument.scan(
            name, Files.readAllBytes(packumentIn(config.registryFor(name), name)));
      } catch (IOException e) {
        throw notInMirror(name, e);
      }
    }
    URI uri = config.registryFor(name).resolve(name.replace("/", "%2f"));
    Path file = cache.resolve(key(uri));
    Packument.Stamp stamp = null;
    Packument cached = null;
    if (Files.exists(file)) {
      try (var in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
        stamp = Packument.readStamp(in);
        boolean fresh =
            preferOffline || System.currentTimeMillis() - stamp.checked() < stamp.maxAge();
        if (fresh || !stamp.etag().isEmpty() || !stamp.lastModified().isEmpty()) {
          cached = Packument.read(in);
        }
        if (fresh && cached != null) {
          return cached;
        }
      } catch (IOException e) {
        cached = null; // a damaged cache file is as good as none
      }
    }
    if (offline) {
      throw notCached(uri);
    }
    var headers = new HashMap<String, String>();
    headers.put("Accept", "application/json");
    headers.put("Accept-Encoding", "gzip");
    if (cached != null && stamp != null) {
      if (!stamp.etag().isEmpty()) {
        headers.put("If-None-Match", stamp.etag());
      } else {
        headers.put("If-Modified-Since", stamp.lastModified());
      }
    }
    for (int attempt = 0; ; attempt++) {
      var answer = getPackage(uri, headers, name);
      try {
        var packument =
            answer.status() == 304 && cached != null ? cached : Packument.scan(name, answer.body());
        store(
            file,
            packument,
            new Packument.Stamp(
                System.currentTimeMillis(),
                maxAge(answer),
                answer
                    .headers()
                    .firstValue("etag")
                    .orElse(stamp != null && answer.status() == 304 ? stamp.etag() : ""),
                answer.headers().firstValue("last-modified").orElse("")));
        return packument;
      } catch (IOException e) {
        if (attempt >= 2) {
          throw new NpmException(
              "EJSONPARSE",
              "Invalid response body while trying to fetch "
                  + HttpFetcher.redact(uri)
                  + ": the registry's answer is no package document",
              e);
        }
      }
    }
  }

  private HttpFetcher.Answer getPackage(URI uri, Map<String, String> headers, String name) {
    try {
      return http.get(uri, headers, name);
    } catch (NpmException e) {
      throw e.code().equals("E404") ? new UnknownPackage(name, e) : e;
    }
  }

  /** Names like one that the registry does not know: of its search service, and of the cache. */
  public List<String> similar(String name) {
    var candidates = new ArrayList<>(Nearest.POPULAR);
    Path cached =
        cache.resolve(key(config.registryFor(name).resolve("x"))).resolveSibling(".").normalize();
    if (Files.isDirectory(cached)) {
      try (var list = Files.list(cached)) {
        list.map(p -> p.getFileName().toString().replace("%2f", "/")).forEach(candidates::add);
      } catch (IOException e) {
        // no suggestion is worth another failure
      }
    }
    if (!offline && !isFolder(name)) {
      try {
        CompletableFuture.supplyAsync(() -> search(name, 20), threads)
            .get(SUGGESTION_MILLIS, TimeUnit.MILLISECONDS)
            .forEach(found -> candidates.add(Json.string(found.get("name"))));
      } catch (ExecutionException | TimeoutException e) {
        // likewise
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Nearest.of(name, candidates, Math.clamp(name.length() / 3, 1, 3), 3);
  }

  private boolean isFolder(String name) {
    return "file".equals(config.registryFor(name).getScheme());
  }

  /** Where a folder that serves as a registry keeps a package's document. */
  public static Path packumentIn(URI registry, String name) {
    return Path.of(registry).resolve(name).resolve("packument.json");
  }

  private static NpmException notInMirror(String name, IOException cause) {
    return new NpmException(
        "E404",
        "'"
            + name
            + "' is not in the folder that serves as the registry. "
            + "Make it anew with `nodule mirror` where there is a network.",
        cause);
  }

  /** The whole published document, not kept. */
  public Map<String, @Nullable Object> document(String name) {
    if (isFolder(name)) {
      return dev.nodule.npm.tree.Manifest.readContent(packumentIn(config.registryFor(name), name));
    }
    URI uri = config.registryFor(name).resolve(name.replace("/", "%2f"));
    if (offline) {
      throw notCached(uri);
    }
    return dev.nodule.npm.tree.Manifest.parse(
        getPackage(uri, Map.of("Accept", "application/json"), name).body(), name);
  }

  /** The known advisories for packages and versions, as the registry's audit service has them. */
  public Map<String, @Nullable Object> advisories(Map<String, java.util.List<String>> versions) {
    URI uri = config.registryFor("").resolve("-/npm/v1/security/advisories/bulk");
    if (offline) {
      throw notCached(uri);
    }
    return dev.nodule.npm.tree.Manifest.parse(
        http.post(uri, dev.nodule.json.Json.write(versions, ""), "advisories").body(),
        "the answer of the audit service");
  }

  /** The keys that a registry signs with; null when it signs nothing. */
  public java.util.@Nullable List<SigningKey> signingKeys(URI registry) {
    URI uri = registry.resolve("-/npm/v1/keys");
    if ("file".equals(registry.getScheme())) {
      return null;
    }
    if (offline) {
      throw notCached(uri);
    }
    byte[] body;
    try {
      body = http.get(uri, Map.of("Accept", "application/json"), "keys").body();
    } catch (NpmException e) {
      if (e.code().matches("E400|E404")) {
        return null;
      }
      throw e;
    }
    var keys = new java.util.ArrayList<SigningKey>();
    var answer = dev.nodule.npm.tree.Manifest.parse(body, "the registry's keys");
    for (Object item :
        answer.get("keys") instanceof java.util.List<?> l ? l : java.util.List.of()) {
      var key = dev.nodule.json.Json.object(item);
      var read =
          SigningKey.read(
              dev.nodule.json.Json.string(key.get("keyid")),
              dev.nodule.json.Json.string(key.get("key")),
              dev.nodule.json.Json.string(key.get("expires")));
      if (read != null) {
        keys.add(read);
      }
    }
    return keys;
  }

  /** Packages that the registry's search service finds, the best first. */
  public java.util.List<Map<String, @Nullable Object>> search(String text, int limit) {
    URI uri =
        config
            .registryFor("")
            .resolve(
                "-/v1/search?text="
                    + java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                    + "&size="
                    + limit);
    if (offline) {
      throw notCached(uri);
    }
    var answer =
        dev.nodule.npm.tree.Manifest.parse(
            http.get(uri, Map.of("Accept", "application/json"), "search").body(),
            "the answer of the search service");
    var found = new java.util.ArrayList<Map<String, @Nullable Object>>();
    for (Object item :
        answer.get("objects") instanceof java.util.List<?> l ? l : java.util.List.of()) {
      found.add(dev.nodule.json.Json.object(dev.nodule.json.Json.object(item).get("package")));
    }
    return found;
  }

  private static NpmException notCached(URI uri) {
    return new NpmException(
        "ENOTCACHED",
        "request to "
            + HttpFetcher.redact(uri)
            + " failed: cache mode is 'only-if-cached' but no cached response is available.");
  }

  private static long maxAge(HttpFetcher.Answer answer) {
    String control = answer.headers().firstValue("cache-control").orElse("");
    int at = control.indexOf("max-age=");
    if (at >= 0) {
      String digits = control.substring(at + 8).replaceFirst("[^0-9].*", "");
      return digits.isEmpty() || digits.length() > 9 ? 0 : Long.parseLong(digits) * 1000;
    }
    return control.contains("no-") ? 0 : DEFAULT_FRESH_MILLIS;
  }

  private static String key(URI uri) {
    String path = uri.getRawPath();
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return (authority + path).replaceAll("[^A-Za-z0-9@._/%-]", "_").replace("..", "__");
  }

  private static void store(Path file, Packument packument, Packument.Stamp stamp) {
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), ".new", "");
      try (var out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16))) {
        packument.write(out, stamp);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Without a cache the next run is slower, nothing else.
    }
  }

  /** The address of an archive where neither lock file nor packument names one. */
  public URI archiveOf(String name, String version) {
    String base = name.substring(name.indexOf('/') + 1);
    return config.registryFor(name).resolve(name + "/-/" + base + "-" + version + ".tgz");
  }

  /**
   * The archive's address; from the configured registry where that is a folder, or replaces the
   * host that is named.
   */
  public URI archiveAt(String name, @Nullable String resolved, String version) {
    if (resolved == null || resolved.isEmpty() || isFolder(name) && resolved.contains("/-/")) {
      return archiveOf(name, version);
    }
    try {
      var uri = new URI(resolved.replace(" ", "%20"));
      String replaced = config.get("replace-registry-host", "");
      return resolved.contains("/-/")
              && (replaced.equals("always") || replaced.equals(uri.getHost()))
          ? archiveOf(name, version)
          : uri;
    } catch (java.net.URISyntaxException e) {
      throw new NpmException("EINVALIDURL", "Not a URL: " + resolved);
    }
  }

  public byte[] archive(URI uri, String what) {
    if (offline) {
      throw notCached(uri);
    }
    return http.get(uri, Map.of(), what).body();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
    try {
      // What is being unpacked clears up after itself.
      var _ = threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
