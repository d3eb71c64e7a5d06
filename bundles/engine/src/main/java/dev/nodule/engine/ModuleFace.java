package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.JSOrdinaryObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.NodeException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exports object that {@code require} gives for a core module: the same for the life of the
 * realm, while revisions of the module come and go behind it. See docs/hot-swap.md.
 */
public final class ModuleFace {
  private static final TruffleString PROTOTYPE = Values.string("prototype");
  private static final TruffleString NAME = Values.string("name");
  private static final TruffleString LENGTH = Values.string("length");
  private static final TruffleString CONSTRUCTOR = Values.string("constructor");
  private static final HiddenKey OFF_FACE = new HiddenKey("nodule.offFace");
  private static final HiddenKey CLAIMED = new HiddenKey("nodule.members");
  private static final Set<String> OWN_FUNCTION_KEYS =
      Set.of("name", "length", "prototype", "arguments", "caller");

  private final Realm realm;
  private final String module;

  /** What each function of the face forwards to, by path. */
  private final Map<String, FaceSlot> slots = new HashMap<>();

  private final List<WeakReference<ForwarderRoot>> forwarders = new ArrayList<>();

  /** The objects of the face by path. */
  private final Map<String, JSDynamicObject> objects = new HashMap<>();

  /** The data that each path was given at the last publication. */
  private final Map<String, Object> lastValues = new HashMap<>();

  /** The current revision's lazy properties by path, where the face has one in their place. */
  private final Map<String, LazyProperty> lazySources = new HashMap<>();

  /** What each path had as keys at the last publication. */
  private final Map<String, Set<Object>> keys = new HashMap<>();

  /** The values of the current revision and what stands for them. */
  private Map<Object, JSDynamicObject> covered = Map.of();

  /** Calls of this face's functions, of all revisions. */
  private final FaceCounters counters = new FaceCounters();

  private boolean available;
  private @Nullable Absence absence;

  /** Whether the stable object was there before the module. */
  private final boolean seated;

  public ModuleFace(Realm realm, String module) {
    this(realm, module, null);
  }

  /**
   * A face that is an object of the realm: {@code seat} is given the properties of exports, and its
   * prototype, if it is a constructor, those of the plain object that exports have under that name.
   */
  public ModuleFace(Realm realm, String module, @Nullable Object seat) {
    this.realm = realm;
    this.module = module;
    seated = seat != null;
    if (seat != null) {
      objects.put("", (JSDynamicObject) seat);
      if (seat instanceof JSFunctionObject constructor) {
        objects.put(".prototype", (JSDynamicObject) JSObject.get(constructor, PROTOTYPE));
      }
    }
  }

  /** What is asked when a function of a module without a provider is called. */
  public interface Absence {
    /** Waits for a provider as long as the process may; true once the face was published again. */
    boolean resolve();
  }

  /** Who may wait for a provider; none means that calls fail at once. */
  public void setAbsence(Absence waiting) {
    absence = waiting;
  }

  public FaceCounters counters() {
    return counters;
  }

  /** See {@link CallerAttribution#enter}. */
  @TruffleBoundary
  @Nullable Object enter(boolean isMember) {
    CallerAttribution attribution = realm.attribution;
    return attribution == null || !attribution.covers(module)
        ? null
        : attribution.enter(module, isMember);
  }

  @TruffleBoundary
  void leave(Object before) {
    Objects.requireNonNull(realm.attribution, "enter").leave(before);
  }

  synchronized void remember(ForwarderRoot root) {
    forwarders.add(new WeakReference<>(root));
  }

  /** Whether a wait for a provider has brought one. */
  @TruffleBoundary
  boolean waitForProvider() {
    Absence waiting = absence;
    return !available && waiting != null && waiting.resolve();
  }

  @TruffleBoundary
  RuntimeException missing(String name) {
    NodeException exception =
        available
            ? new NodeException(
                NodeException.Kind.TYPE_ERROR,
                null,
                name + " is not a function of this version of core module '" + module + "'")
            : unavailable(module);
    return realm.values.toGuestException(exception);
  }

  /** The error of a call into a module that has no provider. */
  public static NodeException unavailable(String module) {
    return new NodeException(
            "ERR_MODULE_UNAVAILABLE",
            "Core module '" + module + "' is not available in this process")
        .with("module", module);
  }

