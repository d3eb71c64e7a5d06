package dev.nodule.engine;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.GraalJSException.JSStackTraceElement;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JSErrorType;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code error.stack} as V8 writes it; {@code Error.prepareStackTrace} of the application comes
 * first.
 */
final class StackTraceFormat {
  private static final TruffleString PREPARE = Values.string("prepareStackTrace");
  private static final TruffleString NAME = Values.string("name");
  private static final TruffleString MESSAGE = Values.string("message");
  private static final TruffleString CODE = Values.string("code");

  private StackTraceFormat() {}

  static void install(JSContext context) {
    context.setPrepareStackTraceCallback(
        (js, error, callSites) -> prepare(Realm.of(js), js, error, callSites));
  }

  private static Object prepare(
      Realm main, JSRealm realm, JSDynamicObject error, JSDynamicObject callSites) {
    JSFunctionObject constructor = realm.getErrorConstructor(JSErrorType.Error);
    Object user = JSObject.get(constructor, PREPARE);
    if (JSFunction.isJSFunction(user) && user != main.defaultPrepareStackTrace) {
      return JSFunction.call((JSFunctionObject) user, constructor, new Object[] {error, callSites});
    }
    Callback formatter = main.stackFormatter;
    if (formatter != null && realm == main.js) {
      return formatter.call(Undefined.instance, error, callSites);
    }
    StringBuilder text = new StringBuilder(header(main.nodeErrorSymbol, error));
    for (Object callSite : JSArray.toArray(callSites)) {
      Object element =
          JSDynamicObject.getOrNull(
              (JSDynamicObject) callSite, JSError.STACK_TRACE_ELEMENT_PROPERTY_NAME);
      text.append("\n    at ").append(frame(realm, (JSStackTraceElement) element));
    }
    return Values.string(text.toString());
  }

  private static String header(@Nullable Symbol nodeError, JSDynamicObject error) {
    Object name = JSObject.get(error, NAME);
    Object message = JSObject.get(error, MESSAGE);
    String nameText =
        name == Undefined.instance ? "Error" : JSRuntime.safeToString(name).toJavaStringUncached();
    String messageText =
        message == Undefined.instance ? "" : JSRuntime.safeToString(message).toJavaStringUncached();
    if (nodeError != null
        && error instanceof JSErrorObject
        && JSObject.hasProperty(error, nodeError)) {
      Object code = JSObject.get(error, CODE);
      String codeText = JSRuntime.safeToString(code).toJavaStringUncached();
      return nameText + " [" + codeText + "]: " + messageText;
    }
    if (nameText.isEmpty()) {
      return messageText;
    }
    return messageText.isEmpty() ? nameText : nameText + ": " + messageText;
  }

  private static String frame(JSRealm realm, JSStackTraceElement element) {
    String text = element.toString(realm.getContext()).toJavaStringUncached();
    // Built-in functions have no file: V8 says <anonymous>, the engine (native).
    return text.endsWith("(native)")
        ? text.substring(0, text.length() - "(native)".length()) + "(<anonymous>)"
        : text;
  }
}
