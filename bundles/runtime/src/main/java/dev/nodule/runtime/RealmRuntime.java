package dev.nodule.runtime;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ProcessInfo;
import dev.nodule.api.WorkerStart;
import dev.nodule.engine.CallerAttribution;
import dev.nodule.engine.Introspection;
import dev.nodule.engine.ModuleFace;
import dev.nodule.engine.Realm;
import dev.nodule.engine.RealmOptions;
import dev.nodule.engine.WebAssemblySetup;
import dev.nodule.loop.NodeEventLoop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One running realm: its loop, its ticks, its core modules and its {@code process}. Lives on its
 * JavaScript thread.
 */
public final class RealmRuntime implements ModuleContext, AutoCloseable {
  private static final int KILLED = 137;

  private final RealmOptions options;
  private final Executor workers;
  private final Realm realm;
  private final Thread thread = Thread.currentThread();
  private final NodeEventLoop loop;
  private final TickQueue ticks = new TickQueue();
  private final RealmProcess processInfo;
  private final InternalLoader loader;
  private final Object process;
  private final CommandLine commandLine;
  private final ModuleRegistry registry;
  private final LauncherInfo launcher;
  private final IntConsumer exit;
  private final RealmThreads threads;
  private final RealmSafePoints safePoints;
  private final Consumer<String> moduleListener = this::moduleChanged;
  private volatile boolean killed;
  private volatile int killedWith = KILLED;
  private int exitCode;

  /**
   * Creates the realm of a process of its own on the calling thread.
   *
   * @param exit ends the process at once; does not return
   * @param currentDirectory where the process starts
   */
  public RealmRuntime(
      RealmOptions options,
      Executor workers,
      ModuleRegistry registry,
      LauncherInfo launcher,
      CommandLine commandLine,
      IntConsumer exit,
      Path currentDirectory) {
    this(
        options,
        workers,
        registry,
        launcher,
        commandLine,
        exit,
        new RealmProcess(launcher, commandLine, currentDirectory, null));
  }

  /**
   * Creates the realm of a worker on the calling thread, beside its parent's on the same engine:
   * {@link #close()} ends it.
   */
  RealmRuntime(RealmRuntime parent, int id, WorkerStart start, CommandLine commandLine) {
    this(
        parent.options,
        parent.workers,
        parent.registry,
        parent.launcher,
        commandLine,
        RealmRuntime::unwind,
        new RealmProcess(parent.processInfo, commandLine, start.environment()),
        parent.threads.application(),
        id,
        start);
  }

  private static void unwind(int code) {
    throw new RealmExit(code);
  }

  /** Creates a realm on the calling thread that shares its process: {@link #close()} ends it. */
  public static RealmRuntime inContainer(
      Executor workers,
      ModuleRegistry registry,
      LauncherInfo launcher,
      CommandLine commandLine,
      Path currentDirectory,
      StandardOutput output) {
    return new RealmRuntime(
        new RealmOptions(),
        workers,
        registry,
        launcher,
        commandLine,
        RealmRuntime::unwind,
        new RealmProcess(launcher, commandLine, currentDirectory, output));
  }

  private RealmRuntime(
      RealmOptions options,
      Executor workers,
      ModuleRegistry registry,
      LauncherInfo launcher,
      CommandLine commandLine,
      IntConsumer exit,
      RealmProcess processInfo) {
    this(
        options,
        workers,
        registry,
        launcher,
        commandLine,
        exit,
        processInfo,
        new ApplicationThreads(),
        0,
        null);
  }

  private RealmRuntime(
      RealmOptions options,
      Executor workers,
      ModuleRegistry registry,
      LauncherInfo launcher,
      CommandLine commandLine,
      IntConsumer exit,
      RealmProcess processInfo,
      ApplicationThreads application,
      int threadId,
      @Nullable WorkerStart start) {
    this.options = options;
    this.workers = workers;
    this.processInfo = processInfo;
    this.launcher = launcher;
    this.registry = registry;
    this.commandLine = commandLine;
    this.exit = exit;
    realm = Realm.create(options, ticks);
    loop = new NodeEventLoop(workers);
    threads = new RealmThreads(this, application, threadId, start == null ? null : start.parent());
    // Another thread has woken what waits for shared memory.
    realm.whenWoken(() -> loop.execute(() -> realm.scope().run(() -> null)));
    process = realm.newObjectWithPrototype(realm.newObject());
    loader = new InternalLoader(realm, this, registry, process);
    safePoints =
        new RealmSafePoints(
            start == null ? "main" : "worker " + threadId + " (" + start.name() + ")",
            realm,
            loop,
            loader);
    loader.setWaitingSteps(safePoints::runStepsOf);
    ticks.connect(realm.scope(), this::uncaught, () -> false);
    loader.provide("internal/runtime", runtimeObject());
    Object options0 = realm.newObject();
    realm
        .binding(options0)
        .function("getOptionValue", 1, arguments -> commandLine.option(arguments.string(0)));
    loader.provide("internal/options", options0);
    Object control = realm.newObject();
    new ModuleControl(this, registry).fill(realm.binding(control));
    loader.provide("internal/module_control_binding", control);
  }

