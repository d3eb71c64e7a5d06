package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.js.nodes.function.FunctionRootNode;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Arguments;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The traps of a contextified global: the sandbox first, then the realm's own global (Node.js
 * documentation: vm, "What does it mean to contextify an object?"). The proxy's handler is an
 * unchecked one, so what the traps say holds for the sandbox, whatever the global has.
 */
final class SandboxTraps {
  private final Realm realm;
  private final JSDynamicObject sandbox;
  private final JSDynamicObject global;
  private final JSDynamicObject proxy;

  private SandboxTraps(
      Realm realm, JSDynamicObject sandbox, JSDynamicObject global, JSDynamicObject proxy) {
    this.realm = realm;
    this.sandbox = sandbox;
    this.global = global;
    this.proxy = proxy;
  }

  static void install(
      Realm realm,
      JSDynamicObject handler,
      JSDynamicObject sandbox,
      JSDynamicObject global,
      JSDynamicObject proxy) {
    SandboxTraps traps = new SandboxTraps(realm, sandbox, global, proxy);
    realm
        .binding(handler)
        .function("get", 3, traps::get)
        .function("set", 4, traps::set)
        .function("has", 2, traps::has)
        .function("deleteProperty", 2, traps::delete)
        .function("defineProperty", 3, traps::define)
        .function("getOwnPropertyDescriptor", 2, traps::descriptor)
        .function("ownKeys", 1, traps::keys);
  }

  private Object get(Arguments arguments) {
    Object key = arguments.value(1);
    Object value =
        JSObject.hasProperty(sandbox, key) ? JSObject.get(sandbox, key) : JSObject.get(global, key);
    // A sandbox that refers to itself means the global, which is what the code calls so.
    return value == sandbox ? proxy : value;
  }

  private Object set(Arguments arguments) {
    Object key = arguments.value(1);
    PropertyDescriptor inSandbox = find(sandbox, key);
    PropertyDescriptor inGlobal = find(global, key);
    if (isReadOnly(inGlobal) || isReadOnly(inSandbox)) {
      if (callerIsStrict()) {
        throw isReadOnly(inGlobal)
            ? Errors.createTypeError(
                "Cannot assign to read only property '"
                    + JSRuntime.safeToString(key)
                    + "' of object '#<Object>'")
            : Errors.createTypeErrorCannotRedefineProperty(key);
      }
      return false;
    }
    if (inSandbox != null
        && inSandbox.isAccessorDescriptor()
        && inSandbox.getSet() == Undefined.instance) {
      return false;
    }
    JSObject.set(sandbox, key, arguments.value(2));
    return true;
  }

  private Object has(Arguments arguments) {
    Object key = arguments.value(1);
    return JSObject.hasProperty(sandbox, key) || JSObject.hasProperty(global, key);
  }

  private Object delete(Arguments arguments) {
    Object key = arguments.value(1);
    return JSObject.delete(sandbox, key) && JSObject.delete(global, key);
  }

  private Object define(Arguments arguments) {
    Object key = arguments.value(1);
    PropertyDescriptor descriptor = JSRuntime.toPropertyDescriptor(arguments.value(2));
    PropertyDescriptor present = JSObject.getOwnProperty(global, key);
    if (isReadOnly(present) && !present.getConfigurable()) {
      return false;
    }
    if (!JSObject.defineOwnProperty(sandbox, key, descriptor)) {
      return false;
    }
    // The global remembers what may not be changed, also when the sandbox is changed from outside.
    return JSObject.defineOwnProperty(global, key, descriptor);
  }

  private Object descriptor(Arguments arguments) {
    Object key = arguments.value(1);
    PropertyDescriptor own = JSObject.getOwnProperty(sandbox, key);
    if (own == null) {
      own = JSObject.getOwnProperty(global, key);
    }
    return own == null ? Undefined.instance : JSRuntime.fromPropertyDescriptor(own, realm.context);
  }

  private Object keys(Arguments arguments) {
    Set<Object> keys = new LinkedHashSet<>(JSObject.ownPropertyKeys(sandbox));
    keys.addAll(JSObject.ownPropertyKeys(global));
    return keys.toArray();
  }

  /** The property of an object or of the nearest prototype that has it. */
  private static @Nullable PropertyDescriptor find(JSDynamicObject object, Object key) {
    for (JSDynamicObject holder = object;
        holder != Null.instance;
        holder = JSObject.getPrototype(holder)) {
      PropertyDescriptor own = JSObject.getOwnProperty(holder, key);
      if (own != null) {
        return own;
      }
    }
    return null;
  }

  private static boolean isReadOnly(@Nullable PropertyDescriptor descriptor) {
    return descriptor != null && descriptor.isDataDescriptor() && !descriptor.getWritable();
  }

  /**
   * Whether the code that assigns is strict; a built-in function, such as {@code Reflect.set}, is
   * not.
   */
  @TruffleBoundary
  private static boolean callerIsStrict() {
    Boolean strict =
        Truffle.getRuntime()
            .iterateFrames(
                (FrameInstance frame) ->
                    frame.getCallTarget() instanceof RootCallTarget target
                            && target.getRootNode() instanceof FunctionRootNode root
                        ? root.getFunctionData().isStrict() && !root.getFunctionData().isBuiltin()
                        : null);
    return Boolean.TRUE.equals(strict);
  }
}
