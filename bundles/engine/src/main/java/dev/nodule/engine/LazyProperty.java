package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSAttributes;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.PropertyProxy;
import com.oracle.truffle.js.runtime.objects.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * A data property whose value is made when it is first read. An accessor that replaces itself would
 * do as well, but changes the shape of its object: of the global one all compiled code depends.
 */
final class LazyProperty extends PropertyProxy {
  private @Nullable JSFunctionObject make;
  private @Nullable Object value;

  private LazyProperty(JSFunctionObject make) {
    this.make = make;
  }

  /** Defines a configurable property that {@code make} gives its value. */
  static void define(
      Object target, String name, boolean enumerable, boolean writable, Object make) {
    JSObjectUtil.defineProxyProperty(
        (JSDynamicObject) target,
        Values.string(name),
        new LazyProperty((JSFunctionObject) make),
        JSAttributes.fromConfigurableEnumerableWritable(true, enumerable, writable));
  }

  @Override
  public Object get(JSDynamicObject store) {
    Object known = value;
    if (known == null) {
      CompilerDirectives.transferToInterpreter();
      known = JSFunction.call(make, Undefined.instance, new Object[0]);
      set(store, known);
    }
    return known;
  }

  @Override
  public boolean set(JSDynamicObject store, Object next) {
    value = next;
    make = null;
    return true;
  }
}
