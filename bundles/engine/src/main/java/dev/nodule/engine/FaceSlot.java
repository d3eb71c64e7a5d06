package dev.nodule.engine;

import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one function on a face forwards to now. Read by every call; written on the realm's thread
 * alone, between macrotasks, so that a call never sees half a revision.
 */
final class FaceSlot {
  /** Whether this is a method of instances. */
  final boolean isMember;

  private @Nullable JSFunctionObject face;

  /** The current revision's function; null if it has none. */
  @Nullable JSFunctionObject function;

  /** The function whose static this is, null if it is none. */
  @Nullable JSFunctionObject owner;

  /** The face of {@link #owner}. */
  @Nullable JSFunctionObject ownerFace;

  FaceSlot(boolean isMember) {
    this.isMember = isMember;
  }

  /** The function on the face; the same for good. */
  JSFunctionObject face() {
    return Objects.requireNonNull(face, "bind");
  }

  /** Right after the function was made, which needs the slot. */
  void bind(JSFunctionObject onFace) {
    face = onFace;
  }

  void set(
      @Nullable JSFunctionObject next,
      @Nullable JSFunctionObject nextOwner,
      @Nullable JSFunctionObject nextOwnerFace) {
    function = next;
    owner = nextOwner;
    ownerFace = nextOwnerFace;
  }
}
