package dev.nodule.engine;

import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The traps of a contextified global: the sandbox first, then the realm's own global (Node.js:
 * node_contextify).
 */
final class SandboxTraps {
  private SandboxTraps() {}

  static void install(
      Realm realm, JSDynamicObject handler, JSDynamicObject sandbox, JSDynamicObject global) {
    realm
        .binding(handler)
        .function(
            "get",
            3,
            arguments -> {
              Object key = arguments.value(1);
              return JSObject.hasProperty(sandbox, key)
                  ? JSObject.get(sandbox, key)
                  : JSObject.get(global, key);
            })
        .function(
            "set", 4, arguments -> JSObject.set(sandbox, arguments.value(1), arguments.value(2)))
        .function(
            "has",
            2,
            arguments ->
                JSObject.hasProperty(sandbox, arguments.value(1))
                    || JSObject.hasProperty(global, arguments.value(1)))
        .function(
            "deleteProperty",
            2,
            arguments -> {
              Object key = arguments.value(1);
              return JSObject.delete(sandbox, key) && JSObject.delete(global, key);
            })
        .function(
            "defineProperty",
            3,
            arguments ->
                JSObject.defineOwnProperty(
                    sandbox,
                    arguments.value(1),
                    com.oracle.truffle.js.runtime.JSRuntime.toPropertyDescriptor(
                        arguments.value(2))))
        .function(
            "getOwnPropertyDescriptor",
            2,
            arguments -> {
              Object key = arguments.value(1);
              PropertyDescriptor own = JSObject.getOwnProperty(sandbox, key);
              if (own != null) {
                own.setConfigurable(true);
                return describe(realm, own);
              }
              PropertyDescriptor builtin = JSObject.getOwnProperty(global, key);
              return builtin == null ? Undefined.instance : describe(realm, builtin);
            })
        .function(
            "ownKeys",
            1,
            arguments -> {
              Set<Object> keys = new LinkedHashSet<>(JSObject.ownPropertyKeys(sandbox));
              keys.addAll(JSObject.ownPropertyKeys(global));
              return keys.toArray();
            });
  }

  private static Object describe(Realm realm, PropertyDescriptor descriptor) {
    return com.oracle.truffle.js.runtime.JSRuntime.fromPropertyDescriptor(
        descriptor, realm.context);
  }
}
