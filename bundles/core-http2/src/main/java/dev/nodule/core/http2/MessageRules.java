package dev.nodule.core.http2;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a field section must be to be a request, a response or trailers (RFC 9113, section 8). A
 * name or value with characters that no field may have is dropped, as nghttp2 does; other faults
 * make the message malformed.
 */
final class MessageRules {
  private static final Set<String> CONNECTION_SPECIFIC =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
  private static final Set<String> REQUEST =
      Set.of(":method", ":scheme", ":authority", ":path", ":protocol");

  private MessageRules() {}

  /** The section that may be given to the application; null for a malformed message. */
  static @Nullable List<String> check(
      List<String> fields, StreamState stream, boolean fromClient, boolean trailers) {
    List<String> kept = new ArrayList<>(fields.size());
    Set<String> pseudo = new HashSet<>();
    boolean regular = false;
    String status = "";
    String method = "";
    boolean host = false;
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i);
      String value = fields.get(i + 1);
      if (name.startsWith(":")) {
        boolean known = fromClient ? REQUEST.contains(name) : name.equals(":status");
        if (trailers || regular || !known || !pseudo.add(name) || !isValue(value)) {
          return null;
        }
        switch (name) {
          case ":status" -> status = value;
          case ":method" -> method = value;
          default -> {
            if (value.isEmpty() && !name.equals(":authority")) {
              return null;
            }
          }
        }
      } else {
        regular = true;
        if (!isName(name)) {
          if (hasUpperCase(name)) {
            return null;
          }
          continue;
        }
        if (!isValue(value)) {
          continue;
        }
        if (CONNECTION_SPECIFIC.contains(name)
            || (name.equals("te") && !value.equalsIgnoreCase("trailers"))) {
          return null;
        }
        if (name.equals("host")) {
          host = true;
        }
        if (name.equals("content-length") && !trailers) {
          long length = length(value);
          if (length < 0 || stream.contentLength >= 0) {
            return null;
          }
          stream.contentLength = length;
        }
      }
      kept.add(name);
      kept.add(value);
    }
    if (trailers) {
      return kept;
    }
    return (fromClient ? isRequest(pseudo, method, host, stream) : isResponse(status, stream))
        ? kept
        : null;
  }

  private static boolean isRequest(
      Set<String> pseudo, String method, boolean host, StreamState stream) {
    if (method.isEmpty()) {
      return false;
    }
    stream.headRequest = method.equals("HEAD");
    stream.connect = method.equals("CONNECT") && !pseudo.contains(":protocol");
    if (stream.connect) {
      return pseudo.contains(":authority")
          && !pseudo.contains(":scheme")
          && !pseudo.contains(":path");
    }
    return pseudo.contains(":scheme")
        && pseudo.contains(":path")
        && (pseudo.contains(":authority") || host || !pseudo.contains(":protocol"));
  }

  private static boolean isResponse(String status, StreamState stream) {
    if (status.length() != 3 || !status.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int code = Integer.parseInt(status);
    if (code == 101) {
      return false;
    }
    if (code == 204 || code == 304 || code / 100 == 1 || stream.headRequest || stream.connect) {
      if (code != 304 && !stream.headRequest && stream.contentLength > 0) {
        return false;
      }
      stream.contentLength = -1;
    }
    return code >= 100;
  }

  private static boolean hasUpperCase(String name) {
    return name.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  private static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
  }

  private static long length(String value) {
    if (value.isEmpty() || value.length() > 18) {
      return -1;
    }
    return value.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(value) : -1;
  }
}
