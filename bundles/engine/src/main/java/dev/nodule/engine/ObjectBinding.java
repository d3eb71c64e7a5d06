package dev.nodule.engine;

import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import dev.nodule.api.Binding;
import dev.nodule.api.NativeFunction;
import org.jspecify.annotations.Nullable;

/** Puts native functions and values onto an object. */
final class ObjectBinding implements Binding {
  private final Realm realm;
  private final JSDynamicObject target;

  ObjectBinding(Realm realm, JSDynamicObject target) {
    this.realm = realm;
    this.target = target;
  }

  @Override
  public Binding function(String name, int length, NativeFunction function) {
    JSObject.set(target, Values.string(name), realm.function(name, length, function));
    return this;
  }

  @Override
  public Binding value(String name, @Nullable Object value) {
    JSObject.set(target, Values.string(name), realm.values.toJavaScript(value));
    return this;
  }
}
