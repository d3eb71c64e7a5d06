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
import org.jspecify.annotations.Nullable;

/**
 * The body of a function on a module's face: a direct call of the current revision's function.
 * Compiled code inlines through it behind one comparison, and is compiled again when it first meets
 * another revision. docs/decisions/0004 has the figures.
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
  private final int slot;
  private final String name;
  private final Kind kind;
  private final FaceCounters counters;
  @Child private @Nullable RevisionCall known;

  ForwarderRoot(JavaScriptLanguage language, ModuleFace face, int slot, String name, Kind kind) {
    super(language, null, null);
    this.face = face;
    this.slot = slot;
    this.name = name;
    this.kind = kind;
    this.counters = face.counters();
    face.remember(this);
  }

  /**
   * The direct call of one revision's function; immutable, so that compilers on other threads see
   * all of it.
   */
  private static final class RevisionCall extends Node {
    final FaceRevision revision;
    @Child DirectCallNode call;

    RevisionCall(FaceRevision revision, CallTarget target) {
      this.revision = revision;
      call = DirectCallNode.create(target);
    }
  }

  @Override
  public Object execute(VirtualFrame frame) {
    RevisionCall direct = known;
    // Compiled code that finds another revision leaves itself: a call in its place would make all
    // results objects.
    if (direct == null || direct.revision != face.current() || !direct.revision.valid().isValid()) {
      CompilerDirectives.transferToInterpreterAndInvalidate();
      direct = specialize();
    }
    Object[] arguments = frame.getArguments();
    prepare(direct.revision, arguments);
    counters.calls++;
    try {
      return direct.call.call(arguments);
    } catch (AbstractTruffleException e) {
      counters.errors++;
      throw e;
    }
  }

  private void prepare(FaceRevision revision, Object[] arguments) {
    JSFunctionObject target = revision.functions()[slot];
    // A constructor called as new Face() finds its own class in new.target; a static finds it in
    // this.
    if (kind == Kind.CONSTRUCT_NEW_TARGET && arguments[2] == arguments[1]) {
      arguments[2] = target;
    }
    JSFunctionObject owner = revision.owners()[slot];
    if (owner != null && arguments[0] == revision.ownerFaces()[slot]) {
      arguments[0] = owner;
    }
    arguments[1] = target;
  }

  private synchronized RevisionCall specialize() {
    FaceRevision revision = face.current();
    JSFunctionObject target = revision.functions()[slot];
    if (target == null && face.waitForProvider()) {
      revision = face.current();
      target = revision.functions()[slot];
    }
    if (target == null) {
      throw face.missing(name);
    }
    RevisionCall direct = known;
    if (direct == null || direct.revision != revision) {
      direct = insert(new RevisionCall(revision, callTarget(target)));
      known = direct;
    }
    return direct;
  }

  private CallTarget callTarget(JSFunctionObject function) {
    JSFunctionData data = JSFunction.getFunctionData(function);
    return switch (kind) {
      case CALL -> data.getCallTarget();
      case CONSTRUCT -> data.getConstructTarget();
      case CONSTRUCT_NEW_TARGET -> data.getConstructNewTarget();
    };
  }

  /**
   * Lets go of a revision that is no longer current; a forwarder that nobody calls would hold it
   * for ever.
   */
  @TruffleBoundary
  synchronized void release() {
    RevisionCall direct = known;
    if (direct != null && direct.revision != face.current()) {
      known = null;
    }
  }

  /** A face function; {@code model} gives its name, length and whether it constructs. */
  static JSFunctionObject function(
      Realm realm, ModuleFace face, int slot, String name, JSFunctionObject model) {
    JavaScriptLanguage language = realm.context.getLanguage();
    JSFunctionData data = JSFunction.getFunctionData(model);
    ForwarderRoot root = new ForwarderRoot(language, face, slot, name, Kind.CALL);
    CallTarget call = root.getCallTarget();
    if (!data.isConstructor()) {
      return JSFunction.create(
          realm.js,
          JSFunctionData.createCallOnly(
              realm.context, call, data.getLength(), ModuleFace.publicName(model)));
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
            data.getLength(),
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
