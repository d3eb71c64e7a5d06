package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JavaScriptRootNode;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionData;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import dev.nodule.api.NativeFunction;

/**
 * The root of a JavaScript function whose body is a {@link NativeFunction}: one boundary,
 * conversions on both sides.
 */
final class NativeFunctionRoot extends JavaScriptRootNode {
  private final Realm realm;
  private final String name;
  private final NativeFunction function;

  private NativeFunctionRoot(
      JavaScriptLanguage language, Realm realm, String name, NativeFunction function) {
    super(language, null, null);
    this.realm = realm;
    this.name = name;
    this.function = function;
  }

  static JSFunctionObject create(Realm realm, String name, int length, NativeFunction function) {
    NativeFunctionRoot root =
        new NativeFunctionRoot(realm.context.getLanguage(), realm, name, function);
    TruffleString displayName =
        TruffleString.fromJavaStringUncached(name, TruffleString.Encoding.UTF_16);
    return JSFunction.create(
        realm.js,
        JSFunctionData.createCallOnly(realm.context, root.getCallTarget(), length, displayName));
  }

  @Override
  public Object execute(VirtualFrame frame) {
    return call(frame.getArguments());
  }

  @TruffleBoundary
  private Object call(Object[] arguments) {
    try {
      FrameArguments frame = new FrameArguments(realm, arguments);
      Object result = realm.values.toJavaScript(function.call(frame));
      frame.end();
      return result;
    } catch (RuntimeException | StackOverflowError exception) {
      throw realm.values.toGuestException(exception);
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
