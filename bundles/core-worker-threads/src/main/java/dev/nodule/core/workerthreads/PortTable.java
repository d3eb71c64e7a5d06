package dev.nodule.core.workerthreads;

import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.api.HandleTable;
import dev.nodule.api.JavaScript;
import dev.nodule.api.MessageEnd;
import dev.nodule.api.MessageEnd.Message;
import dev.nodule.api.ModuleContext;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ends of channels that one realm holds, as JavaScript sees them: objects with native
 * functions. All revisions of the module share the table, and so may move one another's ports.
 */
final class PortTable {
  private static final String NAME = "worker_threads.ends";
  private static final int ONLY = 1;

  private final JavaScript javaScript;
  private final EventLoop loop;
  private final Map<Object, WeakReference<MessageEnd>> ends;

  private PortTable(ModuleContext context, Map<Object, WeakReference<MessageEnd>> ends) {
    javaScript = context.javaScript();
    loop = context.loop();
    this.ends = ends;
  }

  static PortTable of(ModuleContext context) {
    HandleTable<Map<Object, WeakReference<MessageEnd>>> table = context.loop().table(NAME);
    Map<Object, WeakReference<MessageEnd>> known = table.get(ONLY);
    if (known == null) {
      Map<Object, WeakReference<MessageEnd>> ends = new WeakHashMap<>();
      table.put(ONLY, ends);
      context.threads().atEnd(() -> closeAll(ends));
      known = ends;
    }
    return new PortTable(context, known);
  }

  private static void closeAll(Map<Object, WeakReference<MessageEnd>> ends) {
    for (WeakReference<MessageEnd> reference : List.copyOf(ends.values())) {
      MessageEnd end = reference.get();
      if (end != null) {
        end.close();
      }
    }
    ends.clear();
  }

  /** The end behind a port that {@link #port} made. */
  private MessageEnd endOf(Object port) {
    WeakReference<MessageEnd> reference = ends.get(port);
    MessageEnd end = reference == null ? null : reference.get();
    if (end == null) {
      throw new IllegalArgumentException("no port");
    }
    return end;
  }

  /** A message of the arguments {@code bytes, attachments}; what moves is gone from here then. */
  Message message(Arguments arguments, int index) {
    byte[] bytes = arguments.bytes(index).copy();
    Object list = arguments.value(index + 1);
    int length = ((Number) javaScript.get(list, "length")).intValue();
    Object[] attachments = new Object[length];
    for (int i = 0; i < length; i++) {
      attachments[i] = attachment(javaScript.get(list, Integer.toString(i)));
    }
    return new Message(bytes, attachments);
  }

  private Object attachment(Object value) {
    if (ends.containsKey(value)) {
      MessageEnd end = endOf(value);
      ends.remove(value);
      end.leave();
      return end;
    }
    Object common = javaScript.share(value);
    return common != null ? common : javaScript.detach(value);
  }

  /** {@code [bytes, attachments]} */
  private Object received(Message message) {
    List<Object> attachments = new ArrayList<>();
    for (Object attachment : message.attachments()) {
      attachments.add(
          switch (attachment) {
            case MessageEnd end -> port(end);
            case byte[] bytes -> javaScript.newArrayBuffer(bytes);
            default -> javaScript.shared(attachment);
          });
    }
    byte[] bytes = message.bytes();
    return new Object[] {javaScript.newBuffer(bytes, 0, bytes.length), attachments};
  }

  Object port(MessageEnd end) {
    return new Port(end).face(null);
  }

  /** A port that posts to all other members of a set. */
  Object member(MessageEnd end, Set<MessageEnd> members) {
    return new Port(end).face(members);
  }

  /** One end while this realm holds it. */
  private final class Port {
    /** Others have their turn when so many messages came in a row. */
    private static final int BATCH = 1000;

    final MessageEnd end;
    final Handle handle = loop.open("MessagePort");
    @Nullable Callback receiver;

    Port(MessageEnd end) {
      this.end = end;
      handle.unref();
    }

    Object face(@Nullable Set<MessageEnd> members) {
      Object face = javaScript.newObject();
      ends.put(face, new WeakReference<>(end));
      function(face, "listen", 1, this::listen);
      function(face, "take", 1, this::take);
      function(face, "setRef", 1, this::setRef);
      function(face, "size", 0, arguments -> end.size());
      function(face, "isOtherEnd", 1, arguments -> end.isOtherEndOf(endOf(arguments.value(0))));
      function(
          face, "post", 2, members == null ? this::post : arguments -> all(arguments, members));
      function(
          face,
          "close",
          1,
          arguments -> {
            ends.remove(face);
            if (members != null) {
              members.remove(end);
            }
            end.close();
            Callback closed = arguments.callback(0);
            handle.close(closed::invoke);
            return null;
          });
      // The end is somebody else's by now.
      function(
          face,
          "leave",
          0,
          arguments -> {
            handle.close(() -> {});
            return null;
          });
      return face;
    }

    private void function(
        Object face, String name, int length, dev.nodule.api.NativeFunction function) {
      javaScript.set(face, name, javaScript.newFunction(name, length, function));
    }

    private @Nullable Object post(Arguments arguments) {
      end.send(message(arguments, 0));
      return null;
    }

    private @Nullable Object all(Arguments arguments, Set<MessageEnd> members) {
      Message message = message(arguments, 0);
      for (MessageEnd member : members) {
        if (member != end) {
          member.deliver(message);
        }
      }
      return null;
    }

    /** {@code listen(receive)}: it takes one message, and says whether to call it again. */
    private @Nullable Object listen(Arguments arguments) {
      receiver = arguments.callback(0);
      end.listen(this::deliverSoon);
      return null;
    }

    private void deliverSoon() {
      if (loop.inLoop()) {
        // Two ports of one thread that answer each other leave the timers their turn.
        loop.setImmediate(this::deliver).unref();
      } else {
        loop.execute(this::deliver);
      }
    }

    private void deliver() {
      end.awake();
      int left = Math.max(end.size(), BATCH);
      while (receive()) {
        if (--left <= 0) {
          deliverSoon();
          return;
        }
      }
    }

    private boolean receive() {
      Callback callback = receiver;
      if (callback == null || end.isClosed()) {
        return false;
      }
      int before = end.size();
      Object received = callback.invoke();
      // A listener that throws gives null, and so does a realm that has ended: nothing is taken
      // then.
      return Boolean.TRUE.equals(received) || (received == null && end.size() < before);
    }

    /**
     * {@code take(wanted)}: the next message; null if the other end is closed and nothing is left,
     * undefined if there is nothing now. Messages that nobody wants yet stay.
     */
    private @Nullable Object take(Arguments arguments) {
      if (end.isExhausted()) {
        return javaScript.nullValue();
      }
      Message message = arguments.bool(0) ? end.take() : null;
      return message == null ? null : received(message);
    }

    private @Nullable Object setRef(Arguments arguments) {
      if (arguments.bool(0)) {
        handle.ref();
      } else {
        handle.unref();
      }
      return null;
    }
  }
}
