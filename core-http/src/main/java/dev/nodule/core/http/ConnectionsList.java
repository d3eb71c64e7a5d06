package dev.nodule.core.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The parsers of one server's open connections. */
final class ConnectionsList {
  private final Set<ParserHandle> parsers = new LinkedHashSet<>();

  void add(ParserHandle parser) {
    parsers.add(parser);
  }

  void remove(ParserHandle parser) {
    parsers.remove(parser);
  }

  /** The owners of all parsers. */
  List<Object> all() {
    return owners(parser -> true);
  }

  /** Those between two messages. */
  List<Object> idle() {
    return owners(parser -> !parser.inMessage());
  }

  /** Those in the middle of a message, or not yet at the first. */
  List<Object> active() {
    return owners(ParserHandle::inMessage);
  }

  /**
   * Those whose header or message takes longer than this, in milliseconds; 0 is no limit. Each is
   * named once a message.
   */
  List<Object> expired(long headersTimeout, long requestTimeout) {
    long now = System.nanoTime();
    return owners(
        parser -> parser.expires(now, headersTimeout * 1_000_000, requestTimeout * 1_000_000));
  }

  private List<Object> owners(Predicate<ParserHandle> which) {
    List<Object> owners = new ArrayList<>();
    for (ParserHandle parser : parsers) {
      if (which.test(parser)) {
        owners.add(parser.owner());
      }
    }
    return owners;
  }
}
