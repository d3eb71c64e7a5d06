package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.debug.DebugStackFrame;
import com.oracle.truffle.api.debug.SuspendedEvent;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameInstance.FrameAccess;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.NodeLibrary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.nodes.JavaScriptNode;
import com.oracle.truffle.js.nodes.function.FunctionRootNode;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JavaScriptRootNode;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack of a program that is suspended: its frames, their scopes, and code that runs there. */
final class DebugFrames {
  /** The name of code that a debugger evaluates; such sources are no scripts. */
  static final String EVALUATED = "nodule:evaluated";

  private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

  private record Place(Node node, MaterializedFrame frame, boolean enter) {}

  private final Realm realm;
  private final DebugScripts scripts;
  private final List<@Nullable Place> places = new ArrayList<>();
  private final List<Object> frames = new ArrayList<>();

  DebugFrames(Realm realm, DebugScripts scripts, SuspendedEvent event) {
    this.realm = realm;
    this.scripts = scripts;
    boolean top = true;
    for (DebugStackFrame frame : event.getStackFrames()) {
      if (!frame.isHost()) {
        SourceSection section = frame.getSourceSection();
        // Frames of core modules are not shown: nobody can set a breakpoint there.
        if (section != null
            && section.isAvailable()
            && DebugScripts.isProgram(section.getSource())) {
          add(frame, top ? event.getSourceSection() : section, top);
        }
        top = false;
      }
    }
  }

  private void add(DebugStackFrame frame, SourceSection section, boolean top) {
    Node node = frame.getRawNode(JavaScriptLanguage.class);
    Frame raw = frame.getRawFrame(JavaScriptLanguage.class, FrameAccess.MATERIALIZE);
    if (node == null || raw == null) {
      return;
    }
    Node instrumentable = InstrumentableNode.findInstrumentableParent(node);
    Place place = new Place(instrumentable == null ? node : instrumentable, raw.materialize(), top);
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    String name = frame.getName();
    described.put("functionName", name == null || name.startsWith(":") ? "" : name);
    put(described, "", section);
    RootNode root = node.getRootNode();
    SourceSection whole = root == null ? null : root.getSourceSection();
    if (whole != null && whole.isAvailable()) {
      put(described, "function", whole);
    }
    described.put("scopes", scopes(place));
    described.put("receiver", receiver(place));
    places.add(place);
    frames.add(realm.values.toJavaScript(described));
  }

  private void put(Map<String, @Nullable Object> target, String prefix, SourceSection section) {
    target.put(prefix + "Script", scripts.number(section.getSource()));
    target.put(prefix + "Line", section.getStartLine() - 1);
    target.put(prefix + "Column", section.getStartColumn() - 1);
  }

  /** What a client is told, innermost first. */
  List<Object> all() {
    return frames;
  }

  private Object receiver(Place place) {
    try {
      NodeLibrary nodes = NodeLibrary.getUncached();
      if (nodes.hasReceiverMember(place.node, place.frame)) {
        String name = INTEROP.asString(nodes.getReceiverMember(place.node, place.frame));
        Object scope = nodes.getScope(place.node, place.frame, place.enter);
        if (INTEROP.isMemberReadable(scope, name)) {
          return INTEROP.readMember(scope, name);
        }
      }
    } catch (InteropException | RuntimeException e) {
      // No receiver here.
    }
    return Undefined.instance;
  }

  private List<Object> scopeObjects(Place place) {
    List<Object> found = new ArrayList<>();
    try {
      NodeLibrary nodes = NodeLibrary.getUncached();
      if (nodes.hasScope(place.node, place.frame)) {
        Object scope = nodes.getScope(place.node, place.frame, place.enter);
        found.add(scope);
        while (INTEROP.hasScopeParent(scope)) {
          scope = INTEROP.getScopeParent(scope);
          found.add(scope);
        }
      }
    } catch (InteropException e) {
      // As far as it went.
    }
    return found;
  }

