package dev.nodule.engine;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.net.URI;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the JavaScript that compiled a source wants to be told when that code imports or asks for
 * {@code import.meta}: the engine knows the referrer by its source alone.
 */
final class HostDefined {
  /** Blank lines stand for an offset; more than these are not made. */
  private static final int MAX_LINES = 1 << 20;

  private static final int MAX_COLUMNS = 1 << 16;

  private final Map<Source, Object> hosts = new WeakHashMap<>();
  private long count;

  /** A source whose positions begin at an offset; {@code host} may be undefined. */
  static Source source(
      Realm realm,
      String code,
      String name,
      String mimeType,
      int lineOffset,
      int columnOffset,
      Object host) {
    // The engine has no offsets: blank lines and columns in front give the same positions.
    String padding =
        "\n".repeat(Math.clamp(lineOffset, 0, MAX_LINES))
            + " ".repeat(Math.clamp(columnOffset, 0, MAX_COLUMNS));
    Source.LiteralBuilder builder =
        Source.newBuilder("js", padding.isEmpty() ? code : padding + code, name).mimeType(mimeType);
    return host == Undefined.instance ? builder.build() : realm.hostDefined.add(builder, host);
  }

  private Source add(Source.LiteralBuilder builder, Object host) {
    // Sources of the same text and name are equal, but not those of different addresses.
    Source source = builder.uri(URI.create("nodule:host/" + ++count)).build();
    hosts.put(source, host);
    return source;
  }

  /** What was given with a source, or undefined. */
  Object of(@Nullable Source source) {
    return source == null ? Undefined.instance : hosts.getOrDefault(source, Undefined.instance);
  }
}
