package dev.nodule.core.workerthreads;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.MessageEnd;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Node.js's {@code worker_threads}: ports between threads, and the threads. */
public final class WorkerThreadsModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    PortTable ports = PortTable.of(context);
    binding
        .value("threadId", context.threads().id())
        .function("channel", 0, arguments -> channel(ports))
        .function("parentPort", 0, arguments -> parent(context, ports))
        .function("joinChannel", 1, arguments -> join(context, ports, arguments.string(0)))
        .function("inbox", 0, arguments -> inbox(context, ports))
        .function("postToThread", 3, arguments -> postToThread(context, ports, arguments))
        .function("requestLock", 6, arguments -> Locks.request(context, arguments))
        .function("queryLocks", 0, arguments -> Locks.query(context))
        .function("startWorker", 7, arguments -> Workers.start(context, ports, arguments));
  }

  private static Object channel(PortTable ports) {
    MessageEnd[] ends = MessageEnd.pair();
    return new Object[] {ports.port(ends[0]), ports.port(ends[1])};
  }

  /** The channel to the realm that started this one; undefined in the first. */
  private static @Nullable Object parent(ModuleContext context, PortTable ports) {
    MessageEnd end = context.threads().parent();
    return end == null ? null : ports.port(end);
  }

  /** A port to which all others that joined a channel by this name send. */
  private static Object join(ModuleContext context, PortTable ports, String name) {
    Set<MessageEnd> members = context.threads().channel(name);
    MessageEnd own = MessageEnd.alone();
    members.add(own);
    return ports.member(own, members);
  }

  private static Object inbox(ModuleContext context, PortTable ports) {
    MessageEnd own = context.threads().inbox(context.threads().id());
    if (own == null) {
      own = MessageEnd.alone();
      context.threads().setInbox(own);
    }
    return ports.port(own);
  }

  /** {@code postToThread(id, bytes, attachments)}; false if there is no such thread. */
  private static Object postToThread(ModuleContext context, PortTable ports, Arguments arguments) {
    MessageEnd target = context.threads().inbox(arguments.int32(0));
    return target != null && target.deliver(ports.message(arguments, 1));
  }
}