  /** Whether the application can have a core module of this id. */
  private boolean isBuiltin(String id) {
    return loader.isBuiltin(id)
        && !(id.equals("sqlite")
            && Boolean.TRUE.equals(commandLine.option("--no-experimental-sqlite")));
  }

  private void moduleChanged(String module) {
    loop.execute(() -> refresh(module));
  }

  /** Swaps or withdraws a module at the loop's next safe point; nothing of the module runs then. */
  private void refresh(String module) {
    try {
      loader.refresh(module);
    } catch (RuntimeException | Error e) {
      // The old revision stays: a module that does not evaluate must not stop the process.
      System.err.println(
          "nodule: core module '"
              + module
              + "' keeps its revision: "
              + javaScript().toDisplayString(javaScript().toError(e)));
    }
  }

  /**
   * Prepares globals and runs what the command line asks for; then the loop until nothing is alive.
   * The result is the exit code.
   */
  public int run() {
    registry.addListener(moduleListener);
    registry.addRealm(safePoints);
    try {
      return runToTheEnd();
    } catch (RealmExit ending) {
      return ending.code();
    } catch (RuntimeException | Error e) {
      if (killed) {
        return killedWith;
      }
      throw e;
    }
  }

  private int runToTheEnd() {
    realm
        .scope()
        .run(
            () -> {
              loader.require("internal/bootstrap");
              return null;
            });
    realm.scope().run(() -> realm.call(export("internal/main", "run"), javaScript().undefined()));
    if (loop.isStopped()) {
      return endedWith();
    }
    Object beforeExit = export("internal/main", "beforeExit");
    do {
      loop.run();
      realm.scope().run(() -> realm.call(beforeExit, javaScript().undefined()));
    } while (loop.isAlive() && !loop.isStopped());
    if (loop.isStopped()) {
      return endedWith();
    }
    Object code =
        realm
            .scope()
            .run(() -> realm.call(export("internal/main", "exit"), javaScript().undefined()));
    return code instanceof Integer number ? number : endedWith();
  }

  private int endedWith() {
    return killed ? killedWith : exitCode;
  }

  private Object export(String id, String name) {
    return javaScript().get(loader.require(id), name);
  }

  /** Ends the process, or this realm where there are others beside it. */
  private void end(int code) {
    if (processInfo.isShared()) {
      // Whoever catches what unwinds the stack now, Netty for one: no JavaScript runs after it.
      exitCode = code;
      realm.scope().end();
      loop.stop();
    }
    exit.accept(code);
  }

  /**
   * Asks the application to end as a signal does: its listeners of {@code SIGTERM} run, or it ends
   * with 143. From any thread.
   */
  public void terminate() {
    loop.execute(
        () ->
            realm
                .scope()
                .run(
                    () ->
                        realm.call(
                            export("internal/main", "terminate"), javaScript().undefined())));
  }

  /** Opens the inspector, as SIGUSR1 asks; from any thread, whatever JavaScript runs. */
  public void startInspector() {
    AtomicBoolean started = new AtomicBoolean();
    Runnable start =
        () -> {
          if (started.compareAndSet(false, true)) {
            realm.call(export("internal/main", "startInspectorBySignal"), javaScript().undefined());
          }
        };
    loop.execute(
        () ->
            realm
                .scope()
                .run(
                    () -> {
                      start.run();
                      return null;
                    }));
    interrupt(start);
  }

  /** Ends the application whatever it does, with 137; from any thread but its own. */
  public void kill() {
    kill(KILLED);
  }

  void kill(int code) {
    killedWith = code;
    killed = true;
    realm.scope().end();
    loop.stop();
    realm.cancel();
  }

