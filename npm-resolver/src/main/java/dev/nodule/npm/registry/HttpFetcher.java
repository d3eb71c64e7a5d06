package dev.nodule.npm.registry;

import dev.nodule.npm.NpmException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gets bytes over HTTP: retries, redirects that never carry credentials elsewhere, proxies, CA
 * files. Called on virtual threads.
 */
final class HttpFetcher implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;
  private static final int MAX_CONCURRENT = 64;
  private static final int MAX_DOCUMENT = 1 << 28;

  private final NpmConfig config;
  private final Map<String, String> env;
  private @Nullable HttpClient client;
  private final Semaphore slots = new Semaphore(MAX_CONCURRENT);
  private final int retries;
  private final Duration timeout;

  HttpFetcher(NpmConfig config, Map<String, String> env) {
    this.config = config;
    this.env = env;
    this.retries = config.number("fetch-retries", 2);
    this.timeout = Duration.ofMillis(config.number("fetch-timeout", 300_000));
  }

  /** Made for the first request: it takes longer than all else where nothing has to be fetched. */
  private synchronized HttpClient client() {
    if (client == null) {
      NativeCrypto.prefer();
      var builder =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(Duration.ofSeconds(30));
      String cafile = config.get("cafile");
      if (cafile != null && !cafile.equals("null")) {
        builder.sslContext(trusting(Path.of(cafile)));
      }
      builder.proxy(new ConfiguredProxies());
      client = builder.build();
    }
    return client;
  }

  /** The body of an answer with status 200, or an empty array and the status for 304. */
  record Answer(int status, HttpHeaders headers, byte[] body) {}

  Answer get(URI uri, Map<String, String> headers, String what) {
    return request(uri, headers, null, what);
  }

  Answer post(URI uri, String json, String what) {
    return request(
        uri, Map.of("Content-Type", "application/json", "Accept", "application/json"), json, what);
  }

  private Answer request(URI uri, Map<String, String> headers, @Nullable String body, String what) {
    for (int attempt = 0; ; attempt++) {
      NpmException failure;
      long wait =
          Math.min(
              60_000, config.number("fetch-retry-mintimeout", 1000) * (1L << Math.min(attempt, 5)));
      try {
        slots.acquire();
        Answer answer;
        try {
          answer = once(uri, headers, body);
        } finally {
          slots.release();
        }
        int status = answer.status;
        if (status == 200 || status == 304) {
          return answer;
        }
        failure =
            new NpmException(
                status == 404 ? "E404" : status == 401 ? "E401" : "E" + status,
                status
                    + (body == null ? " - GET " : " - POST ")
                    + redact(uri)
                    + " - "
                    + reason(status, what));
        if (status != 408 && status != 420 && status != 429 && status < 500) {
          throw failure;
        }
        wait = answer.headers.firstValue("retry-after").map(HttpFetcher::seconds).orElse(wait);
      } catch (IOException e) {
        failure =
            new NpmException(
                errorCode(e),
                "request to "
                    + redact(uri)
                    + " failed, reason: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NpmException("EINTR", "interrupted", e);
      }
      if (attempt >= retries) {
        throw failure;
      }
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure;
      }
    }
  }

  private Answer once(URI start, Map<String, String> headers, @Nullable String body)
      throws IOException, InterruptedException {
    URI uri = start;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      var request =
          HttpRequest.newBuilder(uri)
              .timeout(timeout)
              .header("User-Agent", "nodule npm/11 compatible");
      headers.forEach(request::header);
      if (body != null) {
        request.POST(HttpRequest.BodyPublishers.ofString(body));
      }
      // Looked up anew for each address, so a redirect to another host carries nothing.
      String authorization = config.authorizationFor(uri);
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
      HttpResponse<byte[]> response = exchange(request.build());
      int status = response.statusCode();
      var location = response.headers().firstValue("location");
      if ((status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
          && location.isPresent()) {
        URI next = uri.resolve(location.get());
        if (uri.getScheme().equals("https") && !"https".equals(next.getScheme())) {
          throw new IOException("redirect from https to " + next.getScheme());
        }
        uri = next;
        continue;
      }
      return new Answer(status, response.headers(), decoded(response, headers));
    }
    throw new NpmException("EMAXREDIRECT", "maximum redirect reached at: " + redact(start));
  }

  /** Archives are asked for as they are: their integrity is that of the compressed bytes. */
  private static byte[] decoded(HttpResponse<byte[]> response, Map<String, String> asked)
      throws IOException {
    boolean gzip =
        asked.containsKey("Accept-Encoding")
            && response.headers().firstValue("content-encoding").orElse("").equals("gzip");
    if (!gzip || response.body().length == 0) {
      return response.body();
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()), 1 << 15)) {
      byte[] body = in.readNBytes(MAX_DOCUMENT + 1);
      if (body.length > MAX_DOCUMENT) {
        throw new NpmException(
            "EFBIG", redact(response.uri()) + " is larger than " + MAX_DOCUMENT + " bytes");
      }
      return body;
    }
  }

  /**
   * Sends a request and waits as long as bytes keep coming: the client's own timeout ends with the
   * headers of the answer.
   */
  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    var heard = new AtomicLong(System.nanoTime());
    var answer =
        client()
            .sendAsync(
                request,
                info ->
                    new ObservedBody(
                        HttpResponse.BodySubscribers.ofByteArray(),
                        () -> heard.set(System.nanoTime())));
    while (true) {
      long left = timeout.toNanos() - (System.nanoTime() - heard.get());
      if (left <= 0) {
        answer.cancel(true);
        throw new HttpTimeoutException("no data for " + timeout.toMillis() + " ms");
      }
      try {
        return answer.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // looked at again: some bytes may have come since
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      }
    }
  }

  private static long seconds(String retryAfter) {
    try {
      return Math.min(60_000, Math.max(0, Long.parseLong(retryAfter.strip()) * 1000));
    } catch (NumberFormatException e) {
      return 1000;
    }
  }

  private static String reason(int status, String what) {
    return switch (status) {
      case 404 ->
          "Not found\n\n  The requested resource '"
              + what
              + "' could not be found or you do not have permission to access it.";
      case 401 -> "Unauthorized: log in to this registry, or set its _authToken in .npmrc";
      case 403 -> "Forbidden";
      case 429 -> "Too Many Requests";
      default -> "the registry answered with status " + status;
    };
  }

  private static String errorCode(IOException e) {
    String s = e.toString();
    if (e instanceof java.net.http.HttpTimeoutException) {
      return "ETIMEDOUT";
    }
    if (e instanceof java.net.ConnectException) {
      return e.getCause() instanceof java.nio.channels.UnresolvedAddressException
          ? "ENOTFOUND"
          : "ECONNREFUSED";
    }
    return s.contains("SSL") || s.contains("certificat") ? "ESSL" : "ECONNRESET";
  }

  static String redact(URI uri) {
    return uri.toString().replaceFirst("//[^/@]*@", "//***@");
  }

  private static SSLContext trusting(Path cafile) {
    try (InputStream in = Files.newInputStream(cafile)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + n++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new NpmException(
          "ECAFILE", "The configured cafile cannot be used: " + cafile + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (client != null) {
        client.shutdownNow();
      }
    }
  }

  private final class ConfiguredProxies extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      String proxy =
          "https".equals(uri.getScheme())
              ? first("https-proxy", "HTTPS_PROXY", "https_proxy", "proxy")
              : first("proxy", "HTTP_PROXY", "http_proxy", "proxy");
      String none = first("noproxy", "NO_PROXY", "no_proxy", "noproxy");
      if (proxy == null
          || proxy.isEmpty()
          || proxy.equals("null")
          || proxy.equals("false")
          || excluded(uri.getHost(), none)) {
        return List.of(Proxy.NO_PROXY);
      }
      URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      int port = address.getPort() > 0 ? address.getPort() : 80;
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port)));
    }

    private @Nullable String first(String key, String upper, String lower, String last) {
      String v = config.get(key);
      v = v != null ? v : env.get(upper);
      v = v != null ? v : env.get(lower);
      return v != null ? v : config.get(last);
    }

    private boolean excluded(@Nullable String host, @Nullable String none) {
      if (host == null || none == null) {
        return false;
      }
      for (String entry : none.split("[,\\s]+")) {
        String suffix = entry.replaceFirst("^\\*?\\.", "");
        if (entry.equals("*")
            || !suffix.isEmpty() && (host.equals(suffix) || host.endsWith("." + suffix))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress sa, IOException e) {}
  }
}
