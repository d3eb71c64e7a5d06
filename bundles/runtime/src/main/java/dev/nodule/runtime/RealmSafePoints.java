package dev.nodule.runtime;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.RealmStatus;
import dev.nodule.engine.Realm;
import dev.nodule.loop.NodeEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes of modules in one realm, each at a safe point: a task of its loop. */
final class RealmSafePoints implements ModuleRealm {
  private final Realm realm;
  private final NodeEventLoop loop;
  private final InternalLoader loader;
  private final ModuleRegistry registry;
  private final LoopLag lag;

  RealmSafePoints(Realm realm, NodeEventLoop loop, InternalLoader loader, ModuleRegistry registry) {
    this.realm = realm;
    this.loop = loop;
    this.loader = loader;
    this.registry = registry;
    lag = new LoopLag(loop);
  }

  @Override
  public RealmStatus status() {
    return new RealmStatus("main", loop.idleNanos(), lag.probe(), loop.aliveHandles());
  }

  @Override
  public boolean isLoaded(String module) {
    return loader.isLoaded(module);
  }

  @Override
  public long[] traffic(String module) {
    return loader.traffic(module);
  }

  /** One step at a safe point; a failure ends up in the future. */
  private <T> void step(CompletableFuture<T> result, Runnable work) {
    loop.execute(
        () -> {
          if (result.isDone()) {
            return;
          }
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(failure(e, false));
          }
        });
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
    Deque<Runnable> steps = new ArrayDeque<>();
    List<ModuleInstance> instances = new ArrayList<>();
    step(
        result,
        () -> {
          for (CoreModule revision : revisions) {
            ModuleInstance next = loader.newRevision(revision);
            instances.add(next);
            for (String file : loader.filesOf(next)) {
              steps.add(() -> loader.compile(next, file));
            }
          }
          for (ModuleInstance next : instances) {
            steps.add(() -> loader.evaluate(next));
            steps.add(() -> check(next, result));
          }
          next(result, steps, instances);
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
      CompletableFuture<PreparedRevisions> result,
      Deque<Runnable> steps,
      List<ModuleInstance> instances) {
    Runnable work = steps.poll();
    if (work == null) {
      result.complete(new PreparedRevisions(instances));
      return;
    }
    step(
        result,
        () -> {
          work.run();
          next(result, steps, instances);
        });
  }

  @Override
  public CompletableFuture<Long> publish(PreparedRevisions prepared) {
    return timed(() -> prepared.instances.forEach(loader::publish));
  }

  @Override
  public CompletableFuture<Long> withdraw(String module) {
    return timed(() -> loader.withdraw(module));
  }

  private CompletableFuture<Long> timed(Runnable change) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    step(
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
