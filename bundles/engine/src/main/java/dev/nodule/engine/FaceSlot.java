package dev.nodule.engine;

import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import org.jspecify.annotations.Nullable;

/**
 * What one function on a face forwards to now. Read by every call; written on the realm's thread
 * alone, between macrotasks, so that a call never sees half a revision.
 */
final class FaceSlot {
  /** The function on the face; the same for good, set right after the slot was made. */
  @Nullable JSFunctionObject face;

  /** The current revision's function; null if it has none. */
  @Nullable JSFunctionObject function;

  /** The function whose static this is, null if it is none. */
  @Nullable JSFunctionObject owner;

  /** The face of {@link #owner}. */
  @Nullable JSFunctionObject ownerFace;

  void set(
      @Nullable JSFunctionObject next,
      @Nullable JSFunctionObject nextOwner,
      @Nullable JSFunctionObject nextOwnerFace) {
    function = next;
    owner = nextOwner;
    ownerFace = nextOwnerFace;
  }
}
