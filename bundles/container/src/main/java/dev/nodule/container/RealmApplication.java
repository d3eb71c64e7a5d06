package dev.nodule.container;

import dev.nodule.api.Application;
import dev.nodule.api.ApplicationStart;
import dev.nodule.loop.WorkerPool;
import dev.nodule.runtime.CommandLine;
import dev.nodule.runtime.LauncherInfo;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.runtime.RealmRuntime;
import dev.nodule.runtime.StandardOutput;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An application on a thread of its own, which is its realm's JavaScript thread. */
final class RealmApplication implements Application {
  /** As the launcher's: frames of an interpreter in Java are large. */
  private static final long STACK_BYTES = 16L << 20;

  /** The exit code of the launcher where Nodule itself fails. */
  private static final int FAILED = 70;

  private static final int TERMINATED = 143;

  private final int id;
  private final ApplicationStart start;
  private final CommandLine commandLine;
  private final ModuleRegistry registry;
  private final WorkerPool workers;
  private final Map<String, String> versions;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private @Nullable RealmRuntime runtime;
  private boolean unwanted;

  RealmApplication(
      int id,
      ApplicationStart start,
      CommandLine commandLine,
      ModuleRegistry registry,
      WorkerPool workers,
      Map<String, String> versions) {
    this.id = id;
    this.start = start;
    this.commandLine = commandLine;
    this.registry = registry;
    this.workers = workers;
    this.versions = versions;
  }

  void start() {
    Thread thread = new Thread(null, this::run, "nodule-application-" + id, STACK_BYTES);
    thread.setDaemon(true);
    // Not the one of whoever calls: libraries of the container are no business of the engine.
    thread.setContextClassLoader(RealmApplication.class.getClassLoader());
    thread.start();
  }

  private void run() {
    int code = FAILED;
    try {
      code = runRealm();
    } catch (Throwable e) {
      new PrintStream(start.error(), true, StandardCharsets.UTF_8).println("nodule: " + e);
      if (Boolean.getBoolean("nodule.trace-java")) {
        e.printStackTrace();
      }
    } finally {
      exitCode.complete(code & 0xff);
    }
  }

  private int runRealm() {
    CompilerNotice.tellOnce();
    LauncherInfo launcher =
        new LauncherInfo(
            System.getProperty("nodule.exec", "nodule"),
            System.nanoTime(),
            System.currentTimeMillis(),
            versions);
    try (RealmRuntime realm =
        RealmRuntime.inContainer(
            workers,
            registry,
            launcher,
            commandLine,
            start.directory().toAbsolutePath(),
            new StandardOutput(start.output(), start.error()))) {
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
  public String commandLine() {
    return String.join(" ", start.commandLine());
  }

  @Override
  public CompletableFuture<Integer> exitCode() {
    return exitCode.copy();
  }

  @Override
  public synchronized void terminate() {
    if (runtime != null) {
      runtime.terminate();
    } else {
      unwanted = true;
    }
  }

  @Override
  public void kill() {
    RealmRuntime realm;
    synchronized (this) {
      realm = runtime;
      unwanted = true;
    }
    if (realm != null) {
      realm.kill();
    }
  }

  boolean awaitEnd(long nanos) {
    try {
      exitCode.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }
}
