package dev.nodule.engine;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JavaScriptRootNode;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionData;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import org.jspecify.annotations.Nullable;

/**
 * The body of a function on a module's face: a direct call of the current revision's function.
 * Compiled code inlines through it behind one comparison, of the function's code and not of the
 * function itself: a revision that shares the code of a file (see {@link CompiledFile}) is called
 * by what was compiled before; for other code callers are compiled again when they first meet it.
 * docs/decisions/0004 has the figures.
 */
final class ForwarderRoot extends JavaScriptRootNode
    implements JSFunctionData.CallTargetInitializer {
  /** Which of a function's call targets this root stands in for. */
  enum Kind {
    CALL,
    CONSTRUCT,
    CONSTRUCT_NEW_TARGET
  }

  private final ModuleFace face;
  private final FaceSlot slot;
  private final String name;
  private final Kind kind;
  private final FaceCounters counters;
  @Child private @Nullable CodeCall known;

  ForwarderRoot(
      JavaScriptLanguage language, ModuleFace face, FaceSlot slot, String name, Kind kind) {
    super(language, null, null);
    this.face = face;
    this.slot = slot;
    this.name = name;
    this.kind = kind;
    this.counters = face.counters();
    face.remember(this);
  }

  /**
   * The direct call of one function's code; immutable, so that compilers on other threads see all
   * of it.
   */
  private static final class CodeCall extends Node {
    final JSFunctionData code;
    @Child DirectCallNode call;

    CodeCall(JSFunctionData code, CallTarget target) {
      this.code = code;
      call = DirectCallNode.create(target);
    }
  }

  @Override
  public Object execute(VirtualFrame frame) {
    CodeCall direct = known;
    JSFunctionObject target = slot.function;
    // Compiled code that finds other code leaves itself: a call in its place would make all results
    // objects.
    if (direct == null || target == null || JSFunction.getFunctionData(target) != direct.code) {
      CompilerDirectives.transferToInterpreterAndInvalidate();
      target = present();
      direct = specialize(JSFunction.getFunctionData(target));
    }
    Object[] arguments = frame.getArguments();
    prepare(target, arguments);
    counters.calls++;
    Object before = CallerAttribution.isOn() ? face.enter(slot.isMember) : null;
    try {
      Object result = direct.call.call(arguments);
      if (result instanceof JSPromiseObject promise) {
        counters.given(promise);
      }
      return result;
    } catch (AbstractTruffleException e) {
      counters.errors++;
      throw e;
    } finally {
      if (before != null) {
        face.leave(before);
      }
    }
  }

  private void prepare(JSFunctionObject target, Object[] arguments) {
    // A constructor called as new Face() finds its own class in new.target; a static finds it in
    // this.
    if (kind == Kind.CONSTRUCT_NEW_TARGET && arguments[2] == arguments[1]) {
      arguments[2] = target;
    }
    JSFunctionObject owner = slot.owner;
    if (owner != null && arguments[0] == slot.ownerFace) {
      arguments[0] = owner;
    }
    arguments[1] = target;
  }

  private JSFunctionObject present() {
    JSFunctionObject target = slot.function;
    if (target == null && face.waitForProvider()) {
      target = slot.function;
    }
    if (target == null) {
      throw face.missing(name);
    }
    return target;
  }

  private synchronized CodeCall specialize(JSFunctionData code) {
    CodeCall direct = known;
    if (direct == null || direct.code != code) {
      direct = insert(new CodeCall(code, callTarget(code)));
      known = direct;
    }
    return direct;
  }

  private CallTarget callTarget(JSFunctionData code) {
    return switch (kind) {
      case CALL -> code.getCallTarget();
      case CONSTRUCT -> code.getConstructTarget();
      case CONSTRUCT_NEW_TARGET -> code.getConstructNewTarget();
    };
  }

  /**
   * Lets go of code that is no longer current; a forwarder that nobody calls would hold it for
   * ever.
   */
  @TruffleBoundary
  synchronized void release() {
    CodeCall direct = known;
    JSFunctionObject target = slot.function;
    if (direct != null && (target == null || direct.code != JSFunction.getFunctionData(target))) {
      known = null;
    }
  }

  /** A face function; {@code model} gives its name, length and whether it constructs. */
  static JSFunctionObject function(
      Realm realm, ModuleFace face, FaceSlot slot, String name, JSFunctionObject model) {
    JavaScriptLanguage language = realm.context.getLanguage();
    JSFunctionData data = JSFunction.getFunctionData(model);
    ForwarderRoot root = new ForwarderRoot(language, face, slot, name, Kind.CALL);
    CallTarget call = root.getCallTarget();
    if (!data.isConstructor()) {
      return JSFunction.create(
          realm.js,
          JSFunctionData.createCallOnly(
              realm.context, call, ModuleFace.publicLength(model), ModuleFace.publicName(model)));
    }
    boolean isClass = ModuleFace.hasPrototype(model);
    JSFunctionData forward =
        JSFunctionData.create(
            realm.context,
            call,
            isClass
                ? new ForwarderRoot(language, face, slot, name, Kind.CONSTRUCT).getCallTarget()
                : null,
            isClass
                ? new ForwarderRoot(language, face, slot, name, Kind.CONSTRUCT_NEW_TARGET)
                    .getCallTarget()
                : null,
            ModuleFace.publicLength(model),
            ModuleFace.publicName(model),
            true,
            false,
            true,
            false,
            false,
            false,
            false,
            false,
            true,
            false,
            false);
    forward.setRootNode(root);
    return JSFunction.create(realm.js, forward);
  }

  /**
   * Any ES5 function can be called with {@code new}; for those that are no classes the targets wait
   * until somebody does.
   */
  @Override
  public void initializeCallTarget(
      JSFunctionData data, JSFunctionData.Target target, CallTarget rootTarget) {
    JavaScriptLanguage language = getLanguage(JavaScriptLanguage.class);
    switch (target) {
      case Call -> data.setCallTarget(rootTarget);
      case Construct ->
          data.setConstructTarget(
              new ForwarderRoot(language, face, slot, name, Kind.CONSTRUCT).getCallTarget());
      case ConstructNewTarget ->
          data.setConstructNewTarget(
              new ForwarderRoot(language, face, slot, name, Kind.CONSTRUCT_NEW_TARGET)
                  .getCallTarget());
    }
  }

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public boolean isCloningAllowed() {
    return true;
  }

  @Override
  protected boolean isCloneUninitializedSupported() {
    return true;
  }

  @Override
  protected JavaScriptRootNode cloneUninitialized() {
    return new ForwarderRoot(getLanguage(JavaScriptLanguage.class), face, slot, name, kind);
  }

  @Override
  public String getName() {
    return name;
  }
}
