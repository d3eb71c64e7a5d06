package dev.nodule.runtime;

import dev.nodule.api.LockTable;
import dev.nodule.api.MessageEnd;
import dev.nodule.api.Threads;
import dev.nodule.api.WorkerStart;
import dev.nodule.api.WorkerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@link Threads} for one realm, and the threads that it has started. */
final class RealmThreads implements Threads {
  private static final long END_MILLIS = 5000;

  private final RealmRuntime runtime;
  private final ApplicationThreads application;
  private final int id;
  private final @Nullable MessageEnd parent;
  private final List<RealmThread> children = new CopyOnWriteArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();

  RealmThreads(
      RealmRuntime runtime, ApplicationThreads application, int id, @Nullable MessageEnd parent) {
    this.runtime = runtime;
    this.application = application;
    this.id = id;
    this.parent = parent;
  }

  ApplicationThreads application() {
    return application;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public @Nullable MessageEnd parent() {
    return parent;
  }

  @Override
  public WorkerThread start(WorkerStart start) {
    CommandLine line = WorkerCommandLine.of(runtime.commandLine(), start);
    RealmThread thread = new RealmThread(runtime, application.nextId(), start, line);
    children.add(thread);
    // Messages to its number wait until it is ready.
    application.setInbox(thread.id(), MessageEnd.alone());
    thread.start(() -> children.remove(thread));
    return thread;
  }

  @Override
  public Set<MessageEnd> channel(String name) {
    return application.channel(name);
  }

  @Override
  public LockTable locks() {
    return application.locks();
  }

  @Override
  public @Nullable MessageEnd inbox(int number) {
    return application.inbox(number);
  }

  @Override
  public void setInbox(MessageEnd inbox) {
    application.setInbox(id, inbox);
  }

  @Override
  public void atEnd(Runnable task) {
    endings.add(task);
  }

  /** Ends the threads that this realm has started, and what was to be done at its end. */
  void end() {
    List<RealmThread> running = List.copyOf(children);
    running.forEach(RealmThread::terminate);
    running.forEach(thread -> thread.join(END_MILLIS));
    application.removeInbox(id);
    endings.forEach(Runnable::run);
  }
}
