package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSErrorType;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import dev.nodule.api.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON.parse} and {@code JSON.stringify} of the engine, with V8's messages where they fail:
 * those show the text and the objects that the engine's own messages do not know.
 */
final class JsonBuiltins {
  private static final String CIRCULAR = "Converting circular structure to JSON";

  private JsonBuiltins() {}

  static void install(Realm realm) {
    JSObject json = (JSObject) JSObject.get(realm.js.getGlobalObject(), Values.string("JSON"));
    JSFunctionObject parse = (JSFunctionObject) JSObject.get(json, Values.string("parse"));
    JSFunctionObject stringify = (JSFunctionObject) JSObject.get(json, Values.string("stringify"));
    realm
        .binding(json)
        .function("parse", 2, arguments -> parse(parse, arguments))
        .function("stringify", 3, arguments -> stringify(stringify, arguments));
  }

  private static Object[] all(Arguments arguments) {
    Object[] values = new Object[arguments.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.value(i);
    }
    return values;
  }

  private static Object parse(JSFunctionObject builtin, Arguments arguments) {
    try {
      return JSFunction.call(builtin, arguments.receiver(), all(arguments));
    } catch (JSException e) {
      if (e.getErrorType() == JSErrorType.SyntaxError && e.getErrorObjectLazy() == null) {
        String text = JSRuntime.safeToString(arguments.value(0)).toJavaStringUncached();
        throw reworded(
            e,
            JsonSyntax.message(arguments.value(0) instanceof JSObject ? "[object Object]" : text));
      }
      throw e;
    }
  }

  private static Object stringify(JSFunctionObject builtin, Arguments arguments) {
    try {
      return JSFunction.call(builtin, arguments.receiver(), all(arguments));
    } catch (JSException e) {
      if (CIRCULAR.equals(e.getRawMessage()) && e.getErrorObjectLazy() == null) {
        List<Step> circle = new ArrayList<>();
        if (arguments.value(0) instanceof JSObject root && findCircle(root, null, circle)) {
          throw reworded(e, describe(circle));
        }
      }
      throw e;
    }
  }

  private static JSException reworded(JSException e, String message) {
    e.setErrorObject(JSError.createFromJSException(e, e.getRealm(), message));
    return e;
  }

  /** An object on the way down, and the key by which it was reached. */
  private record Step(JSObject object, @Nullable Object key, boolean ofArray) {}

  /** Goes down as the conversion does, until an object comes that is on the way already. */
  private static boolean findCircle(JSObject object, @Nullable Step reached, List<Step> way) {
    Step step = reached == null ? new Step(object, null, false) : reached;
    for (int i = 0; i < way.size(); i++) {
      if (way.get(i).object == object) {
        way.subList(0, i).clear();
        way.add(step);
        return true;
      }
    }
    way.add(step);
    boolean array = JSArray.isJSArray(object);
    for (Object key : JSObject.enumerableOwnNames(object)) {
      if (JSObject.get(object, key) instanceof JSObject value
          && !JSFunction.isJSFunction(value)
          && findCircle(value, new Step(value, key, array), way)) {
        return true;
      }
    }
    way.removeLast();
    return false;
  }

  private static String describe(List<Step> circle) {
    StringBuilder text = new StringBuilder(CIRCULAR);
    text.append("\n    --> starting at object with constructor ")
        .append(constructor(circle.getFirst()));
    int inner = circle.size() - 2;
    for (int i = 1; i <= inner; i++) {
      // V8 shows the first two and the last.
      if (i > 2 && i < inner) {
        if (i == 3) {
          text.append("\n    |     ...");
        }
        continue;
      }
      Step step = circle.get(i);
      text.append("\n    |     ")
          .append(key(step))
          .append(" -> object with constructor ")
          .append(constructor(step));
    }
    return text.append("\n    --- ")
        .append(key(circle.getLast()))
        .append(" closes the circle")
        .toString();
  }

  private static String key(Step step) {
    String key = JSRuntime.safeToString(step.key).toJavaStringUncached();
    return step.ofArray ? "index " + key : "property '" + key + "'";
  }

  private static String constructor(Step step) {
    return "'" + JSRuntime.getConstructorName(step.object).toJavaStringUncached() + "'";
  }
}
