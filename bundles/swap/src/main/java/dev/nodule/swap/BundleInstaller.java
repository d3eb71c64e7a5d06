package dev.nodule.swap;

import dev.nodule.api.CoreModule;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleOperationException.Reason;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/** Puts the bundles of revisions into the framework and takes them out again. */
final class BundleInstaller {
  static final String LOCATION = "swap:";
  private final ModuleTracker tracker;
  private final BundleContext context;
  private final SwapPolicy policy;
  private int installed;

  BundleInstaller(ModuleTracker tracker, SwapPolicy policy) {
    this.tracker = tracker;
    this.policy = policy;
    context = tracker.context();
  }

  /**
   * Installs, resolves and starts bundles beside what is there; their modules are in nobody's
   * sight. All are installed before one is started, as they may need each other.
   *
   * @throws ModuleOperationException why they were refused; nothing of them is left
   */
  List<Revision> install(List<ModuleJar> jars) throws ModuleOperationException {
    List<Bundle> bundles = new ArrayList<>();
    List<Revision> revisions = new ArrayList<>();
    try {
      for (ModuleJar jar : jars) {
        Bundle bundle = add(jar);
        bundles.add(bundle);
        tracker.manage(bundle);
      }
      for (int i = 0; i < bundles.size(); i++) {
        revisions.add(start(bundles.get(i), jars.get(i)));
      }
    } catch (ModuleOperationException e) {
      bundles.forEach(this::uninstall);
      throw e;
    }
    return revisions;
  }

  private Bundle add(ModuleJar jar) throws ModuleOperationException {
    if (!policy.accepts(jar)) {
      throw new ModuleOperationException(
          Reason.UNSIGNED, jar.name() + " is not signed by anyone whose signature is demanded");
    }
    try {
      return context.installBundle(
          LOCATION + ++installed + ":" + jar.name(), new ByteArrayInputStream(jar.bytes()));
    } catch (BundleException e) {
      throw new ModuleOperationException(
          Reason.NOT_A_MODULE, jar.name() + " is no bundle: " + sentence(e));
    }
  }

  /** Starts a bundle of one module. */
  Revision start(Bundle bundle, @Nullable ModuleJar jar) throws ModuleOperationException {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      boolean unresolved = e.getType() == BundleException.RESOLVE_ERROR;
      throw new ModuleOperationException(
          unresolved ? Reason.UNRESOLVED : Reason.BROKEN,
          bundle.getSymbolicName()
              + (unresolved ? " does not resolve: " : " does not start: ")
              + sentence(e));
    }
    CoreModule module = service(bundle);
    if (module == null) {
      throw new ModuleOperationException(
          Reason.NOT_A_MODULE, bundle.getSymbolicName() + " registers no core module");
    }
    if (jar == null) {
      return new Revision(module, bundle, null);
    }
    loadClasses(bundle, jar);
    return new Revision(new HeldModule(module, jar.sources()), bundle, jar);
  }

  /**
   * So that a class that cannot be loaded refuses the revision, and none is missed after the bundle
   * has gone.
   */
  private static void loadClasses(Bundle bundle, ModuleJar jar) throws ModuleOperationException {
    for (String name : jar.classes()) {
      try {
        bundle.loadClass(name);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ModuleOperationException(
            Reason.BROKEN,
            "class " + name + " of " + jar.name() + " cannot be loaded: " + e.getMessage());
      }
    }
  }

  private @Nullable CoreModule service(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    if (services != null) {
      for (ServiceReference<?> reference : services) {
        if (context.getService(reference) instanceof CoreModule module) {
          return module;
        }
      }
    }
    return null;
  }

  /** The bundle of each module that a started bundle provides now, as OSGi's own means left it. */
  Map<String, Bundle> providers() {
    Map<String, Bundle> providers = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() != Bundle.ACTIVE || bundle.getLocation().startsWith(LOCATION)) {
        continue;
      }
      bundle
          .adapt(BundleRevision.class)
          .getDeclaredCapabilities(CoreModule.NAME_PROPERTY)
          .forEach(
              capability ->
                  providers.put(
                      String.valueOf(capability.getAttributes().get(CoreModule.NAME_PROPERTY)),
                      bundle));
    }
    return providers;
  }

  void uninstall(Revision revision) {
    if (!revision.isShipped()) {
      uninstall(revision.bundle());
    }
  }

  private void uninstall(Bundle bundle) {
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      // The framework is going down, or has seen to it.
    }
    tracker.follow(bundle);
  }

  /** The framework's reason without its identifiers. */
  private static String sentence(BundleException exception) {
    String message = String.valueOf(exception.getMessage());
    return message.replaceAll("\\s*\\[[^\\]]*\\]\\(R [^)]*\\)", "").replaceAll("\\s+", " ").trim();
  }
}
