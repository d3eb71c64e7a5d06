package dev.nodule.launcher;

import dev.nodule.api.ModuleManager;
import dev.nodule.console.AdminSocket;
import dev.nodule.console.ProcessDescription;
import dev.nodule.engine.RealmOptions;
import dev.nodule.loop.WorkerPool;
import dev.nodule.metrics.JmxMetrics;
import dev.nodule.metrics.MetricsServer;
import dev.nodule.npm.NpmCommand;
import dev.nodule.runtime.BadOptionException;
import dev.nodule.runtime.CommandLine;
import dev.nodule.runtime.CommandLineParser;
import dev.nodule.runtime.LauncherInfo;
import dev.nodule.runtime.ModuleRegistry;
import dev.nodule.runtime.RealmRuntime;
import dev.nodule.swap.WatchedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The entry point of the {@code nodule} command. */
public final class Main {
  /** V8 takes about a megabyte for 10,000 frames; frames of an interpreter in Java are larger. */
  private static final long STACK_BYTES = 16L << 20;

  private static volatile @Nullable AdminSocket admin;

  private Main() {}

  /** Runs the command line in {@code arguments}; ends the process with Node.js's exit codes. */
  public static void main(String[] arguments) {
    long startNanos = System.nanoTime();
    dieBySignal();
    Thread thread =
        new Thread(null, () -> run(List.of(arguments), startNanos), "nodule-main", STACK_BYTES);
    thread.start();
  }

