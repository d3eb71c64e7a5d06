package dev.nodule.runtime;

import dev.nodule.api.WorkerStart;
import dev.nodule.api.WorkerThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** A worker: a thread that makes its realm, runs it to its end and frees it. */
final class RealmThread implements WorkerThread {
  /** The JVM's stack for each megabyte of V8's: frames of an interpreter in Java are larger. */
  private static final double STACK_FACTOR = 4;

  private static final long SMALLEST_STACK = 2L << 20;
  private static final int TERMINATED = 1;

  private final RealmRuntime parent;
  private final int id;
  private final WorkerStart start;
  private final CommandLine commandLine;
  private final Thread thread;
  private Runnable gone = () -> {};
  private @Nullable RealmRuntime runtime;
  private boolean unwanted;

  RealmThread(RealmRuntime parent, int id, WorkerStart start, CommandLine commandLine) {
    this.parent = parent;
    this.id = id;
    this.start = start;
    this.commandLine = commandLine;
    long stack = (long) (start.stackMegabytes() * STACK_FACTOR * (1 << 20));
    thread =
        new Thread(null, this::run, "nodule-worker-thread-" + id, Math.max(stack, SMALLEST_STACK));
    thread.setDaemon(true);
    thread.setContextClassLoader(RealmThread.class.getClassLoader());
  }

  void start(Runnable whenGone) {
    gone = whenGone;
    thread.start();
  }

  private void run() {
    int code = TERMINATED;
    try {
      code = runRealm();
    } catch (Throwable e) {
      boolean wanted;
      synchronized (this) {
        wanted = !unwanted;
      }
      if (wanted) {
        System.err.println("nodule: worker " + id + ": " + e);
        if (Boolean.getBoolean("nodule.trace-java")) {
          e.printStackTrace();
        }
      }
    } finally {
      int ended = code;
      parent.threads().application().removeInbox(id);
      gone.run();
      start.parent().close();
      parent.loop().execute(() -> start.ended().accept(ended));
    }
  }

  private int runRealm() {
    RealmRuntime realm;
    synchronized (this) {
      if (unwanted) {
        return TERMINATED;
      }
    }
    realm = new RealmRuntime(parent, id, start, commandLine);
    try (realm) {
      synchronized (this) {
        if (unwanted) {
          return TERMINATED;
        }
        runtime = realm;
      }
      try {
        return realm.run();
      } finally {
        synchronized (this) {
          runtime = null;
        }
      }
    }
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public void terminate() {
    RealmRuntime realm;
    synchronized (this) {
      if (unwanted) {
        return;
      }
      unwanted = true;
      realm = runtime;
    }
    if (realm != null) {
      // It waits for the thread to leave JavaScript, which whoever asks must not.
      Thread.ofPlatform()
          .daemon()
          .name("nodule-worker-end-" + id)
          .start(() -> realm.kill(TERMINATED));
    }
  }

  void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long[] loopNanos() {
    RealmRuntime realm;
    synchronized (this) {
      realm = runtime;
    }
    return realm == null ? new long[] {0, 0} : realm.loopNanos();
  }

  @Override
  public long[] cpuMicros() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long all = Math.max(0, threads.getThreadCpuTime(thread.threadId())) / 1000;
    long user = Math.max(0, threads.getThreadUserTime(thread.threadId())) / 1000;
    return new long[] {user, Math.max(0, all - user)};
  }
}