  /** Frees what the realm holds in a process that lives on; on the realm's thread. */
  @Override
  public void close() {
    realm.scope().end();
    registry.removeListener(moduleListener);
    registry.removeRealm(safePoints);
    safePoints.end();
    threads.end();
    loop.close();
    try {
      realm.close();
    } catch (RuntimeException | Error e) {
      // A realm that was cancelled says so once more.
      if (!killed) {
        throw e;
      }
    }
  }

  private void uncaught(Throwable exception) {
    if (killed) {
      throw new RealmExit(killedWith);
    }
    if (exception instanceof RealmExit ending) {
      throw ending;
    }
    if (exception instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      System.err.println("FATAL ERROR: " + fatal);
      end(134);
    }
    handleUncaught(exception, realm.javaScript().toError(exception), false);
  }

  private void handleUncaught(@Nullable Throwable exception, Object error, boolean fromPromise) {
    Object location =
        exception == null
            ? Introspection.locate(realm, error)
            : Introspection.locate(realm, exception, error);
    try {
      if (isOnTrial(error, location)) {
        return;
      }
      Object code =
          realm.call(
              export("internal/fatal", "uncaught"),
              javaScript().undefined(),
              error,
              fromPromise,
              location);
      if (code instanceof Integer number && number >= 0) {
        end(number);
      }
    } catch (RealmExit ending) {
      throw ending;
    } catch (RuntimeException | Error nested) {
      // The handler itself threw: Node.js prints that error and exits with 7.
      reportHandlersError(nested);
      end(7);
    }
  }

  private void reportHandlersError(Throwable thrown) {
    Object error = javaScript().toError(thrown);
    try {
      realm.call(
          export("internal/fatal", "report"),
          javaScript().undefined(),
          error,
          Introspection.locate(realm, thrown, error));
    } catch (RealmExit ending) {
      throw ending;
    } catch (RuntimeException | Error unreportable) {
      System.err.println(javaScript().toDisplayString(error));
    }
  }

  /**
   * Whether a new revision of a core module threw what it did not mean to throw: errors that it
   * makes for its callers have a code.
   */
  private boolean isOnTrial(Object error, Object location) {
    JavaScript js = javaScript();
    if (location == js.undefined()
        || !Introspection.isError(error)
        || js.get(error, "code") != js.undefined()) {
      return false;
    }
    String module = loader.moduleOfFile(js.toDisplayString(js.get(location, "file")));
    return module != null
        && registry
            .trial()
            .failed(
                module,
                js.toDisplayString(error)
                    + " ("
                    + js.toDisplayString(js.get(location, "file"))
                    + ":"
                    + js.toDisplayString(js.get(location, "line"))
                    + ")");
  }

  /**
   * One turn of the loop inside a call, for what must answer now and waits for callbacks; false if
   * nothing is left that could call back.
   */
  private boolean turnLoop() {
    ticks.drain();
    if (!loop.isAlive()) {
      return false;
    }
    loop.turn(true);
    ticks.drain();
    return true;
  }