  /** {@code [{isFunction, name, startLine, ...}]} from the inside out, without the global ones. */
  private List<Object> scopes(Place place) {
    List<Object> result = new ArrayList<>();
    RootNode root = place.node.getRootNode();
    String outermost = root == null ? "" : String.valueOf(root.getName());
    for (Object scope : scopeObjects(place)) {
      Map<String, @Nullable Object> described = new LinkedHashMap<>();
      try {
        String name = INTEROP.asString(INTEROP.toDisplayString(scope));
        described.put("name", name);
        described.put("isBlock", name.equals("block") || name.equals("catch"));
        described.put("isOwn", name.equals(outermost));
        described.put("size", INTEROP.getArraySize(INTEROP.getMembers(scope)));
        if (INTEROP.hasSourceLocation(scope)) {
          SourceSection section = INTEROP.getSourceLocation(scope);
          if (section.isAvailable()) {
            described.put("startLine", section.getStartLine() - 1);
            described.put("startColumn", section.getStartColumn() - 1);
            described.put("endLine", section.getEndLine() - 1);
            described.put("endColumn", section.getEndColumn());
            described.put("script", scripts.number(section.getSource()));
          }
        }
      } catch (InteropException e) {
        described.putIfAbsent("name", "");
      }
      result.add(realm.values.toJavaScript(described));
    }
    return result;
  }

  /** The variables of a scope as an object without a prototype; it does not change them. */
  Object variables(int frame, int scope) {
    JSObject result = JSOrdinary.createWithPrototype(Null.instance, realm.context);
    Object found = scopeObjects(place(frame)).get(scope);
    try {
      Object names = INTEROP.getMembers(found);
      long count = INTEROP.getArraySize(names);
      for (long i = 0; i < count; i++) {
        String name = INTEROP.asString(INTEROP.readArrayElement(names, i));
        if (name.equals("this")) {
          continue;
        }
        Object value = Undefined.instance;
        try {
          value = INTEROP.readMember(found, name);
        } catch (InteropException | RuntimeException e) {
          // Declared further down.
        }
        JSObject.set(result, Values.string(name), value);
      }
    } catch (InteropException e) {
      // As far as it went.
    }
    return result;
  }

  void setVariable(int frame, int scope, String name, Object value) {
    try {
      INTEROP.writeMember(scopeObjects(place(frame)).get(scope), name, value);
    } catch (InteropException e) {
      throw new IllegalArgumentException("Could not find scope with given number", e);
    }
  }

  private Place place(int frame) {
    Place place = frame >= 0 && frame < places.size() ? places.get(frame) : null;
    if (place == null) {
      throw new IllegalArgumentException("Could not find call frame with given id");
    }
    return place;
  }

  /** Runs code with the variables of a frame. */
  @TruffleBoundary
  Object evaluate(int frame, String code) {
    Place place = place(frame);
    Source source = Source.newBuilder("js", code, EVALUATED).build();
    boolean strict =
        place.node.getRootNode() instanceof FunctionRootNode function
            && function.getFunctionData().isStrict();
    JavaScriptNode expression;
    try {
      expression =
          realm
              .context
              .getEvaluator()
              .parseInlineScript(realm.context, source, place.frame, strict, place.node);
    } catch (GraalJSException | ParserException e) {
      throw SourceParser.inV8Words(e, source, 0);
    }
    return new EvaluationRoot(realm, expression).run(place.frame);
  }

  /** Holds code that runs on the frame of somebody else. */
  private static final class EvaluationRoot extends JavaScriptRootNode {
    @Child private JavaScriptNode expression;

    EvaluationRoot(Realm realm, JavaScriptNode expression) {
      super(realm.context.getLanguage(), null, null);
      this.expression = insert(expression);
    }

    Object run(MaterializedFrame frame) {
      RootCallTarget adopted = getCallTarget();
      assert adopted != null;
      return expression.execute(frame);
    }

    @Override
    public Object execute(VirtualFrame frame) {
      throw new IllegalStateException("Runs on the frame of another root");
    }
  }
}
