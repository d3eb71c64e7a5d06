package dev.nodule.launcher;

import dev.nodule.api.ModuleManager;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.swap.ModuleTracker;
import dev.nodule.swap.PlainBundles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * The OSGi framework of this process with the default bundles, and the bridge from its services to
 * the module registry.
 */
public final class BundleFramework {
  private static final String SYSTEM_PACKAGES =
      "org.osgi.framework;version=1.10,org.osgi.framework.wiring;version=1.2,org.osgi.framework.startlevel;version=1.0,"
          + "org.osgi.resource;version=1.0,org.osgi.util.tracker;version=1.5";
  private static final String STORAGE_PREFIX = "nodule-";
  private static final String API_PACKAGES = "dev.nodule.api;version=1.0.0";

  /**
   * Libraries lie on the class path; a bundle that is swapped in finds them there as the default
   * bundles do.
   */
  private static final String CLASS_PATH_LIBRARIES =
      "io.netty.*,com.aayushatharva.*,com.amazon.corretto.*,com.github.luben.*,org.bouncycastle.*,org.sqlite,org.sqlite.*,com.fasterxml.*,org.apache.commons.*,java.*,sun.*,jdk.*,javax.*";

  private final Framework framework;
  private final Path storage;
  private final LazyModuleManager manager;

  private BundleFramework(Framework framework, Path storage, LazyModuleManager manager) {
    this.framework = framework;
    this.storage = storage;
    this.manager = manager;
  }

  /** {@link #start(ModuleRegistry, SwapSettings)} with nothing kept between starts. */
  public static BundleFramework start(ModuleRegistry registry) {
    return start(registry, SwapSettings.NONE);
  }

  /**
   * Starts the framework and all default bundles; their modules, or the revisions chosen in their
   * place, are in the registry when this returns.
   */
  public static BundleFramework start(ModuleRegistry registry, SwapSettings settings) {
    try {
      Path storage = newStorage();
      ClassPathBundles bundles = ClassPathBundles.scan();
      Map<String, String> configuration = new HashMap<>();
      configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
      // A revision may have the name and version of another, as while it is being written.
      configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
      configuration.put("felix.cache.locking", "false");
      configuration.put("felix.log.level", "1");
      configuration.put("felix.service.urlhandlers", "false");
      configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES, SYSTEM_PACKAGES);
      configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, API_PACKAGES);
      configuration.put(Constants.FRAMEWORK_BOOTDELEGATION, CLASS_PATH_LIBRARIES);
      configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_APP);
      Framework framework = new FrameworkFactory().newFramework(configuration, bundles);
      framework.init();
      BundleContext context = framework.getBundleContext();
      ModuleTracker tracker = ModuleTracker.start(context, registry);
      framework.start();
      List<Bundle> installed = new ArrayList<>();
      for (String location : bundles.locations()) {
        installed.add(context.installBundle(location));
      }
      for (Bundle bundle : installed) {
        startBundle(bundle);
      }
      LazyModuleManager manager = new LazyModuleManager(tracker, settings);
      manager.register(context);
      if (manager.hasChoices()) {
        manager.get().restore();
      }
      return new BundleFramework(framework, storage, manager);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void startBundle(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      System.err.println(
          "nodule: bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
    }
  }

  /** What changes modules in this process; made when it is first asked for. */
  public ModuleManager modules() {
    return manager.get();
  }

  /** Bundles that provide services and no modules. */
  public PlainBundles plainBundles() {
    return new PlainBundles(context(), manager.policy());
  }

  /** Operations on modules are refused from now on. */
  public void end() {
    manager.end();
  }

  /** The framework's own view, for consoles and tests. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  private static Path newStorage() throws IOException {
    Path shared = Path.of("/dev/shm");
    Path parent = Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
    Path own = parent.resolve(STORAGE_PREFIX + ProcessHandle.current().pid());
    deleteTree(own);
    // Readable for the owner alone: it holds the bundles that are swapped in.
    Files.createDirectory(
        own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return own;
  }

  /** Removes what processes that were killed have left behind. */
  private static void deleteAbandoned(Path parent) {
    File[] folders = parent.toFile().listFiles((folder, name) -> name.startsWith(STORAGE_PREFIX));
    if (folders == null) {
      return;
    }
    for (File folder : folders) {
      try {
        long pid = Long.parseLong(folder.getName().substring(STORAGE_PREFIX.length()));
        if (!new File("/proc/" + pid).exists()) {
          deleteTree(folder.toPath());
        }
      } catch (NumberFormatException e) {
        // Not one of ours.
      }
    }
  }

  /** Stops all bundles and the framework. */
  public void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
    deleteStorage();
  }

  /** Removes what the framework wrote; called when the process ends. */
  public void deleteStorage() {
    deleteTree(storage);
    deleteAbandoned(Objects.requireNonNull(storage.getParent()));
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder: whoever cleans those takes it.
    }
  }
}
