package dev.nodule.core.http;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.StreamHandle;
import dev.nodule.api.StreamTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code http} module: its JavaScript holds parsers and lists of connections by number. */
public final class HttpModule extends ScriptModule {
  private static final int DEFAULT_MAX_HEADER_SIZE = 16 * 1024;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Realm(context).bind(binding);
  }

  /** The parsers of one realm. */
  private static final class Realm {
    private final ModuleContext context;
    private final Numbered<ParserHandle> parsers = new Numbered<>();
    private final Numbered<ConnectionsList> lists = new Numbered<>();
    private @Nullable Handlers handlers;
    private @Nullable Callback sentHandler;

    Realm(ModuleContext context) {
      this.context = context;
    }

    void bind(Binding binding) {
      binding
          .value("allMethods", Method.NAMES)
          .function("isHttpMethod", 1, args -> Method.isHttp(args.int32(0)))
          .function("isToken", 1, args -> isToken(args.string(0)))
          .function("isFieldValue", 1, args -> isFieldValue(args.string(0)))
          .function("setHandlers", 5, this::setHandlers)
          .function("open", 7, this::open)
          .function("close", 1, this::close)
          .function("execute", 4, this::execute)
          .function("finish", 1, args -> parser(args).finish())
          .function("pause", 2, args -> run(() -> parser(args).pause(args.bool(1))))
          .function("suspend", 1, args -> run(() -> parser(args).suspend()))
          .function("remove", 1, args -> run(() -> parser(args).leaveConnections()))
          .function("consume", 2, this::consume)
          .function("unconsume", 1, args -> run(() -> parser(args).unconsume()))
          .function("currentBuffer", 1, args -> parser(args).currentPiece())
          .function("openList", 0, args -> lists.add(new ConnectionsList()))
          .function("listAll", 1, args -> lists.get(args.int32(0)).all())
          .function("listIdle", 1, args -> lists.get(args.int32(0)).idle())
          .function("listActive", 1, args -> lists.get(args.int32(0)).active())
          .function(
              "listExpired",
              3,
              args -> lists.get(args.int32(0)).expired(args.int64(1), args.int64(2)))
          .function("isQuiet", 1, args -> parser(args).isQuiet())
          .function("now", 0, args -> context.loop().now())
          .function("setSentHandler", 1, this::setSentHandler)
          .function("respond", 5, this::respond);
    }

    private @Nullable Object setHandlers(Arguments args) {
      handlers =
          new Handlers(
              args.callback(0),
              args.callback(1),
              args.callback(2),
              args.callback(3),
              args.callback(4));
      return null;
    }

    /**
     * {@code (id or 0, owner, kind, maxHeaderSize, leniency, list or 0, maxFields or 0)}: a parser
     * of that kind; its number.
     */
    private @Nullable Object open(Arguments args) {
      Handlers known = handlers;
      if (known == null) {
        throw new IllegalStateException("no handlers");
      }
      if (args.int32(0) != 0) {
        parsers.remove(args.int32(0)).close();
      }
      int maxHeaderSize = args.int32(3);
      int list = args.int32(5);
      return parsers.add(
          new ParserHandle(
              context.javaScript(),
              known,
              args.value(1),
              args.int32(2) == 1 ? MessageParser.Kind.REQUEST : MessageParser.Kind.RESPONSE,
              maxHeaderSize > 0 ? maxHeaderSize : DEFAULT_MAX_HEADER_SIZE,
              args.int32(4),
              list == 0 ? null : lists.get(list),
              args.int32(6)));
    }

    private @Nullable Object close(Arguments args) {
      parsers.remove(args.int32(0)).close();
      return null;
    }

    private Object execute(Arguments args) {
      Bytes data = args.bytes(1);
      int from = data.offset() + args.int32(2);
      return parser(args).execute(data.array(), from, from + args.int32(3));
    }

    /** {@code (id, stream)}: the stream feeds the parser; false if there is no such stream. */
    private Object consume(Arguments args) {
      StreamHandle stream = StreamTable.of(context.loop()).get(args.int32(1));
      if (stream == null || stream.isClosed()) {
        return false;
      }
      parser(args).consume(stream);
      return true;
    }

    /** The function is called on a response that was sent later; with 0 or a negative errno. */
    private @Nullable Object setSentHandler(Arguments args) {
      sentHandler = args.callback(0);
      return null;
    }

    /**
     * {@code (stream, text, isLatin1, body, response)}: sends a text and perhaps a Buffer at once;
     * true if all is sent, false if the handler will be told, undefined if there is no such stream.
     */
    private @Nullable Object respond(Arguments args) {
      StreamHandle stream = StreamTable.of(context.loop()).get(args.int32(0));
      if (stream == null || stream.isClosed()) {
        return null;
      }
      byte[] head =
          args.string(1)
              .getBytes(args.bool(2) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
      stream.write(head, 0, head.length);
      if (args.isBytes(3)) {
        byte[] body = args.bytes(3).copy();
        stream.write(body, 0, body.length);
      }
      Object response = args.value(4);
      Callback handler = sentHandler;
      return stream.flush(
          error -> {
            if (handler != null) {
              handler.invokeOn(response, error == null ? 0 : -error.number());
            }
          });
    }

    private ParserHandle parser(Arguments args) {
      return parsers.get(args.int32(0));
    }

    private static @Nullable Object run(Runnable action) {
      action.run();
      return null;
    }
  }

  /** Things by number, from 1 on; numbers are used again. */
  private static final class Numbered<T> {
    private final List<@Nullable T> things = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    int add(T thing) {
      if (!free.isEmpty()) {
        int number = free.removeLast();
        things.set(number - 1, thing);
        return number;
      }
      things.add(thing);
      return things.size();
    }

    T get(int number) {
      T thing = number > 0 && number <= things.size() ? things.get(number - 1) : null;
      if (thing == null) {
        throw new IllegalArgumentException("nothing has the number " + number);
      }
      return thing;
    }

    T remove(int number) {
      T thing = get(number);
      things.set(number - 1, null);
      free.add(number);
      return thing;
    }
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xff || !CharClass.TOKEN[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xff || !CharClass.FIELD_VALUE[c]) {
        return false;
      }
    }
    return true;
  }
}
