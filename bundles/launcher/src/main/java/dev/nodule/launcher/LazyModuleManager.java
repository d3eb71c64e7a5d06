package dev.nodule.launcher;

import dev.nodule.api.ModuleManager;
import dev.nodule.console.GogoCommands;
import dev.nodule.swap.BundleModuleManager;
import dev.nodule.swap.ChosenRevisions;
import dev.nodule.swap.ModuleTracker;
import dev.nodule.swap.SwapPolicy;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** The manager of modules, which most processes never need. */
final class LazyModuleManager implements ServiceFactory<ModuleManager> {
  /** By name, and with the properties here: the class is loaded when a console asks for it. */
  private static final String COMMANDS = "dev.nodule.console.GogoCommands";

  private static final Hashtable<String, Object> COMMAND_PROPERTIES =
      new Hashtable<>(
          Map.of(
              "osgi.command.scope",
              "nodule",
              "osgi.command.function",
              new String[] {"modules", "swap", "update", "rollback", "stop", "start", "history"}));

  private final ModuleTracker tracker;
  private final SwapSettings settings;
  private final ChosenRevisions chosen;
  private @Nullable BundleModuleManager manager;
  private boolean ending;

  LazyModuleManager(ModuleTracker tracker, SwapSettings settings) {
    this.tracker = tracker;
    this.settings = settings;
    chosen = new ChosenRevisions(settings.stateFolder(), ImageFiles::id);
  }

  /** Whether revisions were chosen in an earlier run. */
  boolean hasChoices() {
    return chosen.exists();
  }

  void register(BundleContext context) {
    context.registerService(ModuleManager.class, this, new Hashtable<>());
    context.registerService(
        COMMANDS,
        new ServiceFactory<Object>() {
          @Override
          public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
            return new GogoCommands(LazyModuleManager.this::get);
          }

          @Override
          public void ungetService(
              Bundle bundle, ServiceRegistration<Object> registration, Object service) {
            // It holds nothing.
          }
        },
        COMMAND_PROPERTIES);
  }

  synchronized BundleModuleManager get() {
    BundleModuleManager made = manager;
    if (made == null) {
      made = new BundleModuleManager(tracker, policy(), chosen);
      if (ending) {
        made.end();
      }
      manager = made;
    }
    return made;
  }

  /** What is demanded of bundles. */
  SwapPolicy policy() {
    Path signers = settings.signers() != null ? settings.signers() : ImageFiles.signers();
    return signers == null ? SwapPolicy.OPEN : SwapPolicy.read(signers);
  }

  synchronized void end() {
    ending = true;
    if (manager != null) {
      manager.end();
    }
  }

  @Override
  public ModuleManager getService(Bundle bundle, ServiceRegistration<ModuleManager> registration) {
    return get();
  }

  @Override
  public void ungetService(
      Bundle bundle, ServiceRegistration<ModuleManager> registration, ModuleManager service) {
    // One for all, as long as the process lives.
  }
}