  /**
   * Whether exports can have a face: objects and functions can, other values are handed out as they
   * are.
   */
  public static boolean canCover(Object exports) {
    return exports instanceof JSFunctionObject || exports instanceof JSOrdinaryObject;
  }

  /**
   * Hands an object out as it is, although it holds functions or is one: a table that applications
   * write to and the module reads, a class of the realm.
   */
  public static void keepOff(Object object) {
    JSObjectUtil.putHiddenProperty((JSDynamicObject) object, OFF_FACE, true);
  }

  public boolean isAvailable() {
    return available;
  }

  /** The stable object; {@link #publish} has been called. */
  public Object object() {
    return Objects.requireNonNull(objects.get(""), "publish");
  }

  /** What stands for a value of the current revision, null if it is no part of this face. */
  public @Nullable Object partFor(Object value) {
    return covered.get(value);
  }

  /**
   * Makes {@code exports} what the face forwards to. On the realm's thread, between macrotasks.
   *
   * @return the stable object
   */
  public Object publish(Object exports) {
    return publish(exports, List.of());
  }

  /**
   * {@link #publish(Object)}; {@code internals} are the exports of the revision's other files,
   * whose classes may be subclasses of those on the face.
   */
  public Object publish(Object exports, List<Object> internals) {
    Publication publication = new Publication();
    Object face = publication.cover("", exports, null);
    publication.adoptSubclasses(internals);
    publication.finish();
    covered = publication.covered;
    available = true;
    return face;
  }

  /** What a property that was not read yet stands for in the current revision. */
  @TruffleBoundary
  private Object firstValue(String path) {
    LazyProperty source = lazySources.get(path);
    if (!available && !waitForProvider()) {
      throw missing(path);
    }
    if (source == null) {
      return Undefined.instance;
    }
    Publication late = new Publication();
    late.covered.putAll(covered);
    Object value = late.cover(path, source.value(), null);
    late.functions.keySet().forEach(late::connect);
    covered = late.covered;
    return value;
  }

  /** The module has no provider: all calls fail until the next {@link #publish}. */
  public void withdraw() {
    available = false;
    covered = Map.of();
    for (FaceSlot slot : slots.values()) {
      slot.set(null, null, null);
    }
    releaseFormer();
  }

  /** Forwarders let go of code that the current revision does not have. */
  private synchronized void releaseFormer() {
    forwarders.removeIf(
        reference -> {
          ForwarderRoot root = reference.get();
          if (root != null) {
            root.release();
          }
          return root == null;
        });
  }

  /**
   * Whether a function has a prototype that says it is a constructor: a class, or an ES5 function
   * whose prototype was used.
   */
  static boolean hasPrototype(JSFunctionObject function) {
    return JSFunction.getFunctionData(function).isClassConstructor()
        || (JSFunction.getFunctionData(function).isConstructor()
            && JSFunction.isClassPrototypeInitialized(function));
  }

  /** One publication: walks the exports and brings the face into line. */
  private final class Publication {
    private final Map<Object, JSDynamicObject> covered = new IdentityHashMap<>();
    private final Map<FaceSlot, JSFunctionObject> functions = new IdentityHashMap<>();
    private final Map<FaceSlot, JSFunctionObject> owners = new IdentityHashMap<>();

    /** The prototypes that the revision's classes were born with, and the stable ones. */
    private final Map<Object, JSDynamicObject> abandoned = new IdentityHashMap<>();

    /**
     * Subclasses inside the revision were born with the prototypes that their parents no longer
     * have; the stable ones take their place, so that {@code instanceof} and {@code super} agree.
     */
    void adoptSubclasses(List<Object> internals) {
      if (abandoned.isEmpty()) {
        return;
      }
      abandoned.forEach(
          (born, stable) -> {
            adopt((JSDynamicObject) born);
            JSDynamicObject parent = JSObject.getPrototype((JSDynamicObject) born);
            if (parent != stable && JSObject.getPrototype(stable) != parent) {
              JSObject.setPrototype(stable, parent);
            }
          });
      for (Object exports : internals) {
        adoptClass(exports);
        if (exports instanceof JSOrdinaryObject object) {
          for (Object key : JSObject.ownPropertyKeys(object)) {
            PropertyDescriptor descriptor = JSObject.getOwnProperty(object, key);
            if (descriptor != null && descriptor.isDataDescriptor()) {
              adoptClass(descriptor.getValue());
            }
          }
        }
      }
    }

