package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSArguments;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Callback;
import org.jspecify.annotations.Nullable;

/** A function with the asynchronous context in which it was handed over. */
final class EngineCallback implements Callback {
  private final Realm realm;
  private final JSFunctionObject function;
  private final Object asyncContext;

  EngineCallback(Realm realm, Object function) {
    this.realm = realm;
    this.function = (JSFunctionObject) function;
    this.asyncContext = realm.asyncContext.current();
  }

  @Override
  public @Nullable Object invoke(@Nullable Object... arguments) {
    return invokeOn(Undefined.instance, arguments);
  }

  @Override
  public @Nullable Object invokeOn(Object receiver, @Nullable Object... arguments) {
    return realm.scope.run(asyncContext, () -> call(receiver, arguments));
  }

  @Override
  public Object call(Object receiver, @Nullable Object... arguments) {
    Object[] frame = JSArguments.createInitial(receiver, function, arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      JSArguments.setUserArgument(frame, i, realm.values.toJavaScript(arguments[i]));
    }
    return JSFunction.call(frame);
  }

  @Override
  public Object function() {
    return function;
  }
}