  /**
   * Gives these signals back their default action: the JVM's own handlers would turn a death by
   * signal into an exit code.
   */
  private static void dieBySignal() {
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
    }
  }

  private static void run(List<String> arguments, long startNanos) {
    if (isNpmCommand(arguments)) {
      exit(
          NpmCommand.run(
              arguments, Path.of("").toAbsolutePath(), System.getenv(), System.out, System.err));
    }
    CommandLine commandLine;
    try {
      commandLine = new CommandLineParser().parse(arguments, System.getenv("NODE_OPTIONS"));
    } catch (BadOptionException e) {
      System.err.println(execPath() + ": " + e.getMessage());
      exit(9);
      return;
    }
    if (Boolean.TRUE.equals(commandLine.option("--version"))) {
      System.out.println("v" + LauncherInfo.NODE_VERSION);
      exit(0);
    }
    if (Boolean.TRUE.equals(commandLine.option("--help"))) {
      HelpText.print(System.out);
      exit(0);
    }
    try {
      start(commandLine, startNanos);
    } catch (Throwable e) {
      System.err.println("nodule: " + e);
      if (Boolean.getBoolean("nodule.trace-java")) {
        e.printStackTrace();
      }
      exit(70);
    }
  }

  /**
   * Under the name {@code node} the first word is always a script, as it is there. The image of an
   * application has no installer.
   */
  private static boolean isNpmCommand(List<String> arguments) {
    return !arguments.isEmpty()
        && !Boolean.getBoolean("nodule.appliance")
        && !"node".equals(System.getProperty("nodule.name"))
        && NpmCommand.isCommand(arguments.getFirst());
  }

  private static void start(CommandLine commandLine, long startNanos) {
    ModuleRegistry registry = new ModuleRegistry();
    expectAbsent(registry, System.getProperty("nodule.absent"));
    if (commandLine.option("--module-wait") instanceof Double millis) {
      registry.setWaitMillis(millis.longValue());
    }
    CompletableFuture<BundleFramework> framework = new CompletableFuture<>();
    Supplier<ModuleManager> modules = () -> framework.join().modules();
    registry.setManager(modules);
    Thread.ofPlatform()
        .name("nodule-framework")
        .start(
            () -> {
              try {
                framework.complete(BundleFramework.start(registry, SwapSettings.of(commandLine)));
              } catch (Throwable e) {
                framework.completeExceptionally(e);
              }
            });
    WorkerPool workers = new WorkerPool(WorkerPool.sizeFrom(System.getenv("UV_THREADPOOL_SIZE")));
    LauncherInfo launcher =
        new LauncherInfo(
            execPath(),
            startNanos,
            System.currentTimeMillis(),
            LauncherInfo.versions("felix", "7.0.5"));
    RealmRuntime runtime =
        new RealmRuntime(
            realmOptions(commandLine),
            workers,
            registry,
            launcher,
            commandLine,
            code -> finish(framework, code),
            Path.of("").toAbsolutePath());
    // Images of one application have no installer: its classes are not to be touched.
    int installed =
        commandLine.option("--install") instanceof String ? AutoInstall.run(commandLine) : 0;
    framework.join();
    if (installed != 0) {
      finish(framework, installed);
    }
    if (!Boolean.FALSE.equals(commandLine.options().get("--admin"))) {
      admin = AdminSocket.openLater(modules, describe(commandLine, launcher));
    }
    if (commandLine.option("--module-dir") instanceof String folder) {
      WatchedFolder.watch(Path.of(folder), modules, () -> framework.join().plainBundles());
    }
    startMetrics(commandLine, framework, modules);
    ServiceManager.tell(runtime.loop());
    if (!Boolean.TRUE.equals(commandLine.option("--disable-sigusr1"))
        && registry.names().contains("inspector")) {
      Signal.handle(new Signal("USR1"), signal -> runtime.startInspector());
    }
    finish(framework, runtime.run());
  }

  /** {@code id=module,...}: what the image of an application was made without. */
  private static void expectAbsent(ModuleRegistry registry, @Nullable String list) {
    for (String entry : list == null ? new String[0] : list.split(",")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        registry.expect(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
  }

  private static RealmOptions realmOptions(CommandLine commandLine) {
    RealmOptions options = new RealmOptions();
    if (Boolean.TRUE.equals(commandLine.option("--experimental-shadow-realm"))) {
      options.option("js.shadow-realm", "true");
    }
    if (Boolean.TRUE.equals(commandLine.option("--disallow-code-generation-from-strings"))) {
      options.option("js.allow-eval", "false");
    }
    return options;
  }

  private static void startMetrics(
      CommandLine commandLine,
      CompletableFuture<BundleFramework> framework,
      Supplier<ModuleManager> modules) {
    if (Boolean.TRUE.equals(commandLine.option("--metrics-jmx"))) {
      JmxMetrics.register(modules);
    }
    if (commandLine.option("--metrics") instanceof String address) {
      try {
        System.err.println("nodule: metrics at " + MetricsServer.start(address, modules));
      } catch (IllegalArgumentException e) {
        System.err.println(execPath() + ": --metrics: " + e.getMessage());
        finish(framework, 9);
      } catch (IOException e) {
        System.err.println(execPath() + ": --metrics=" + address + ": " + e.getMessage());
        finish(framework, 1);
      }
    }
  }

  private static ProcessDescription describe(CommandLine commandLine, LauncherInfo launcher) {
    return new ProcessDescription(
        ProcessHandle.current().pid(),
        commandLine.script(),
        Path.of("").toAbsolutePath().toString(),
        launcher.startMillis());
  }

  private static void finish(CompletableFuture<BundleFramework> framework, int code) {
    ServiceManager.tellEnd();
    AdminSocket socket = admin;
    if (socket != null) {
      socket.close();
    }
    if (framework.isDone() && !framework.isCompletedExceptionally()) {
      framework.join().end();
    }
    if (framework.isDone() && !framework.isCompletedExceptionally()) {
      framework.join().deleteStorage();
    }
    exit(code);
  }

  private static void exit(int code) {
    System.out.flush();
    System.err.flush();
    // No shutdown hooks, no waiting for threads: everything that must happen has happened.
    Runtime.getRuntime().halt(code & 0xff);
  }

  private static String execPath() {
    String launcher = System.getProperty("nodule.exec");
    return launcher != null ? launcher : ProcessHandle.current().info().command().orElse("nodule");
  }
}