    private void adoptClass(Object value) {
      if (value instanceof JSFunctionObject function
          && hasPrototype(function)
          && JSObject.get(function, PROTOTYPE) instanceof JSDynamicObject prototype) {
        adopt(prototype);
      }
    }

    private void adopt(JSDynamicObject prototype) {
      JSDynamicObject stable = abandoned.get(JSObject.getPrototype(prototype));
      if (stable != null && stable != prototype) {
        JSObject.setPrototype(prototype, stable);
      }
    }

    void finish() {
      slots.values().forEach(this::connect);
      releaseFormer();
    }

    void connect(FaceSlot slot) {
      JSFunctionObject owner = owners.get(slot);
      slot.set(functions.get(slot), owner, (JSFunctionObject) covered.get(owner));
    }

    /** The face of a value of the exports at a path. */
    Object cover(String path, Object value, @Nullable JSFunctionObject owner) {
      JSDynamicObject known = covered.get(value);
      if (known != null) {
        return known;
      }
      if (value instanceof JSDynamicObject object
          && JSDynamicObject.getOrNull(object, OFF_FACE) != null) {
        return value;
      }
      if (value instanceof JSFunctionObject function) {
        return coverFunction(path, function, owner);
      }
      if (value instanceof JSOrdinaryObject object && (path.isEmpty() || isNamespace(object))) {
        return coverObject(path, object);
      }
      return value;
    }

    /** A plain object that holds functions is part of the face; instances and data are values. */
    private boolean isNamespace(JSOrdinaryObject object) {
      JSDynamicObject prototype = JSObject.getPrototype(object);
      if (prototype != realm.js.getObjectPrototype() && prototype != Null.instance) {
        return false;
      }
      for (Object key : JSObject.ownPropertyKeys(object)) {
        PropertyDescriptor descriptor = JSObject.getOwnProperty(object, key);
        if (descriptor != null
            && descriptor.isDataDescriptor()
            && descriptor.getValue() instanceof JSFunctionObject) {
          return true;
        }
      }
      return false;
    }

    private JSDynamicObject coverObject(String path, JSOrdinaryObject object) {
      JSDynamicObject face = objects.get(path);
      if (face == null || (face instanceof JSFunctionObject && !seated)) {
        face = JSOrdinary.createWithPrototype(JSObject.getPrototype(object), realm.context);
        objects.put(path, face);
      }
      covered.put(object, face);
      mirror(path, object, face, null);
      return face;
    }

    private JSFunctionObject coverFunction(
        String path, JSFunctionObject function, @Nullable JSFunctionObject owner) {
      FaceSlot slot = slots.get(path);
      if (slot == null) {
        slot = new FaceSlot(isMember(path));
        slots.put(path, slot);
        JSFunctionObject created =
            ForwarderRoot.function(
                realm, ModuleFace.this, slot, displayName(function, path), function);
        slot.bind(created);
        objects.put(path, created);
        if (hasPrototype(function)) {
          JSFunction.setClassPrototype(created, JSObject.get(function, PROTOTYPE));
        }
      }
      JSFunctionObject face = slot.face();
      functions.put(slot, function);
      if (owner != null) {
        owners.put(slot, owner);
      }
      covered.put(function, face);
      JSDynamicObject parent = JSObject.getPrototype(function);
      JSDynamicObject coveredParent = covered.get(parent);
      JSObject.setPrototype(face, coveredParent != null ? coveredParent : parent);
      if (hasPrototype(function)) {
        sharePrototype(path, function, face);
      }
      mirror(path, function, face, function);
      return face;
    }

