package dev.nodule.core.http2;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The module's binding. Sessions are numbers to JavaScript, a function's first argument. */
public final class Http2Module extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  /** Tells JavaScript: {@code onEvent.call(owner, event, ...)}; the names are in session.js too. */
  private static final class ScriptEvents implements SessionEvents {
    private final Object owner;
    private final Callback onEvent;

    ScriptEvents(Object owner, Callback onEvent) {
      this.owner = owner;
      this.onEvent = onEvent;
    }

    private void tell(@Nullable Object... arguments) {
      onEvent.call(owner, arguments);
    }

    @Override
    public void headers(
        int stream, int kind, boolean end, List<String> fields, BitSet sensitive, int by) {
      Object[] places = sensitive.stream().boxed().toArray();
      tell("headers", stream, kind, end, fields.toArray(), places, by);
    }

    @Override
    public void data(int stream, byte[] bytes) {
      tell("data", stream, bytes);
    }

    @Override
    public void end(int stream) {
      tell("end", stream);
    }

    @Override
    public void closed(int stream, int code) {
      tell("closed", stream, code & Settings.UNLIMITED);
    }

    @Override
    public void settings() {
      tell("settings");
    }

    @Override
    public void settingsAck() {
      tell("settingsAck");
    }

    @Override
    public void ping(byte[] payload, boolean ack) {
      tell("ping", payload, ack);
    }

    @Override
    public void goaway(int code, int lastStream, byte @Nullable [] data) {
      tell("goaway", code & Settings.UNLIMITED, lastStream, data);
    }

    @Override
    public void altsvc(int stream, String origin, String value) {
      tell("altsvc", stream, origin, value);
    }

    @Override
    public void origin(List<String> origins) {
      tell("origin", (Object) origins.toArray());
    }

    @Override
    public void frameError(int stream, int type, int code) {
      tell("frameError", stream, type, code);
    }

    @Override
    public void error(int code, @Nullable String name) {
      tell("error", code, name);
    }

    @Override
    public void wantTrailers(int stream) {
      tell("wantTrailers", stream);
    }

    @Override
    public void outputReady() {
      tell("outputReady");
    }
  }

  private static final class Functions {
    private final ModuleContext context;
    private final Map<Integer, Session> sessions = new HashMap<>();
    private int last;

    Functions(ModuleContext context) {
      this.context = context;
    }

    void bind(Binding binding) {
      binding
          .function("create", 3, this::create)
          .function("receive", 2, this::receive)
          .function("output", 1, call -> session(call).output())
          .function("sentChunks", 1, call -> session(call).takeSentChunks())
          .function("hasOutput", 1, call -> session(call).hasOutput())
          .function("settings", 2, this::settings)
          .function("settingsOf", 2, this::settingsOf)
          .function("ping", 2, this::ping)
          .function("goaway", 4, this::goaway)
          .function("terminate", 2, this::terminate)
          .function("request", 5, this::request)
          .function("headers", 6, this::headers)
          .function("pushPromise", 4, this::pushPromise)
          .function("write", 4, this::write)
          .function("end", 2, call -> session(call).end(call.int32(1)))
          .function("endEmpty", 2, call -> session(call).endEmpty(call.int32(1)))
          .function("reset", 3, this::reset)
          .function("consume", 3, this::consume)
          .function("altsvc", 4, this::altsvc)
          .function("origin", 2, this::origin)
          .function("setLocalWindow", 2, this::setLocalWindow)
          .function("setNextStream", 2, this::setNextStream)
          .function("state", 1, this::state)
          .function("streamState", 2, this::streamState)
          .function("remove", 1, this::remove);
    }

    private Session session(Arguments call) {
      Session session = sessions.get(call.int32(0));
      if (session == null) {
        throw new IllegalStateException("no such session");
      }
      return session;
    }

    /** create(numbers, owner, onEvent); the numbers are those of SessionOptions, in order. */
    private Object create(Arguments call) {
      String[] n = call.string(0).split(" ");
      SessionOptions options =
          new SessionOptions(
              n[0].equals("1"),
              Long.parseLong(n[1]),
              Integer.parseInt(n[2]),
              Integer.parseInt(n[3]),
              Integer.parseInt(n[4]),
              Long.parseLong(n[5]),
              Integer.parseInt(n[6]),
              Integer.parseInt(n[7]),
              Long.parseLong(n[8]),
              Integer.parseInt(n[9]),
              Integer.parseInt(n[10]),
              Integer.parseInt(n[11]),
              Integer.parseInt(n[12]),
              Integer.parseInt(n[13]));
      sessions.put(++last, new Session(options, new ScriptEvents(call.value(1), call.callback(2))));
      return last;
    }

    private Object receive(Arguments call) {
      Bytes bytes = call.bytes(1);
      return session(call).receive(bytes.array(), bytes.offset(), bytes.length());
    }

    /** settings(session, "id value id value"). */
    private @Nullable Object settings(Arguments call) {
      String text = call.string(1);
      String[] words = text.isEmpty() ? new String[0] : text.split(" ");
      int[] ids = new int[words.length / 2];
      long[] values = new long[ids.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = Integer.parseInt(words[2 * i]);
        values[i] = Long.parseLong(words[2 * i + 1]);
      }
      session(call).settings(ids, values);
      return null;
    }

    private Object settingsOf(Arguments call) {
      Session session = session(call);
      return (call.bool(1) ? session.local : session.remote).toArray();
    }

    private @Nullable Object ping(Arguments call) {
      session(call).ping(call.bytes(1).copy(), false);
      return null;
    }

    /** goaway(session, code, lastStream, data); a negative last stream is the last that came. */
    private @Nullable Object goaway(Arguments call) {
      Session session = session(call);
      int lastStream = call.int32(2);
      session.goaway(
          (int) call.int64(1),
          lastStream <= 0 ? session.lastPeerStream : lastStream,
          call.isNullish(3) ? new byte[0] : call.bytes(3).copy());
      return null;
    }

    private @Nullable Object terminate(Arguments call) {
      session(call).terminate((int) call.int64(1));
      return null;
    }

    /** Names and values in one string, each with a zero behind it. */
    private static List<String> fields(String text) {
      List<String> fields = new ArrayList<>();
      int from = 0;
      for (int at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', from)) {
        fields.add(text.substring(from, at));
        from = at + 1;
      }
      return fields;
    }

    private static Set<String> names(String text) {
      return text.isEmpty() ? Set.of() : Set.copyOf(fields(text));
    }

    /** request(session, fields, sensitive, end, trailers). */
    private Object request(Arguments call) {
      return session(call)
          .request(fields(call.string(1)), names(call.string(2)), call.bool(3), call.bool(4));
    }

    /** headers(session, stream, fields, sensitive, end, trailers). */
    private Object headers(Arguments call) {
      return session(call)
          .headers(
              call.int32(1),
              fields(call.string(2)),
              names(call.string(3)),
              call.bool(4),
              call.bool(5));
    }

    /** pushPromise(session, stream, fields, sensitive). */
    private Object pushPromise(Arguments call) {
      return session(call)
          .pushPromise(call.int32(1), fields(call.string(2)), names(call.string(3)));
    }

    /** write(session, stream, bytes, chunk). */
    private Object write(Arguments call) {
      return session(call).write(call.int32(1), call.bytes(2).copy(), call.int32(3));
    }

    private @Nullable Object reset(Arguments call) {
      session(call).reset(call.int32(1), (int) call.int64(2));
      return null;
    }

    private @Nullable Object consume(Arguments call) {
      session(call).consumeStream(call.int32(1), call.int64(2));
      return null;
    }

    private @Nullable Object altsvc(Arguments call) {
      session(call).altsvc(call.int32(1), call.string(2), call.string(3));
      return null;
    }

    private @Nullable Object origin(Arguments call) {
      session(call).origin(fields(call.string(1)));
      return null;
    }

    private @Nullable Object setLocalWindow(Arguments call) {
      session(call).setLocalWindow(call.int32(1));
      return null;
    }

    private @Nullable Object setNextStream(Arguments call) {
      session(call).nextStream = call.int32(1);
      return null;
    }

    private Object state(Arguments call) {
      Session session = session(call);
      return context
          .javaScript()
          .newArray(
              session.localWindow,
              session.localWindow - session.receiveWindow,
              session.nextStream,
              session.receiveWindow,
              session.lastPeerStream,
              session.sendWindow,
              session.hasOutput() ? 1 : 0);
    }

    /**
     * streamState(session, stream): [state, localClose, remoteClose, localWindow], or undefined.
     */
    private @Nullable Object streamState(Arguments call) {
      StreamState stream = session(call).streams.get(call.int32(1));
      return stream == null
          ? null
          : context
              .javaScript()
              .newArray(
                  stream.state(),
                  stream.localClosed ? 1 : 0,
                  stream.remoteClosed ? 1 : 0,
                  stream.receiveWindow);
    }

    private @Nullable Object remove(Arguments call) {
      sessions.remove(call.int32(0));
      return null;
    }
  }
}
