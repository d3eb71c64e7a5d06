package dev.nodule.engine;

import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.PromiseRejectionTracker;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Views into engine objects that JavaScript itself does not give: kinds, promise states, proxy
 * targets, locations of errors.
 */
public final class Introspection {
  private static final String RUNTIME = "com.oracle.truffle.js.runtime.builtins.";

  private Introspection() {}

  public static Object asyncContext(Realm realm) {
    return realm.asyncContext.get();
  }

  public static void setAsyncContext(Realm realm, Object frame) {
    realm.asyncContext.set(frame);
  }

  /** Queues a microtask; what it throws is an uncaught exception. */
  public static void queueMicrotask(Realm realm, Callback callback) {
    realm.agent.enqueuePromiseJob(realm.function("", 0, arguments -> callback.invoke()));
  }

  /** Reports promises that are rejected without a handler, and those that get one later. */
  public static void trackRejections(
      Realm realm, BiConsumer<Object, Object> rejected, Consumer<Object> handled) {
    realm.context.setPromiseRejectionTracker(
        realm.agent,
        new PromiseRejectionTracker() {
          @Override
          public void promiseRejected(JSDynamicObject promise, Object reason) {
            rejected.accept(promise, reason);
          }

          @Override
          public void promiseRejectionHandled(JSDynamicObject promise) {
            handled.accept(promise);
          }

          @Override
          public void promiseRejectedAfterResolved(JSDynamicObject promise, Object value) {
            // The multipleResolves event is gone from Node.js.
          }

          @Override
          public void promiseResolvedAfterResolved(JSDynamicObject promise, Object value) {
            // As above.
          }

          @Override
          public void promiseReactionJobsProcessed() {
            // The runtime knows.
          }
        });
  }

  /**
   * {@code hook(type, promise, parent)} hears of each promise that is made (0), resolved (1), and
   * whose reaction begins (2) or has ended (3); null ends it. The engine may be shared by several
   * realms: each has its own hook.
   */
  public static void setPromiseHook(Realm realm, @Nullable Object hook) {
    realm.promiseHook = (JSFunctionObject) hook;
    if (hook != null) {
      realm.context.setPromiseHook(
          (type, promise, parent) -> {
            JSFunctionObject current = Realm.of(JSRealm.get(null)).promiseHook;
            if (current != null) {
              JSFunction.call(current, Undefined.instance, new Object[] {type, promise, parent});
            }
          });
    }
  }

  /** Where an exception was thrown: {@code {file, line, column, sourceLine}}, or undefined. */
  public static Object locate(Realm realm, Throwable exception, Object error) {
    if (exception instanceof GraalJSException thrown) {
      try {
        Object located =
            location(realm, thrown.hasSourceLocation() ? thrown.getSourceLocationInterop() : null);
        if (located != Undefined.instance) {
          return located;
        }
      } catch (com.oracle.truffle.api.interop.UnsupportedMessageException e) {
        // No location: try the error's own.
      }
      GraalJSException.JSStackTraceElement[] trace = thrown.getJSStackTrace();
      if (trace.length > 0) {
        Object located = location(realm, sectionOf(trace[0]));
        if (located != Undefined.instance) {
          return located;
        }
      }
    }
    return locate(realm, error);
  }

  /** Where an error that a program caught comes from; of a syntax error the place in the text. */
  public static Object locateError(Realm realm, Object error) {
    return error instanceof JSObject object
            && JSError.getException(object) instanceof GraalJSException thrown
        ? locate(realm, thrown, error)
        : Undefined.instance;
  }

  /** Whether a value is an object of Error or a subclass. */
  public static boolean isError(Object value) {
    return JSError.isJSError(value);
  }

  /** Where an error object was created. */
  public static Object locate(Realm realm, Object error) {
    if (error instanceof JSObject object
        && JSError.getException(object) instanceof GraalJSException thrown) {
      for (GraalJSException.JSStackTraceElement element : thrown.getJSStackTrace()) {
        Object located = location(realm, sectionOf(element));
        if (located != Undefined.instance) {
          return located;
        }
      }
    }
    return Undefined.instance;
  }

  private static @Nullable SourceSection sectionOf(GraalJSException.JSStackTraceElement element) {
    return EngineFrames.section(element);
  }

  private static Object location(Realm realm, @Nullable SourceSection section) {
    if (section == null || !section.isAvailable() || !section.getSource().hasCharacters()) {
      return Undefined.instance;
    }
    Object result = realm.newObject();
    EngineJavaScript js = (EngineJavaScript) realm.javaScript();
    js.set(result, "file", section.getSource().getName());
    js.set(result, "line", section.getStartLine());
    js.set(result, "column", section.getStartColumn());
    js.set(
        result, "sourceLine", section.getSource().getCharacters(section.getStartLine()).toString());
    js.set(
        result,
        "length",
        section.getEndLine() == section.getStartLine() ? section.getCharLength() : 1);
    return result;
  }