    /**
     * Instances of all revisions have one prototype object: the first revision's, whose members are
     * forwarders from the start. A prototype that changed under running code would throw away all
     * compiled code that looks anything up through it.
     */
    private void sharePrototype(String path, JSFunctionObject function, JSFunctionObject face) {
      if (!(JSObject.get(function, PROTOTYPE) instanceof JSDynamicObject implementation)
          || !(JSObject.get(face, PROTOTYPE) instanceof JSDynamicObject stable)) {
        return;
      }
      String members = path + ".prototype";
      JSDynamicObject prototype = stable;
      if (implementation == stable || !keys.containsKey(members)) {
        prototype = implementation;
        JSFunction.setClassPrototype(face, implementation);
        if (keys.containsKey(members)) {
          // The same revision once more: its members are behind the forwarders already.
          keep(members);
        } else if (!isPerRevision(function) && claim(implementation)) {
          mirror(members, implementation, implementation, null);
        }
      } else {
        abandoned.put(implementation, stable);
        JSFunction.setClassPrototype(function, stable);
        mirror(members, implementation, stable, null);
      }
      PropertyDescriptor constructor = JSObject.getOwnProperty(prototype, CONSTRUCTOR);
      if (constructor != null && constructor.isDataDescriptor() && constructor.getValue() != face) {
        JSObject.defineOwnProperty(
            prototype,
            CONSTRUCTOR,
            PropertyDescriptor.createData(
                face, constructor.getEnumerable(), constructor.getWritable(), true));
      }
    }

    private void keep(String members) {
      String prefix = members + ".";
      slots.forEach(
          (path, slot) -> {
            if (path.startsWith(prefix) && slot.function != null) {
              functions.put(slot, slot.function);
              covered.put(slot.function, slot.face());
            }
          });
    }

    /** False if another face has the class too, and so its members. */
    private boolean claim(JSDynamicObject prototype) {
      if (JSDynamicObject.getOrNull(prototype, CLAIMED) != null) {
        return false;
      }
      JSObjectUtil.putHiddenProperty(prototype, CLAIMED, true);
      return true;
    }

    private void mirror(
        String path, JSDynamicObject from, JSDynamicObject to, @Nullable JSFunctionObject owner) {
      Set<Object> published = new HashSet<>();
      for (Object key : JSObject.ownPropertyKeys(from)) {
        if (owner != null
            && key instanceof TruffleString name
            && OWN_FUNCTION_KEYS.contains(name.toJavaStringUncached())) {
          continue;
        }
        String name =
            path
                + "."
                + (key instanceof TruffleString text
                    ? text.toJavaStringUncached()
                    : key.toString());
        LazyProperty lazy = LazyProperty.at(from, key);
        if (lazy != null && from != to) {
          published.add(key);
          defineLazy(to, key, name, lazy);
          continue;
        }
        PropertyDescriptor descriptor = JSObject.getOwnProperty(from, key);
        if (descriptor == null || (abandoned.containsKey(from) && CONSTRUCTOR.equals(key))) {
          continue;
        }
        published.add(key);
        define(to, key, name, descriptor, owner);
      }
      Set<Object> before = keys.put(path, published);
      if (before != null) {
        for (Object key : before) {
          if (!published.contains(key)
              && !(CONSTRUCTOR.equals(key) && abandoned.containsKey(from))) {
            JSObject.delete(to, key);
          }
        }
      }
    }

    /** What the current revision has not made is not made for the face either. */
    private void defineLazy(JSDynamicObject to, Object key, String path, LazyProperty source) {
      LazyProperty former = lazySources.put(path, source);
      boolean isKnown = former != null;
      if (former != null && former != source) {
        former.release();
      }
      LazyProperty existing = LazyProperty.at(to, key);
      if (existing != null && isKnown) {
        if (existing.isMade()) {
          existing.replace(cover(path, source.value(), null));
        }
      } else if (isKnown && JSObject.getOwnProperty(to, key) != null) {
        // The application put a property of its own there; it may hold the function that it found.
        if (slots.containsKey(path)) {
          cover(path, source.value(), null);
        }
      } else {
        LazyProperty.define(
            to, key, source.isEnumerable(), source.isWritable(), () -> firstValue(path));
      }
    }

