package dev.nodule.swap;

import dev.nodule.api.CoreModule;
import dev.nodule.runtime.ModuleRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * The bridge from the framework's services to the registry: a module that anybody starts, stops or
 * updates by OSGi's own means changes in all realms. Bundles of the {@link BundleModuleManager} are
 * left to it.
 */
public final class ModuleTracker {
  private final BundleContext context;
  private final ModuleRegistry registry;
  private final Map<ServiceReference<?>, CoreModule> tracked = new HashMap<>();
  private final Set<Bundle> managed = ConcurrentHashMap.newKeySet();

  private final ServiceListener listener = this::changed;

  private ModuleTracker(BundleContext context, ModuleRegistry registry) {
    this.context = context;
    this.registry = registry;
  }

  public static ModuleTracker start(BundleContext context, ModuleRegistry registry) {
    ModuleTracker tracker = new ModuleTracker(context, registry);
    try {
      context.addServiceListener(
          tracker.listener, "(" + Constants.OBJECTCLASS + "=" + CoreModule.class.getName() + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return tracker;
  }

  /** Takes the modules that were there before; a framework of our own starts them later. */
  public void addRegistered() {
    try {
      for (ServiceReference<CoreModule> reference :
          context.getServiceReferences(CoreModule.class, null)) {
        add(reference);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Follows nobody from now on. */
  public void close() {
    context.removeServiceListener(listener);
  }

  BundleContext context() {
    return context;
  }

  ModuleRegistry registry() {
    return registry;
  }

  /** From now on the services of a bundle come and go without a change of the registry. */
  void manage(Bundle bundle) {
    managed.add(bundle);
  }

  /** The services of a bundle are followed again. */
  void follow(Bundle bundle) {
    managed.remove(bundle);
  }

  private void add(ServiceReference<?> reference) {
    if (managed.contains(reference.getBundle())
        || !(context.getService(reference) instanceof CoreModule module)) {
      return;
    }
    CoreModule known;
    synchronized (tracked) {
      known = tracked.put(reference, module);
    }
    if (known == null) {
      registry.add(module);
    }
  }

  private void changed(ServiceEvent event) {
    ServiceReference<?> reference = event.getServiceReference();
    if (event.getType() == ServiceEvent.REGISTERED) {
      add(reference);
    } else if (event.getType() == ServiceEvent.UNREGISTERING) {
      CoreModule module;
      synchronized (tracked) {
        module = tracked.remove(reference);
      }
      if (module != null) {
        if (!managed.contains(reference.getBundle())) {
          registry.remove(module);
        }
        context.ungetService(reference);
      }
    }
  }
}
