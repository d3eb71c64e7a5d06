package dev.nodule.engine;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import dev.nodule.api.NativeFunction;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * One JavaScript global with its heap, microtask queue and conversions. Everything happens on the
 * thread that called {@link #enter()}.
 */
public final class Realm implements AutoCloseable {
  final Context polyglot;
  final JSRealm js;
  final JSContext context;
  final RealmAgent agent;
  final Values values;
  final AsyncContextSlot asyncContext;
  final CallbackScope scope;
  final HostDefined hostDefined = new HostDefined();

  /** The realms of vm contexts. */
  final Map<JSRealm, Boolean> contextRealms = new WeakHashMap<>();

  /** Writes stacks in place of the engine while source maps are on. */
  @Nullable Callback stackFormatter;

  /** What {@code Error.prepareStackTrace} is before a program sets it. */
  @Nullable Object defaultPrepareStackTrace;

  @Nullable JSFunctionObject promiseHook;

  final Set<LazyProperty> lazyProperties = Collections.newSetFromMap(new WeakHashMap<>());

  /** The files of core JavaScript; a name alone proves nothing. */
  final Map<Source, Boolean> coreSources = new WeakHashMap<>();

  /** Tells whose code is running; null unless packages have permissions of their own. */
  @Nullable CallerAttribution attribution;

  /** The loader's hooks of ES modules. */
  @Nullable EsModules esModules;

  private final EngineJavaScript javaScript;

  /**
   * Marks classes whose instances stay with their revision; null until core JavaScript names it.
   */
  @Nullable Symbol perRevisionSymbol;

  /** Marks Node's own errors, whose stacks show their code; null until core JavaScript names it. */
  @Nullable Symbol nodeErrorSymbol;

  private Realm(Context polyglot, RealmHooks hooks) {
    this.polyglot = polyglot;
    js = JavaScriptLanguage.getJSRealm(polyglot);
    context = js.getContext();
    // Atomics.wait on every thread, as Node.js has it.
    agent = new RealmAgent();
    js.setAgent(agent);
    asyncContext = new AsyncContextSlot(agent);
    scope = new CallbackScope(this, hooks);
    values = new Values(this);
    javaScript = new EngineJavaScript(this);
    js.setEmbedderData(this);
  }

  /**
   * The realm that an engine's realm belongs to: itself, or the one that made it. Hooks of the
   * engine are shared by all realms, which is how they find theirs.
   */
  static Realm of(JSRealm js) {
    JSRealm top = js;
    while (top.getParent() != null) {
      top = top.getParent();
    }
    return (Realm) top.getEmbedderData();
  }

  /**
   * Creates a realm on the engine of these options; the calling thread becomes its JavaScript
   * thread.
   */
  public static Realm create(RealmOptions options, RealmHooks hooks) {
    JavaScriptThreadClock.watch();
    // First used where the stack may be at its end, it would never work again.
    Objects.requireNonNull(FrameInstance.FrameAccess.READ_ONLY);
    Context polyglot = options.build();
    polyglot.initialize("js");
    polyglot.enter();
    Realm realm = new Realm(polyglot, hooks);
    // Microtasks run when the loop says so, never by themselves at the end of a call.
    realm.agent.interopBoundaryEnter();
    StackTraceFormat.install(realm.context);
    JsonBuiltins.install(realm);
    return realm;
  }

  /** What to do, on any thread, when a promise of {@code Atomics.waitAsync} is to be settled. */
  public void whenWoken(Runnable task) {
    agent.whenWoken = task;
  }

  public JavaScript javaScript() {
    return javaScript;
  }

  public CallbackScope scope() {
    return scope;
  }

  /**
   * Compiles a file as the body of a function with these parameters; lines and columns stay the
   * file's own.
   *
   * @throws RuntimeException the SyntaxError, as the engine's exception
   */
  public Object compileFunction(String source, String fileName, String parameters) {
    return SourceParser.functionBody(context, source(source, fileName), parameters).run(js);
  }

  /**
   * Compiles a file as {@link #compileFunction} does; the result gives a new function at each
   * {@link CompiledFile#newFunction()} and what was compiled of it serves all of them.
   */
  public CompiledFile compileFile(String source, String fileName, String parameters) {
    Source file = source(source, fileName);
    coreSources.put(file, true);
    ScriptNode script = SourceParser.functionBody(context, file, parameters);
    return new CompiledFile(source, () -> script.run(js));
  }

  /** A symbol whose properties are no part of what an object shows of itself, as private names. */
  public Object newPrivateSymbol(String description) {
    return Symbol.createPrivate(Values.string(description));
  }

  /**
   * Names the symbol that core JavaScript puts on classes whose instances belong to the revision
   * that made them, as they hold numbers of its binding.
   */
  public void setPerRevisionSymbol(Object symbol) {
    perRevisionSymbol = (Symbol) symbol;
  }

  /** {@code formatter(error, callSites)} writes stacks from now on; null for the usual form. */
  public void setStackFormatter(@Nullable Callback formatter) {
    stackFormatter = formatter;
  }

  /** Names the function that {@code Error.prepareStackTrace} is before a program sets it. */
  public void setDefaultPrepareStackTrace(Object function) {
    defaultPrepareStackTrace = function;
  }

  /** Names the symbol that core JavaScript puts on Node's own error classes. */
  public void setNodeErrorSymbol(Object symbol) {
    nodeErrorSymbol = (Symbol) symbol;
  }

  /** Runs a script in the global scope and returns its completion value. */
  public Object runScript(String source, String fileName) {
    return SourceParser.script(context, source(source, fileName)).run(js);
  }

  private static Source source(String source, String fileName) {
    return Source.newBuilder("js", source, fileName).build();
  }

  public Object call(Object function, Object receiver, @Nullable Object... arguments) {
    return JSFunction.call((JSFunctionObject) function, receiver, values.toJavaScript(arguments));
  }

  public Object global() {
    return js.getGlobalObject();
  }

  public Object newObject() {
    return JSOrdinary.create(context, js);
  }

  /** An object with the given prototype, or none if it is null. */
  public Object newObjectWithPrototype(@Nullable Object prototype) {
    return JSOrdinary.createWithPrototype(
        prototype == null
            ? com.oracle.truffle.js.runtime.objects.Null.instance
            : (JSDynamicObject) prototype,
        context);
  }

  /** What fills a JavaScript object with native functions. */
  public Binding binding(Object target) {
    return new ObjectBinding(this, (JSDynamicObject) target);
  }

  JSFunctionObject function(String name, int length, NativeFunction function) {
    return NativeFunctionRoot.create(this, name, length, function);
  }

  /** Runs work on the thread of this realm in the middle of its JavaScript; from any thread. */
  public void interrupt(Thread thread, Runnable work) {
    js.getEnv()
        .submitThreadLocal(
            new Thread[] {thread},
            new ThreadLocalAction(true, false) {
              @Override
              protected void perform(Access access) {
                work.run();
              }
            });
  }

  /**
   * Ends JavaScript that runs now, wherever it is; from any other thread. Nothing runs after it.
   */
  public void cancel() {
    polyglot.close(true);
  }

  @Override
  public void close() {
    try {
      polyglot.leave();
      polyglot.close(true);
    } finally {
      lazyProperties.forEach(LazyProperty::release);
      lazyProperties.clear();
      agent.close();
      js.setEmbedderData(null);
    }
  }
}
