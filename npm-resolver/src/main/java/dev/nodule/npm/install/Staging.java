package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Packages made ready in folders of their own, before anything in the tree changes. What the lock
 * file names is begun while the tree is still being worked out; what turns out not to be wanted
 * goes with the staging folder. Every core links: the one that works the tree out joins in when it
 * is done with that.
 */
final class Staging implements AutoCloseable {
  private record Job(Node node, Path folder, boolean shared, CompletableFuture<Path> made) {}

  private final Path folder;
  private final RegistrySource source;
  private final Map<Node, Job> packages = new IdentityHashMap<>();
  private final Queue<Job> waiting = new ConcurrentLinkedQueue<>();
  private final List<Thread> helpers = new ArrayList<>();
  private int count;
  private volatile boolean closed;

  Staging(Path folder, RegistrySource source) {
    this.folder = folder;
    this.source = source;
  }

  /** Begins with packages that will probably be wanted; parameters as in {@link #make}. */
  void begin(List<Node> nodes, Predicate<Node> ownCopy) {
    nodes.forEach(node -> add(node, !ownCopy.test(node)));
    if (!waiting.isEmpty()) {
      for (int i = 1; i < Runtime.getRuntime().availableProcessors() || i == 1; i++) {
        helpers.add(Thread.ofPlatform().daemon().name("nodule-link").start(this::work));
      }
    }
  }

  /**
   * Makes all of these.
   *
   * @param ownCopy the packages whose files must not be the store's
   */
  void make(List<Node> nodes, Predicate<Node> ownCopy) {
    nodes.forEach(node -> add(node, !ownCopy.test(node)));
    work();
    var all = nodes.stream().map(this::made).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).exceptionally(failure -> null).join();
  }

  /** Where a package lies that was made, or why it could not be. */
  Path folder(Node node) {
    return PackageStore.join(made(node));
  }

  private CompletableFuture<Path> made(Node node) {
    return Objects.requireNonNull(packages.get(node)).made;
  }

  private void add(Node node, boolean shared) {
    var known = packages.get(node);
    if (known == null || known.shared && !shared) {
      Path place = folder.resolve(String.valueOf(count++));
      var job = new Job(node, place, shared, new CompletableFuture<>());
      packages.put(node, job);
      waiting.add(job);
    }
  }

  private void work() {
    for (Job job; !closed && (job = waiting.poll()) != null; ) {
      make(job);
    }
  }

  private void make(Job job) {
    try {
      var stored = source.stored(job.node);
      if (stored != null) {
        link(job, stored);
      } else {
        source
            .fetch(job.node)
            .whenComplete(
                (fetched, failure) -> {
                  if (failure != null) {
                    job.made.completeExceptionally(failure);
                  } else {
                    link(job, fetched);
                  }
                });
      }
    } catch (RuntimeException e) {
      job.made.completeExceptionally(e);
    }
  }

  private void link(Job job, PackageStore.Stored stored) {
    try {
      if (closed) {
        throw new IOException("the install has ended");
      }
      PackageStore.link(stored, job.folder, job.shared);
      job.made.complete(job.folder);
    } catch (IOException e) {
      job.made.completeExceptionally(
          new NpmException(
              String.valueOf(e.getMessage()).contains("No space") ? "ENOSPC" : "EIO",
              "could not write " + job.node.location() + ": " + e,
              e));
    } catch (RuntimeException e) {
      job.made.completeExceptionally(e);
    }
  }

  /** Nothing is written to the folder after this. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
