package dev.nodule.engine;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import org.jspecify.annotations.Nullable;

/**
 * What a face forwards to at one time; immutable, published by one write.
 *
 * @param functions by slot; null where the revision has no such function
 * @param owners by slot: the function whose static this is, null if none
 * @param ownerFaces by slot: the face of that owner
 */
record FaceRevision(
    Assumption valid,
    @CompilationFinal(dimensions = 1) @Nullable JSFunctionObject[] functions,
    @CompilationFinal(dimensions = 1) @Nullable JSFunctionObject[] owners,
    @CompilationFinal(dimensions = 1) @Nullable JSFunctionObject[] ownerFaces) {
  static FaceRevision empty(int slots) {
    return new FaceRevision(
        Truffle.getRuntime().createAssumption("module revision"),
        new JSFunctionObject[slots],
        new JSFunctionObject[slots],
        new JSFunctionObject[slots]);
  }
}
