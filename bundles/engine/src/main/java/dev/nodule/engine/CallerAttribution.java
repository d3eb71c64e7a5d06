package dev.nodule.engine;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose code is running, for the permissions of packages: that of the nearest frame of the
 * application or a package on the stack, and where there is none, of the one in whose call the work
 * was scheduled. Core JavaScript has no part of its own: it acts for its caller. See
 * docs/permissions.md.
 *
 * <p>While nobody has asked for it nothing of this runs: {@link #isOn()} is a constant in compiled
 * code.
 */
public final class CallerAttribution {
  private static final Assumption OFF =
      Truffle.getRuntime().createAssumption("no permissions of packages");

  /** Stands for what a file without an owner has: core JavaScript, built-ins, {@code eval}. */
  private static final Object NOBODY = new Object();

  /** The same for core JavaScript. */
  private static final Object CORE = new Object();

  private final Realm realm;

  /** Asked for the owner of a file, by the name of its source. */
  private final Callback ownerOf;

  /** Throws if an owner may not call functions of a core module. */
  private final Callback demandModule;

  /** The core modules whose functions are called for somebody. */
  private final Set<String> modules;

  private final Map<RootNode, Object> owners = new WeakHashMap<>();

  /** Of code that says by itself what its file is called: who had it compiled. */
  private final Map<Source, Object> claims = new WeakHashMap<>();

  private final Map<Object, Map<String, Boolean>> admitted = new HashMap<>();

  private CallerAttribution(
      Realm realm, Callback ownerOf, Callback demandModule, Set<String> modules) {
    this.realm = realm;
    this.ownerOf = ownerOf;
    this.demandModule = demandModule;
    this.modules = modules;
  }

  /** Whether any realm of this process asks whose code is running. */
  static boolean isOn() {
    return !OFF.isValid();
  }

  /**
   * From now on, for good: {@code ownerOf(name)} gives the owner of a file or undefined, {@code
   * demandModule(owner, module)} throws.
   */
  private static void start(
      Realm realm, Callback ownerOf, Callback demandModule, Set<String> modules) {
    realm.attribution = new CallerAttribution(realm, ownerOf, demandModule, modules);
    OFF.invalidate();
  }

  /** Fills the natives that core JavaScript asks. */
  public static void natives(Realm realm, Binding binding) {
    binding
        .function("currentOwner", 0, arguments -> orUndefined(currentOwner(realm)))
        .function("nearestOwner", 0, arguments -> orUndefined(nearestOwner(realm)))
        .function(
            "startAttribution",
            3,
            arguments -> {
              start(
                  realm,
                  arguments.callback(0),
                  arguments.callback(1),
                  Set.of(arguments.string(2).split(",")));
              return null;
            });
  }

  private static Object orUndefined(@Nullable Object owner) {
    return owner == null ? Undefined.instance : owner;
  }

  private static @Nullable Object nearestOwner(Realm realm) {
    CallerAttribution attribution = realm.attribution;
    return attribution == null ? null : new Nearest(attribution).walk().owner;
  }

  private static @Nullable Object currentOwner(Realm realm) {
    Object nearest = nearestOwner(realm);
    return nearest != null ? nearest : realm.asyncContext.owner();
  }

  boolean covers(String module) {
    return modules.contains(module);
  }

  /** Code that is compiled under a name of its maker's choice belongs to its maker. */
  static void claim(Realm realm, Source source) {
    CallerAttribution attribution = realm.attribution;
    if (attribution == null) {
      return;
    }
    Object owner = currentOwner(realm);
    if (owner != null) {
      attribution.claims.put(source, owner);
    }
  }

  /**
   * At each call of a function on a face: what it schedules is scheduled for the caller.
   *
   * @param isMember a method of an instance, which whoever has the instance may call
   * @return what {@link #leave} needs; null if nothing has changed
   */
  @TruffleBoundary
  @Nullable Object enter(String module, boolean isMember) {
    Nearest nearest = new Nearest(this).walk();
    Object owner = nearest.owner;
    if (owner == null) {
      return null;
    }
    if (!isMember && !nearest.fromCore) {
      admit(owner, module);
    }
    if (realm.asyncContext.owner() == owner) {
      return null;
    }
    return realm.asyncContext.swapOwner(owner);
  }

  void leave(Object before) {
    realm.asyncContext.swap(before);
  }

  private void admit(Object owner, String module) {
    Map<String, Boolean> known = admitted.computeIfAbsent(owner, key -> new HashMap<>());
    if (!known.containsKey(module)) {
      demandModule.call(Undefined.instance, owner, module);
      known.put(module, true);
    }
  }

  private Object ownerOf(RootNode root) {
    Object known = owners.get(root);
    if (known == null) {
      known = findOwner(root);
      owners.put(root, known);
    }
    return known;
  }

  private Object findOwner(RootNode root) {
    SourceSection section = root.getSourceSection();
    Source source = section == null ? null : section.getSource();
    if (source == null) {
      return NOBODY;
    }
    Object claimed = claims.get(source);
    if (claimed != null) {
      return claimed;
    }
    if (realm.coreSources.containsKey(source)) {
      return CORE;
    }
    String name = source.getName();
    Object owner = name == null ? Undefined.instance : ownerOf.call(Undefined.instance, name);
    return owner == null || owner == Undefined.instance ? NOBODY : owner;
  }

  /** One look at the stack. */
  private static final class Nearest {
    private final CallerAttribution attribution;
    @Nullable Object owner;

    /** Whether core JavaScript stands between the place that asks and the owner's frame. */
    boolean fromCore;

    Nearest(CallerAttribution attribution) {
      this.attribution = attribution;
    }

    Nearest walk() {
      Truffle.getRuntime().iterateFrames(this::visit);
      return this;
    }

    private @Nullable Object visit(FrameInstance frame) {
      CallTarget target = frame.getCallTarget();
      if (!(target instanceof RootCallTarget root)) {
        return null;
      }
      Object found = attribution.ownerOf(root.getRootNode());
      if (found == CORE) {
        fromCore = true;
        return null;
      }
      if (found == NOBODY) {
        return null;
      }
      owner = found;
      return found;
    }
  }
}
