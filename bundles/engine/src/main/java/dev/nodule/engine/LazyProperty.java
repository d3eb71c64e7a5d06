package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSAttributes;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.PropertyProxy;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data property whose value is made when it is first read. An accessor that replaces itself would
 * do as well, but changes the shape of its object: of the global one all compiled code depends.
 */
final class LazyProperty extends PropertyProxy {
  private final boolean enumerable;
  private final boolean writable;
  private Supplier<Object> make;
  private @Nullable Object made;
  private @Nullable Object assigned;

  private LazyProperty(boolean enumerable, boolean writable, Supplier<Object> make) {
    this.enumerable = enumerable;
    this.writable = writable;
    this.make = make;
  }

  /** Defines a configurable property that {@code make}, a function, gives its value. */
  static void define(
      Object target, String name, boolean enumerable, boolean writable, Object make) {
    JSFunctionObject function = (JSFunctionObject) make;
    define(
        (JSDynamicObject) target,
        Values.string(name),
        enumerable,
        writable,
        () -> JSFunction.call(function, Undefined.instance, new Object[0]));
  }

  static LazyProperty define(
      JSDynamicObject target,
      Object key,
      boolean enumerable,
      boolean writable,
      Supplier<Object> make) {
    LazyProperty property = new LazyProperty(enumerable, writable, make);
    Realm.of(JSRealm.getMain(null)).lazyProperties.add(property);
    JSObjectUtil.defineProxyProperty(
        target,
        key,
        property,
        JSAttributes.fromConfigurableEnumerableWritable(true, enumerable, writable));
    return property;
  }

  /**
   * Nobody reads it any more: the realm has ended, or the revision has. Shapes, which all realms of
   * an engine share, hold properties of this kind for good, and what these hold.
   */
  void release() {
    make = () -> Undefined.instance;
    made = null;
    assigned = null;
  }

  /** The lazy property that an object has under a key, without reading its value. */
  static @Nullable LazyProperty at(JSDynamicObject object, Object key) {
    return JSDynamicObject.getOrNull(object, key) instanceof LazyProperty property
        ? property
        : null;
  }

  boolean isEnumerable() {
    return enumerable;
  }

  boolean isWritable() {
    return writable;
  }

  boolean isMade() {
    return made != null;
  }

  boolean isAssigned() {
    return assigned != null;
  }

  /** The value that was made, or is made now, whatever was assigned since. */
  Object value() {
    Object known = made;
    if (known == null) {
      CompilerDirectives.transferToInterpreter();
      known = make.get();
      made = known;
    }
    return known;
  }

  /** Puts another value in the place of the one that was made. What was assigned stays. */
  void replace(Object value) {
    made = value;
  }

  @Override
  public Object get(JSDynamicObject store) {
    Object own = assigned;
    return own == null ? value() : own;
  }

  @Override
  public boolean set(JSDynamicObject store, Object next) {
    assigned = next;
    return true;
  }
}