    private void define(
        JSDynamicObject to,
        Object key,
        String path,
        PropertyDescriptor descriptor,
        @Nullable JSFunctionObject owner) {
      LazyProperty former = lazySources.remove(path) == null ? null : LazyProperty.at(to, key);
      if (former != null) {
        // Another revision made this one late.
        if (former.isAssigned()) {
          cover(path, descriptor.getValue(), owner);
          return;
        }
        JSObject.delete(to, key);
      }
      PropertyDescriptor existing = JSObject.getOwnProperty(to, key);
      // An object of the realm keeps what Node.js fixes for good.
      boolean configurable = !seated || descriptor.getConfigurable();
      if (descriptor.isAccessorDescriptor()) {
        Object get = accessor(path + "#get", descriptor.getGet(), owner);
        Object set = accessor(path + "#set", descriptor.getSet(), owner);
        if (existing != null
            && existing.isAccessorDescriptor()
            && existing.getGet() == get
            && existing.getSet() == set) {
          return;
        }
        JSObject.defineOwnProperty(
            to,
            key,
            PropertyDescriptor.createAccessor(get, set, descriptor.getEnumerable(), configurable));
        return;
      }
      Object value = cover(path, descriptor.getValue(), owner);
      if (existing != null && !isOurs(existing, path)) {
        // The application put a value of its own there: it stays.
        return;
      }
      lastValues.put(path, value);
      if (existing != null
          && existing.isDataDescriptor()
          && existing.getValue() == value
          && existing.getEnumerable() == descriptor.getEnumerable()
          && existing.getWritable() == descriptor.getWritable()) {
        return;
      }
      JSObject.defineOwnProperty(
          to,
          key,
          PropertyDescriptor.createData(
              value,
              descriptor.getEnumerable(),
              descriptor.getWritable(),
              configurable && !isConstant(descriptor)));
    }

    /** No revision gives it another value. */
    private static boolean isConstant(PropertyDescriptor descriptor) {
      return !descriptor.getConfigurable()
          && !descriptor.getWritable()
          && !(descriptor.getValue() instanceof JSDynamicObject);
    }

    private boolean isOurs(PropertyDescriptor existing, String path) {
      if (!existing.isDataDescriptor()) {
        return true;
      }
      return lastValues.containsKey(path)
          ? JSRuntime.isSameValue(existing.getValue(), lastValues.get(path))
          : !(existing.getValue() instanceof JSFunctionObject function) || isCore(function);
    }

    private Object accessor(
        String path, @Nullable Object function, @Nullable JSFunctionObject owner) {
      if (!(function instanceof JSFunctionObject implementation)) {
        return Undefined.instance;
      }
      JSFunctionObject forwarder = coverFunction(path, implementation, owner);
      return forwarder;
    }
  }

  /** The name that a function was given last: the property, if it is there. */
  static TruffleString publicName(JSFunctionObject function) {
    PropertyDescriptor own = JSObject.getOwnProperty(function, NAME);
    return own != null && own.isDataDescriptor() && own.getValue() instanceof TruffleString name
        ? name
        : JSFunction.getFunctionData(function).getName();
  }

  /** The length that a function was given last, as {@link #publicName}. */
  static int publicLength(JSFunctionObject function) {
    PropertyDescriptor own = JSObject.getOwnProperty(function, LENGTH);
    return own != null && own.isDataDescriptor() && own.getValue() instanceof Integer length
        ? length
        : JSFunction.getFunctionData(function).getLength();
  }

  /** Whether core JavaScript, or Java, made the function. */
  private static boolean isCore(JSFunctionObject function) {
    SourceSection section =
        JSFunction.getFunctionData(function).getCallTarget() instanceof RootCallTarget target
            ? target.getRootNode().getSourceSection()
            : null;
    return section == null
        || !section.isAvailable()
        || section.getSource().getName().startsWith("node:");
  }

  /** Whether a class says that its instances belong to the revision that made them. */
  private boolean isPerRevision(JSFunctionObject function) {
    Symbol mark = realm.perRevisionSymbol;
    return mark != null && JSObject.hasOwnProperty(function, mark);
  }

  /** A method that instances are given away with; those of the loader itself are none. */
  private boolean isMember(String path) {
    return path.contains(".prototype.") && !(module.equals("module") && path.contains("._"));
  }

  private static String displayName(JSFunctionObject function, String path) {
    // The property, as Node.js gives some functions another name than they were written with.
    Object name = JSObject.get(function, NAME);
    String text = name instanceof TruffleString given ? given.toJavaStringUncached() : "";
    return text.isEmpty() ? path : text;
  }
}