  /** The predicates of {@code util.types}. */
  public static Object types(Realm realm) {
    Object target = realm.newObject();
    Binding binding = realm.binding(target);
    kind(binding, "isPromise", value -> value instanceof JSPromiseObject);
    kind(binding, "isProxy", JSProxy::isJSProxy);
    byClass(binding, "isMap", "JSMapObject");
    byClass(binding, "isSet", "JSSetObject");
    byClass(binding, "isWeakMap", "JSWeakMapObject");
    byClass(binding, "isWeakSet", "JSWeakSetObject");
    byClass(binding, "isDate", "JSDateObject");
    byClass(binding, "isRegExp", "JSRegExpObject");
    byClass(binding, "isMapIterator", "JSMapIteratorObject");
    byClass(binding, "isSetIterator", "JSSetIteratorObject");
    byClass(binding, "isDataView", "JSDataViewObject");
    byClass(binding, "isNumberObject", "JSNumberObject");
    byClass(binding, "isStringObject", "JSStringObject");
    byClass(binding, "isBooleanObject", "JSBooleanObject");
    byClass(binding, "isBigIntObject", "JSBigIntObject");
    byClass(binding, "isSymbolObject", "JSSymbolObject");
    byClass(binding, "isArgumentsObject", "JSArgumentsObject");
    byClass(binding, "isModuleNamespaceObject", "JSModuleNamespaceObject");
    kind(
        binding,
        "isNativeError",
        value -> value instanceof com.oracle.truffle.js.runtime.builtins.JSErrorObject);
    kind(binding, "isExternal", value -> false);
    // What literals and classes make; no predicate of util.types.
    kind(
        binding,
        "isOrdinary",
        value -> value instanceof com.oracle.truffle.js.runtime.objects.JSOrdinaryObject);
    kind(
        binding,
        "isSharedArrayBuffer",
        value ->
            value instanceof com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject buffer
                && com.oracle.truffle.js.runtime.builtins.JSSharedArrayBuffer.isJSSharedArrayBuffer(
                    buffer));
    kind(
        binding,
        "isArrayBuffer",
        value ->
            value instanceof com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject buffer
                && !com.oracle.truffle.js.runtime.builtins.JSSharedArrayBuffer
                    .isJSSharedArrayBuffer(buffer));
    kind(
        binding,
        "isGeneratorObject",
        value ->
            value instanceof JSObject && (value.getClass().getSimpleName().contains("Generator")));
    kind(
        binding,
        "isAsyncFunction",
        value ->
            value instanceof JSFunctionObject function && function.getFunctionData().isAsync());
    kind(
        binding,
        "isGeneratorFunction",
        value ->
            value instanceof JSFunctionObject function && function.getFunctionData().isGenerator());
    return target;
  }

  private static void kind(Binding binding, String name, Predicate<Object> test) {
    binding.function(name, 1, arguments -> test.test(arguments.value(0)));
  }

  private static void byClass(Binding binding, String name, String className) {
    Class<?> type;
    try {
      type = Class.forName(RUNTIME + className);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    kind(binding, name, type::isInstance);
  }

  /** What {@code util.inspect} shows of promises, proxies and iterators. */
  public static Object details(Realm realm) {
    Object target = realm.newObject();
    realm
        .binding(target)
        .function(
            "getPromiseDetails",
            1,
            arguments ->
                arguments.value(0) instanceof JSPromiseObject promise
                    ? new Object[] {
                      JSPromise.getPromiseState(promise), JSPromise.getPromiseResult(promise)
                    }
                    : null)
        .function(
            "getProxyDetails",
            1,
            arguments ->
                arguments.value(0) instanceof JSProxyObject proxy
                    ? new Object[] {proxy.getProxyTarget(), proxy.getProxyHandler()}
                    : null)
        .function(
            "getConstructorName",
            1,
            arguments ->
                arguments.value(0) instanceof JSObject object
                    ? JSRuntime.getConstructorName(object)
                    : null)
        .function(
            "getOwnNonIndexProperties",
            2,
            arguments -> ownNonIndexProperties(arguments.value(0), arguments.bool(1)))
        .function("previewEntries", 1, arguments -> CollectionPreview.of(realm, arguments.value(0)))
        .function(
            "getCallSites", 1, arguments -> EngineFrames.callSites(realm, arguments.int32(0)));
    return target;
  }

  private static Object ownNonIndexProperties(Object value, boolean onlyEnumerable) {
    List<Object> names = new ArrayList<>();
    if (value instanceof JSObject object) {
      // A view of many bytes has as many index keys, none of them in its shape.
      boolean view = object instanceof JSTypedArrayObject;
      for (Object key : view ? object.getShape().getKeyList() : JSObject.ownPropertyKeys(object)) {
        if (view && !JSRuntime.isPropertyKey(key)) {
          continue;
        }
        boolean index = key instanceof TruffleString name && JSRuntime.isArrayIndex(name);
        if (!index && (!onlyEnumerable || isEnumerable(object, key))) {
          names.add(key);
        }
      }
    }
    return names;
  }

  private static boolean isEnumerable(JSObject object, Object key) {
    var descriptor = JSObject.getOwnProperty(object, key);
    return descriptor != null && descriptor.getEnumerable();
  }

  /** Further natives of {@code internal/runtime}. */
  public static void addNatives(Realm realm, Binding binding) {
    Coverage.addNatives(realm, binding);
    binding
        .function(
            "setTimeZone",
            1,
            arguments -> {
              realm.js.setLocalTimeZone(TimeZone.getTimeZone(arguments.string(0)).getID());
              return null;
            })
        .function(
            "collectGarbage",
            0,
            arguments -> {
              System.gc();
              return null;
            })
        .function(
            "defineLazy",
            5,
            arguments -> {
              LazyProperty.define(
                  arguments.value(0),
                  arguments.string(1),
                  arguments.bool(2),
                  arguments.bool(3),
                  arguments.value(4));
              return null;
            })
        .function("debugging", 0, arguments -> Debugging.natives(realm))
        .function("classPathResource", 1, arguments -> ClassPathResources.read(arguments.string(0)))
        .value("esm", EsModules.natives(realm))
        .value("vm", VirtualScripts.natives(realm));
  }
}
