package dev.nodule.swap;

import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperation;
import dev.nodule.api.ModuleOperation.Change;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.SwapOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Swaps in the bundles that appear or change in a folder; those that come together in one
 * transaction. A file counts once it has stopped growing. Taking the file of a core module away
 * changes nothing; other bundles are there as long as their files are.
 */
public final class WatchedFolder {
  private static final long PERIOD_MILLIS = 500;

  private record Stamp(long size, long modified) {}

  private final Path folder;
  private final Supplier<ModuleManager> manager;
  private final Supplier<PlainBundles> plainBundles;
  private final Map<Path, Stamp> growing = new HashMap<>();
  private final Map<Path, Stamp> done = new HashMap<>();

  private WatchedFolder(
      Path folder, Supplier<ModuleManager> manager, Supplier<PlainBundles> plainBundles) {
    this.folder = folder;
    this.manager = manager;
    this.plainBundles = plainBundles;
  }

  /** Watches on a daemon thread until the process ends. */
  public static void watch(
      Path folder, Supplier<ModuleManager> manager, Supplier<PlainBundles> plainBundles) {
    WatchedFolder watched = new WatchedFolder(folder.toAbsolutePath(), manager, plainBundles);
    Thread thread = new Thread(watched::run, "nodule-module-dir");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    PlainBundles plain = plainBundles.get();
    try {
      while (true) {
        List<Path> modules = new ArrayList<>();
        for (Path file : look()) {
          if (!plain.deploy(file)) {
            modules.add(file);
          }
        }
        if (!modules.isEmpty()) {
          swap(modules);
        }
        plain.uninstallGone();
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The bundles that are new and have not changed since the last look. */
  private List<Path> look() {
    List<Path> ready = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.toString().endsWith(".jar")) {
          continue;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Stamp stamp = new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
        if (stamp.equals(done.get(file))) {
          continue;
        }
        if (stamp.equals(growing.put(file, stamp))) {
          growing.remove(file);
          done.put(file, stamp);
          ready.add(file);
        }
      }
    } catch (IOException e) {
      // The folder may come later, or a file may have gone meanwhile.
    }
    return ready;
  }

  private void swap(List<Path> jars) {
    try {
      ModuleOperation operation = manager.get().swap(jars, SwapOptions.DEFAULT);
      for (Change change : operation.changes()) {
        System.err.println(
            "nodule: core module '" + change.module() + "' is " + change.to() + " now");
      }
    } catch (ModuleOperationException e) {
      System.err.println("nodule: bundles of " + folder + " refused: " + e.getMessage());
    }
  }
}
