package dev.nodule.engine;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSUncheckedProxyHandler;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import dev.nodule.api.Arguments;
import dev.nodule.api.NodeException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Natives of the module {@code vm}: scripts, functions with given parameters, and globals that
 * mirror an object.
 */
final class VirtualScripts {
  private static final HiddenKey SCRIPT = new HiddenKey("nodule.script");
  private static final HiddenKey GLOBAL = new HiddenKey("nodule.contextRealm");

  private record Compiled(ScriptNode node) {}

  private final Realm realm;
  private @Nullable ScheduledExecutorService clock;

  private VirtualScripts(Realm realm) {
    this.realm = realm;
  }

  static Object natives(Realm realm) {
    VirtualScripts scripts = new VirtualScripts(realm);
    Object target = realm.newObject();
    realm
        .binding(target)
        .function("compileScript", 5, scripts::compileScript)
        .function("runScript", 4, scripts::runScript)
        .function("createContext", 1, scripts::createContext)
        .function("createVanillaContext", 0, scripts::createVanillaContext)
        .function("isContext", 1, scripts::isContext)
        .function("compileFunction", 7, scripts::compileFunction);
    return target;
  }

  private Source source(Arguments arguments, String name, int offsets, Object host) {
    return HostDefined.source(
        realm,
        arguments.string(0),
        name,
        JavaScriptLanguage.TEXT_MIME_TYPE,
        arguments.int32(offsets),
        arguments.int32(offsets + 1),
        host);
  }

  /** {@code compileScript(code, fileName, lineOffset, columnOffset, host)}. */
  private Object compileScript(Arguments arguments) {
    Source source = source(arguments, arguments.string(1), 2, arguments.value(4));
    ScriptNode node = SourceParser.script(realm.context, source);
    JSObject handle = JSOrdinary.create(realm.context, realm.js);
    JSObjectUtil.putHiddenProperty(handle, SCRIPT, new Compiled(node));
    return handle;
  }

  private JSRealm realmOf(Object context) {
    return realmOf(realm, context);
  }

  /** The realm of a contextified object, or the main one. */
  static JSRealm realmOf(Realm realm, Object context) {
    if (context instanceof JSDynamicObject object
        && JSDynamicObject.getOrNull(object, GLOBAL) instanceof JSRealm child) {
      return child;
    }
    return realm.js;
  }

  /** An object that stands for a realm as a contextified object does. */
  static Object handleOf(Realm realm, JSRealm owner) {
    JSObject handle = JSOrdinary.create(realm.context, realm.js);
    JSObjectUtil.putHiddenProperty(handle, GLOBAL, owner);
    return handle;
  }

  private boolean isContext(Arguments arguments) {
    return arguments.value(0) instanceof JSDynamicObject object
        && JSDynamicObject.getOrNull(object, GLOBAL) != null;
  }

  /**
   * {@code runScript(script, contextOrUndefined, timeoutMs, breakOnSigint)}; a timeout of 0 or less
   * is none.
   */
  private Object runScript(Arguments arguments) {
    Compiled script =
        (Compiled) JSDynamicObject.getOrNull((JSDynamicObject) arguments.value(0), SCRIPT);
    JSRealm target = realmOf(arguments.value(1));
    long timeout = arguments.int64(2);
    boolean breakOnSigint = arguments.bool(3);
    if (timeout <= 0 && !breakOnSigint) {
      return script.node.run(target);
    }
    Thread thread = Thread.currentThread();
    Signal signal = new Signal("INT");
    // Who listens to the signal hears nothing of one that ends the script.
    SignalHandler before =
        breakOnSigint
            ? Signal.handle(signal, received -> interrupt(thread, Interruption.SIGINT))
            : null;
    Future<?> alarm =
        timeout <= 0
            ? null
            : clock()
                .schedule(
                    () -> interrupt(thread, Interruption.TIMEOUT), timeout, TimeUnit.MILLISECONDS);
    try {
      return script.node.run(target);
    } catch (Interrupted e) {
      throw e.reason == Interruption.SIGINT
          ? new NodeException(
              "ERR_SCRIPT_EXECUTION_INTERRUPTED", "Script execution was interrupted by `SIGINT`")
          : new NodeException(
              "ERR_SCRIPT_EXECUTION_TIMEOUT", "Script execution timed out after " + timeout + "ms");
    } finally {
      if (alarm != null) {
        alarm.cancel(false);
      }
      if (before != null) {
        Signal.handle(signal, before);
      }
    }
  }

  private ScheduledExecutorService clock() {
    ScheduledExecutorService current = clock;
    if (current == null) {
      current =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("nodule-vm-clock").factory());
      clock = current;
    }
    return current;
  }

  private void interrupt(Thread thread, Interruption reason) {
    realm
        .js
        .getEnv()
        .submitThreadLocal(
            new Thread[] {thread},
            new ThreadLocalAction(true, false) {
              @Override
              protected void perform(Access access) {
                throw new Interrupted(reason);
              }
            });
  }

  private enum Interruption {
    TIMEOUT,
    SIGINT
  }

  /** No Truffle exception: JavaScript's {@code catch} and {@code finally} do not see it. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Interruption reason;

    Interrupted(Interruption reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }

  /** {@code createVanillaContext()}: the global of a child realm, which mirrors nothing. */
  private Object createVanillaContext(Arguments arguments) {
    JSRealm child = realm.js.createChildRealm();
    JSDynamicObject global = child.getGlobalObject();
    JSObjectUtil.putHiddenProperty(global, GLOBAL, child);
    realm.contextRealms.put(child, true);
    return global;
  }

  /**
   * {@code createContext(sandbox)}: a child realm whose global reads and writes go to {@code
   * sandbox} first.
   */
  private Object createContext(Arguments arguments) {
    JSDynamicObject sandbox = (JSDynamicObject) arguments.value(0);
    JSRealm child = realm.js.createChildRealm();
    JSDynamicObject global = child.getGlobalObject();
    JSDynamicObject handler = JSUncheckedProxyHandler.create(realm.context, realm.js);
    JSObject proxy = JSProxy.create(realm.context, child, global, handler);
    SandboxTraps.install(realm, handler, sandbox, global, proxy);
    JSObject.defineOwnProperty(
        global,
        Values.string("globalThis"),
        PropertyDescriptor.createData(proxy, false, true, true));
    child.setGlobalObject(proxy);
    JSObjectUtil.putHiddenProperty(sandbox, GLOBAL, child);
    realm.contextRealms.put(child, true);
    return sandbox;
  }

  /**
   * {@code compileFunction(body, parameters, fileName, lineOffset, columnOffset,
   * contextOrUndefined, host)}.
   */
  private Object compileFunction(Arguments arguments) {
    Source source = source(arguments, arguments.string(2), 3, arguments.value(6));
    return SourceParser.functionBody(realm.context, source, arguments.string(1))
        .run(realmOf(arguments.value(5)));
  }
}
