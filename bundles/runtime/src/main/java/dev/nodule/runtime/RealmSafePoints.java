package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.RealmStatus;
import dev.nodule.engine.Realm;
import dev.nodule.loop.NodeEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Changes of modules in one realm, each at a safe point: a task of its loop. */
final class RealmSafePoints implements ModuleRealm {
  private final String name;
  private final Realm realm;
  private final NodeEventLoop loop;
  private final InternalLoader loader;
  private final LoopLag lag;
  private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  RealmSafePoints(String name, Realm realm, NodeEventLoop loop, InternalLoader loader) {
    this.name = name;
    this.realm = realm;
    this.loop = loop;
    this.loader = loader;
    lag = new LoopLag(loop);
  }

  @Override
  public RealmStatus status() {
    return new RealmStatus(name, loop.idleNanos(), lag.probe(), loop.aliveHandles());
  }

  @Override
  public boolean isLoaded(String module) {
    return loader.isLoaded(module);
  }

  @Override
  public ModuleTraffic traffic(String module) {
    return loader.traffic(module);
  }

  /** Work for a safe point, and the modules that it touches. */
  private record Step(Set<String> modules, CompletableFuture<?> result, Runnable work) {}

  /** The realm is gone: what was asked of it is over. */
  void end() {
    ended = true;
    Step step;
    while ((step = steps.poll()) != null) {
      step.result.completeExceptionally(new RealmEndedException());
    }
  }

  /** One step at a safe point; a failure ends up in the future. */
  private <T> void step(Set<String> modules, CompletableFuture<T> result, Runnable work) {
    steps.add(
        new Step(
            modules,
            result,
            () -> {
              if (result.isDone()) {
                return;
              }
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(failure(e, false));
              }
            }));
    if (ended) {
      end();
    } else if (loop.inLoop()) {
      // A task of the poll phase would run before anything that has arrived meanwhile.
      loop.setImmediate(this::runNext).unref();
    } else {
      loop.execute(this::runNext);
    }
  }

  private void runNext() {
    Step next = steps.poll();
    if (next != null) {
      next.work.run();
    }
  }

  /**
   * Runs what is to be done for one module alone, in the middle of a call that waits for it:
   * nothing of it runs, so this is a safe point for it.
   */
  void runStepsOf(String module) {
    Set<String> alone = Set.of(module);
    for (Step step : steps) {
      if (step.modules.equals(alone) && steps.remove(step)) {
        step.work.run();
      }
    }
  }

  private Throwable failure(Throwable exception, boolean selfCheck) {
    if (exception instanceof VirtualMachineError && !(exception instanceof StackOverflowError)) {
      return exception;
    }
    Object error = realm.javaScript().toError(exception);
    return new RevisionException(realm.javaScript().toDisplayString(error), selfCheck);
  }

  @Override
  public CompletableFuture<PreparedRevisions> prepare(List<CoreModule> revisions) {
    CompletableFuture<PreparedRevisions> result = new CompletableFuture<>();
    Deque<Runnable> work = new ArrayDeque<>();
    List<ModuleInstance> instances = new ArrayList<>();
    Set<String> modules = revisions.stream().map(CoreModule::name).collect(Collectors.toSet());
    step(
        modules,
        result,
        () -> {
          for (CoreModule revision : revisions) {
            ModuleInstance next = loader.newRevision(revision);
            instances.add(next);
            for (String file : loader.filesOf(next)) {
              work.add(() -> loader.compile(next, file));
            }
          }
          for (ModuleInstance next : instances) {
            for (String file : loader.filesOf(next)) {
              work.add(() -> loader.evaluate(next, file));
            }
            work.add(() -> loader.evaluate(next));
            work.add(() -> check(next, result));
          }
          next(modules, result, work, instances);
        });
    return result;
  }

  private void check(ModuleInstance next, CompletableFuture<PreparedRevisions> result) {
    try {
      loader.selfCheck(next);
    } catch (RuntimeException e) {
      result.completeExceptionally(failure(e, true));
    }
  }

  private void next(
      Set<String> modules,
      CompletableFuture<PreparedRevisions> result,
      Deque<Runnable> work,
      List<ModuleInstance> instances) {
    Runnable first = work.poll();
    if (first == null) {
      result.complete(new PreparedRevisions(instances));
      return;
    }
    step(
        modules,
        result,
        () -> {
          first.run();
          next(modules, result, work, instances);
        });
  }

  @Override
  public CompletableFuture<Long> publish(PreparedRevisions prepared) {
    return timed(
        prepared.instances.stream().map(ModuleInstance::name).collect(Collectors.toSet()),
        () -> prepared.instances.forEach(loader::publish));
  }

  @Override
  public void catchUp(Collection<String> modules) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    step(Set.copyOf(modules), result, () -> modules.forEach(loader::refresh));
    result.exceptionally(
        failure -> {
          if (failure instanceof RevisionException) {
            System.err.println(
                "nodule: " + name + " keeps " + modules + ": " + failure.getMessage());
          }
          return null;
        });
  }

  @Override
  public CompletableFuture<Long> withdraw(String module) {
    return timed(Set.of(module), () -> loader.withdraw(module));
  }

  private CompletableFuture<Long> timed(Set<String> modules, Runnable change) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    step(
        modules,
        result,
        () -> {
          long start = System.nanoTime();
          change.run();
          result.complete(System.nanoTime() - start);
        });
    return result;
  }

  @Override
  public void announce(List<Change> changes) {
    loop.execute(
        () ->
            realm
                .scope()
                .run(
                    () -> {
                      for (Change change : changes) {
                        realm.call(
                            realm.javaScript().get(loader.require("internal/swap"), "announce"),
                            realm.javaScript().undefined(),
                            change.module(),
                            change.from(),
                            change.to());
                      }
                      return null;
                    }));
  }
}
