package dev.nodule.core.http2;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session tells while it reads. */
interface SessionEvents {
  int REQUEST = 0;
  int RESPONSE = 1;
  int PUSH_PROMISE = 2;
  int FURTHER = 3;

  void headers(
      int stream, int kind, boolean end, List<String> fields, BitSet sensitive, int promisedBy);

  void data(int stream, byte[] bytes);

  /** The peer's side has ended. */
  void end(int stream);

  void closed(int stream, int code);

  void settings();

  void settingsAck();

  void ping(byte[] payload, boolean ack);

  void goaway(int code, int lastStream, byte @Nullable [] data);

  void altsvc(int stream, String origin, String value);

  void origin(List<String> origins);

  /** A frame could not be sent. */
  void frameError(int stream, int type, int code);

  /** The session cannot go on; {@code name} is Node's own code, if it has one. */
  void error(int code, @Nullable String name);

  void wantTrailers(int stream);

  /** There is something to send. */
  void outputReady();
}
