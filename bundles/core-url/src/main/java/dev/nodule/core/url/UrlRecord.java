package dev.nodule.core.url;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A URL record (https://url.spec.whatwg.org/#concept-url) while it is being made. */
final class UrlRecord {
  String scheme = "";
  String username = "";
  String password = "";
  @Nullable String host;
  int port = -1;
  List<String> path = new ArrayList<>();
  @Nullable String opaquePath;
  @Nullable String query;
  @Nullable String fragment;

  /** Where the parts of {@link #href} are: see {@code internal/url}. */
  final int[] offsets = new int[8];

  /** The default port of a special scheme, 0 for {@code file}; -1 for any other scheme. */
  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      case "file" -> 0;
      default -> -1;
    };
  }

  boolean isSpecial() {
    return defaultPort(scheme) >= 0;
  }

  boolean isFile() {
    return scheme.equals("file");
  }

  boolean hasCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  boolean cannotHaveCredentialsOrPort() {
    return host == null || host.isEmpty() || isFile();
  }

  void shortenPath() {
    if (isFile() && path.size() == 1 && UrlParser.isNormalizedDriveLetter(path.get(0))) {
      return;
    }
    if (!path.isEmpty()) {
      path.removeLast();
    }
  }

  /** An opaque path loses trailing spaces when nothing follows it any more. */
  void stripOpaquePath() {
    if (opaquePath != null && fragment == null && query == null) {
      opaquePath = opaquePath.replaceFirst(" +$", "");
    }
  }

  /** The serialization; fills in {@link #offsets}. */
  String href() {
    StringBuilder href = new StringBuilder(scheme).append(':');
    offsets[0] = href.length();
    offsets[1] = href.length();
    offsets[2] = href.length();
    offsets[3] = href.length();
    if (host != null) {
      href.append("//").append(username);
      offsets[1] = href.length();
      if (!password.isEmpty()) {
        href.append(':').append(password);
      }
      offsets[2] = href.length();
      if (hasCredentials()) {
        href.append('@');
      }
      href.append(host);
      offsets[3] = href.length();
      if (port >= 0) {
        href.append(':').append(port);
      }
    } else if (opaquePath == null && path.size() > 1 && path.get(0).isEmpty()) {
      href.append("/.");
    }
    offsets[4] = port;
    offsets[5] = href.length();
    if (opaquePath != null) {
      href.append(opaquePath);
    } else {
      for (String segment : path) {
        href.append('/').append(segment);
      }
    }
    offsets[6] = -1;
    offsets[7] = -1;
    if (query != null) {
      offsets[6] = href.length();
      href.append('?').append(query);
    }
    if (fragment != null) {
      offsets[7] = href.length();
      href.append('#').append(fragment);
    }
    return href.toString();
  }
}