  private Object runtimeObject() {
    Object target = realm.newObject();
    Binding binding = realm.binding(target);
    CallerAttribution.natives(realm, binding);
    PackageManifests.natives(binding, processInfo);
    binding
        .value("isGuarded", false)
        .value("hasPackagePermissions", false)
        .function("nextTick", 1, this::nextTick)
        .function(
            "queueMicrotask",
            1,
            arguments -> {
              Introspection.queueMicrotask(realm, arguments.callback(0));
              return null;
            })
        .function(
            "soon",
            1,
            arguments -> {
              // In the loop's next pending phase, for which it stays alive.
              Callback task = arguments.callback(0);
              Handle handle = loop.open("Soon");
              loop.execute(
                  () -> {
                    handle.close(() -> {});
                    task.invoke();
                  });
              return null;
            })
        .function(
            "setPromiseHook",
            1,
            arguments -> {
              Introspection.setPromiseHook(
                  realm, arguments.isNullish(0) ? null : arguments.value(0));
              return null;
            })
        .function(
            "runMicrotasks",
            0,
            arguments -> {
              realm.scope().drainMicrotasks();
              return null;
            })
        .function("turnLoop", 0, arguments -> turnLoop())
        .function(
            "keepOffFace",
            1,
            arguments -> {
              ModuleFace.keepOff(arguments.value(0));
              return null;
            })
        .function("setRejectionHandlers", 2, this::setRejectionHandlers)
        .function("getAsyncContext", 0, arguments -> Introspection.asyncContext(realm))
        .function(
            "setAsyncContext",
            1,
            arguments -> {
              Introspection.setAsyncContext(realm, arguments.value(0));
              return null;
            })
        .function(
            "reallyExit",
            1,
            arguments -> {
              end(arguments.int32(0));
              return null;
            })
        .function(
            "stopLoop",
            0,
            arguments -> {
              loop.stop();
              return null;
            })
        .function(
            "triggerUncaughtException",
            2,
            arguments -> {
              handleUncaught(null, arguments.value(0), arguments.bool(1));
              return null;
            })
        .function("writeStdio", 2, this::writeStdio)
        .function("requireBuiltin", 1, arguments -> loader.require(arguments.string(0)))
        .function("isBuiltin", 1, arguments -> isBuiltin(arguments.string(0)))
        .function("getEnv", 1, arguments -> processInfo.environment().get(arguments.string(0)))
        .function(
            "setEnv",
            2,
            arguments -> processInfo.environment().put(arguments.string(0), arguments.string(1)))
        .function(
            "deleteEnv", 1, arguments -> processInfo.environment().remove(arguments.string(0)))
        .function("envKeys", 0, arguments -> processInfo.environment().keySet().toArray())
        .function("cwd", 0, arguments -> processInfo.currentDirectory().toString())
        .function(
            "setCwd",
            1,
            arguments -> {
              processInfo.setCurrentDirectory(Path.of(arguments.string(0)));
              return null;
            })
        .function(
            "compileFunction",
            3,
            arguments ->
                realm.compileFunction(
                    arguments.string(0), arguments.string(1), arguments.string(2)))
        .function(
            "runScript", 2, arguments -> realm.runScript(arguments.string(0), arguments.string(1)))
        .value("hasWebAssembly", WebAssemblySetup.isAvailable())
        .function("webAssembly", 0, arguments -> WebAssemblySetup.create(realm))
        .function("moduleVersions", 0, arguments -> moduleVersions())
        .function("newPrivateSymbol", 1, arguments -> realm.newPrivateSymbol(arguments.string(0)))
        .function("sharedClass", 1, arguments -> loader.sharedClass(arguments.value(0)))
        .function(
            "setPerRevisionSymbol",
            1,
            arguments -> {
              realm.setPerRevisionSymbol(arguments.value(0));
              return null;
            })
        .function(
            "setNodeErrorSymbol",
            1,
            arguments -> {
              realm.setNodeErrorSymbol(arguments.value(0));
              return null;
            })
        .function(
            "setStackFormatter",
            1,
            arguments -> {
              realm.setStackFormatter(arguments.isFunction(0) ? arguments.callback(0) : null);
              return null;
            })
        .function(
            "setDefaultPrepareStackTrace",
            1,
            arguments -> {
              realm.setDefaultPrepareStackTrace(arguments.value(0));
              return null;
            })
        .function("locate", 1, arguments -> Introspection.locateError(realm, arguments.value(0)))
        .function("builtinIds", 0, arguments -> builtinIds())
        .function("getSystemErrors", 0, arguments -> systemErrors())
        .function("activeResources", 0, arguments -> loop.activeResources())
        .value("argv", arguments())
        .value(
            "script",
            commandLine.script() == null ? javaScript().undefined() : commandLine.script())
        .value("execArgv", commandLine.execArgv())
        .value("execPath", launcher.execPath())
        .value("version", "v" + LauncherInfo.NODE_VERSION)
        .value("versions", launcher.versions())
        .value("pid", (int) processInfo.pid())
        .value("threadId", threads.id())
        .value("startMillis", launcher.startMillis())
        .function("hrtime", 0, arguments -> (System.nanoTime() - launcher.startNanos()) / 1e6)
        .value("types", Introspection.types(realm))
        .value("details", Introspection.details(realm));
    Introspection.addNatives(realm, binding);
    return target;
  }

  /** [name, version] of each module that has a provider. */
  private Object moduleVersions() {
    return registry.names().stream()
        .map(registry::current)
        .filter(Objects::nonNull)
        .map(module -> new Object[] {module.name(), module.version()})
        .toArray();
  }

  private Object builtinIds() {
    return loader.publicIds();
  }

