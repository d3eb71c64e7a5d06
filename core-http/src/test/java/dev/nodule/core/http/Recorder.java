package dev.nodule.core.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a parser reports; adjacent pieces of a body are one entry. */
final class Recorder implements MessageHandler {
  private final List<String> events = new ArrayList<>();
  private final Verdict verdict;
  private @Nullable MessageParser parser;

  private Recorder(Verdict verdict) {
    this.verdict = verdict;
  }

  /** What {@code pieces} and then the end of the input give. */
  static List<String> record(
      MessageParser.Kind kind, int leniency, Verdict verdict, List<byte[]> pieces) {
    Recorder recorder = new Recorder(verdict);
    MessageParser parser = new MessageParser(kind, 1024, leniency, recorder);
    recorder.parser = parser;
    for (byte[] piece : pieces) {
      parser.execute(piece, 0, piece.length);
      if (parser.error() != null || parser.isUpgraded()) {
        break;
      }
    }
    if (parser.error() == null && !parser.isUpgraded()) {
      parser.finish();
    }
    ParseError error = parser.error();
    if (error != null) {
      recorder.events.add("error " + error.code() + ": " + error.reason());
    }
    if (parser.isUpgraded()) {
      recorder.events.add("upgraded");
    }
    return recorder.events;
  }

  private MessageParser parser() {
    MessageParser known = parser;
    if (known == null) {
      throw new IllegalStateException();
    }
    return known;
  }

  @Override
  public void onMessageBegin() {
    events.add("begin");
  }

  @Override
  public Verdict onHead() {
    MessageParser p = parser();
    events.add(
        "head %d %s %d.%d%s [%s]"
            .formatted(
                p.code(),
                p.startLineText(),
                p.major(),
                p.minor(),
                p.shouldKeepAlive() ? " keep-alive" : "",
                p.fieldBlock().replace('\n', '|')));
    if (p.messageEndsWithHead()) {
      events.add("complete");
    }
    return verdict;
  }

  @Override
  public void onBody(byte[] data, int from, int to) {
    String text = new String(data, from, to - from, StandardCharsets.ISO_8859_1);
    String last = events.getLast();
    if (last.startsWith("body ")) {
      events.set(events.size() - 1, last + text);
    } else {
      events.add("body " + text);
    }
  }

  @Override
  public void onMessageComplete() {
    String trailers = parser().fieldBlock();
    events.add(trailers.isEmpty() ? "complete" : "complete [" + trailers.replace('\n', '|') + "]");
  }
}
