package dev.nodule.container;

import dev.nodule.api.ApplicationRunner;
import dev.nodule.api.ModuleManager;
import dev.nodule.console.GogoCommands;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.swap.BundleModuleManager;
import dev.nodule.swap.ChosenRevisions;
import dev.nodule.swap.ModuleTracker;
import dev.nodule.swap.SwapPolicy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Connects the core modules of this framework with applications and commands. */
public final class ContainerActivator implements BundleActivator {
  private @Nullable RealmApplicationRunner runner;
  private @Nullable BundleModuleManager manager;
  private @Nullable ModuleTracker tracker;

  @Override
  public void start(BundleContext context) {
    ModuleRegistry registry = new ModuleRegistry();
    ModuleTracker modules = ModuleTracker.start(context, registry);
    modules.addRegistered();
    BundleModuleManager operations =
        new BundleModuleManager(modules, SwapPolicy.OPEN, new ChosenRevisions(null, () -> ""));
    registry.setManager(() -> operations);
    RealmApplicationRunner applications =
        new RealmApplicationRunner(registry, FrameworkVersions.of(context));
    context.registerService(ModuleManager.class, operations, null);
    context.registerService(ApplicationRunner.class, applications, null);
    context.registerService(
        ApplicationCommands.class,
        new ApplicationCommands(applications),
        commands("run", "launch", "applications", "end"));
    context.registerService(
        GogoCommands.class,
        new GogoCommands(() -> operations),
        commands("modules", "swap", "rollback", "stop", "start", "history"));
    tracker = modules;
    manager = operations;
    runner = applications;
  }

  private static Dictionary<String, Object> commands(String... functions) {
    return new Hashtable<>(
        Map.of("osgi.command.scope", "nodule", "osgi.command.function", functions));
  }

  /** The applications are asked to end, then made to. */
  @Override
  public void stop(BundleContext context) {
    if (runner != null) {
      runner.close();
    }
    if (manager != null) {
      manager.end();
    }
    if (tracker != null) {
      tracker.close();
    }
  }
}
