package dev.nodule.core.inspector;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The binding: the server, and the messages that arrive there for this realm. */
public final class InspectorModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private final ModuleContext context;
    private @Nullable Inbox inbox;
    private @Nullable InspectorServer server;

    Functions(ModuleContext context) {
      this.context = context;
    }

    void bind(Binding binding) {
      binding
          .function("receive", 1, this::receive)
          .function("take", 1, arguments -> take(arguments.int64(0)))
          .function("tell", 4, this::tell)
          .function("listen", 3, this::listen)
          .function("publish", 3, this::publish)
          .function("send", 2, this::send)
          .function("closeSession", 1, this::closeSession)
          .function("close", 0, arguments -> close())
          .function("isConnected", 0, arguments -> server != null && server.isConnected())
          .function("print", 1, Functions::print)
          .function("enter", 0, arguments -> enter())
          .function("leave", 0, arguments -> RealmInboxes.leave(context.threads().id(), inbox()));
    }

    /** Other threads find this one from now on, until it ends. */
    private @Nullable Object enter() {
      int id = context.threads().id();
      Inbox own = inbox();
      context.threads().atEnd(() -> RealmInboxes.leave(id, own));
      return RealmInboxes.enter(id, own);
    }

    private Inbox inbox() {
      Inbox known = inbox;
      if (known == null) {
        inbox = known = new Inbox(context);
      }
      return known;
    }

    /** {@code receive(drain)}: called where messages wait and nobody takes them. */
    private @Nullable Object receive(Arguments arguments) {
      Callback drain = arguments.callback(0);
      inbox().onArrival(drain);
      return null;
    }

    /**
     * The next message as {@code [kind, sender, text]}; waits up to so many milliseconds for it.
     */
    private @Nullable Object take(long millis) {
      Message next = inbox().take(millis);
      return next == null ? null : new Object[] {next.kind(), next.sender(), next.text()};
    }

    /**
     * {@code tell(thread, kind, sender, text)}: a message to another realm; false if it is gone.
     */
    private Object tell(Arguments arguments) {
      Inbox other = RealmInboxes.of(arguments.int32(0));
      if (other == null) {
        return false;
      }
      other.add(new Message(arguments.string(1), arguments.string(2), arguments.string(3)));
      return true;
    }

    /** {@code listen(host, port, id)}: the port, or the negative number of an error. */
    private Object listen(Arguments arguments) {
      InspectorServer started = new InspectorServer(arguments.string(2), inbox());
      int port = started.listen(arguments.string(0), arguments.int32(1));
      if (port > 0) {
        server = started;
      }
      return port;
    }

    /** {@code publish(targets, version, protocol)}: what the paths below /json tell. */
    private @Nullable Object publish(Arguments arguments) {
      InspectorServer known = server;
      if (known != null) {
        known.publish(arguments.string(0), arguments.string(1), arguments.string(2));
      }
      return null;
    }

    private @Nullable Object send(Arguments arguments) {
      InspectorServer known = server;
      if (known != null) {
        known.send(arguments.string(0), arguments.string(1));
      }
      return null;
    }

    private @Nullable Object closeSession(Arguments arguments) {
      InspectorServer known = server;
      if (known != null) {
        known.closeSession(arguments.string(0));
      }
      return null;
    }

    private @Nullable Object close() {
      InspectorServer known = server;
      server = null;
      if (known != null) {
        known.close();
      }
      return null;
    }

    private static @Nullable Object print(Arguments arguments) {
      printError(arguments.string(0));
      return null;
    }
  }

  /** Writes past the streams of the application, which its thread may be waiting for. */
  static void printError(String text) {
    // Not closed: the descriptor is the process's own.
    @SuppressWarnings("resource")
    FileOutputStream error = new FileOutputStream(FileDescriptor.err);
    try {
      error.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody reads it.
    }
  }
}
