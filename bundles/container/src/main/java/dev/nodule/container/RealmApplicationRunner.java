package dev.nodule.container;

import dev.nodule.api.Application;
import dev.nodule.api.ApplicationRunner;
import dev.nodule.api.ApplicationStart;
import dev.nodule.loop.WorkerPool;
import dev.nodule.runtime.BadOptionException;
import dev.nodule.runtime.CommandLine;
import dev.nodule.runtime.CommandLineParser;
import dev.nodule.runtime.ModuleRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs each application in a {@link RealmApplication}; the worker pool is shared. */
final class RealmApplicationRunner implements ApplicationRunner, AutoCloseable {
  private static final long END_MILLIS = 5000;

  private final ModuleRegistry registry;
  private final Map<String, String> versions;
  private final WorkerPool workers =
      new WorkerPool(WorkerPool.sizeFrom(System.getenv("UV_THREADPOOL_SIZE")));
  private final List<RealmApplication> running = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private volatile boolean ending;

  RealmApplicationRunner(ModuleRegistry registry, Map<String, String> versions) {
    this.registry = registry;
    this.versions = versions;
  }

  @Override
  public Application start(ApplicationStart start) {
    if (ending) {
      throw new IllegalStateException("the container of applications is ending");
    }
    RealmApplication application =
        new RealmApplication(
            lastId.incrementAndGet(), start, commandLine(start), registry, workers, versions);
    running.add(application);
    application.exitCode().whenComplete((code, failure) -> running.remove(application));
    application.start();
    return application;
  }

  private static CommandLine commandLine(ApplicationStart start) {
    CommandLine line;
    try {
      line = new CommandLineParser().parse(start.commandLine(), System.getenv("NODE_OPTIONS"));
    } catch (BadOptionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    String script = line.script();
    boolean evaluates = line.option("--eval") instanceof String;
    if (!evaluates && (script == null || script.equals("-"))) {
      throw new IllegalArgumentException("no script: standard input belongs to the container");
    }
    return script == null
        ? line
        : new CommandLine(
            line.options(),
            line.execArgv(),
            absolute(start.directory(), script).toString(),
            line.arguments());
  }

  private static Path absolute(Path directory, String script) {
    return directory.toAbsolutePath().resolve(script);
  }

  @Override
  public List<Application> applications() {
    return new ArrayList<>(running);
  }

  /** Ends all applications: asked first, then at once. */
  @Override
  public void close() {
    ending = true;
    running.forEach(Application::terminate);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    for (RealmApplication application : running) {
      if (!application.awaitEnd(deadline - System.nanoTime())) {
        application.kill();
        application.awaitEnd(TimeUnit.MILLISECONDS.toNanos(END_MILLIS));
      }
    }
    workers.close();
  }
}