  /** [negated number, name, text] of each error that the system can give. */
  private static Object systemErrors() {
    return java.util.Arrays.stream(dev.nodule.api.Errno.values())
        .map(errno -> new Object[] {-errno.number(), errno.name(), errno.text()})
        .toArray();
  }

  private Object arguments() {
    return commandLine.arguments();
  }

  private @Nullable Object nextTick(Arguments arguments) {
    Object[] rest = new Object[arguments.length() - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = arguments.value(i + 1);
    }
    ticks.add(arguments.callback(0), rest);
    return null;
  }

  /**
   * The runtime tells {@code rejected(promise, reason)} and {@code handled(promise)}; {@code
   * process()} runs after the microtasks.
   */
  private @Nullable Object setRejectionHandlers(Arguments arguments) {
    Callback rejected = arguments.callback(0);
    Callback handled = arguments.callback(1);
    Callback processRejections = arguments.callback(2);
    boolean[] pending = new boolean[1];
    Introspection.trackRejections(
        realm,
        (promise, reason) -> {
          pending[0] = true;
          rejected.call(javaScript().undefined(), promise, reason);
        },
        promise -> {
          pending[0] = true;
          handled.call(javaScript().undefined(), promise);
        });
    ticks.connect(
        realm.scope(),
        this::uncaught,
        () -> {
          if (!pending[0]) {
            return false;
          }
          pending[0] = false;
          try {
            return Boolean.TRUE.equals(processRejections.call(javaScript().undefined()));
          } catch (RuntimeException | Error exception) {
            uncaught(exception);
            return true;
          }
        });
    return null;
  }

  private @Nullable Object writeStdio(Arguments arguments) {
    byte[] bytes =
        arguments.isBytes(1)
            ? arguments.bytes(1).copy()
            : arguments.string(1).getBytes(StandardCharsets.UTF_8);
    OutputStream redirected = processInfo.output(arguments.int32(0));
    if (redirected != null) {
      try {
        redirected.write(bytes);
        redirected.flush();
        return true;
      } catch (IOException e) {
        return false;
      }
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    FileChannel channel = arguments.int32(0) == 2 ? StandardStreams.ERROR : StandardStreams.OUTPUT;
    try {
      while (buffer.hasRemaining()) {
        // A pipe that somebody has made non-blocking takes nothing while it is full.
        if (channel.write(buffer) == 0) {
          LockSupport.parkNanos(StandardStreams.FULL_PIPE_NANOS);
        }
      }
    } catch (IOException e) {
      return false;
    }
    return true;
  }

  private static final class StandardStreams {
    static final long FULL_PIPE_NANOS = 1_000_000;
    static final FileChannel OUTPUT = new FileOutputStream(FileDescriptor.out).getChannel();
    static final FileChannel ERROR = new FileOutputStream(FileDescriptor.err).getChannel();
  }

  @Override
  public JavaScript javaScript() {
    return realm.javaScript();
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public RealmThreads threads() {
    return threads;
  }

  CommandLine commandLine() {
    return commandLine;
  }

  /** Nanoseconds since the loop was made, and how many of them it has waited; a little old. */
  long[] loopNanos() {
    return new long[] {loop.ageNanos(), loop.idleNanos()};
  }

  @Override
  public ProcessInfo process() {
    return processInfo;
  }

  @Override
  public void interrupt(Runnable work) {
    realm.interrupt(thread, work);
  }

  @Override
  public @Nullable Object blocking(
      @Nullable Callback callback, Callable<? extends @Nullable Object> work) {
    if (callback == null) {
      try {
        return work.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    Handle request = loop.open("FSReqCallback");
    loop.workers()
        .execute(
            () -> {
              Object result = null;
              Throwable failure = null;
              try {
                result = work.call();
              } catch (Throwable e) {
                failure = e;
              }
              complete(request, callback, result, failure);
            });
    return null;
  }

  private void complete(
      Handle request, Callback callback, @Nullable Object result, @Nullable Throwable failure) {
    loop.execute(
        () -> {
          request.setActive(false);
          if (failure != null) {
            callback.invoke(javaScript().toError(failure));
          } else if (result == null) {
            callback.invoke(javaScript().nullValue());
          } else {
            callback.invoke(
                javaScript().nullValue(),
                result instanceof ModuleControl.Later later ? later.get() : result);
          }
        });
  }
}
