package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How often the functions of a face were called and threw, and what became of the last promises
 * that they gave. Written by the JavaScript thread without any order; readers on other threads see
 * values that are a little old.
 */
public final class FaceCounters {
  /** A sample is enough to tell a share. */
  private static final int PROMISES = 256;

  long calls;
  long errors;
  private final AtomicReferenceArray<WeakReference<JSPromiseObject>> promises =
      new AtomicReferenceArray<>(PROMISES);
  private int next;
  private long settled;
  private long rejected;

  public long calls() {
    return calls;
  }

  public long errors() {
    return errors;
  }

  @TruffleBoundary
  void given(JSPromiseObject promise) {
    promises.lazySet(next++ & (PROMISES - 1), new WeakReference<>(promise));
  }

  /** Counts what has settled since the last time. */
  private synchronized void lookAtPromises() {
    for (int i = 0; i < PROMISES; i++) {
      WeakReference<JSPromiseObject> reference = promises.get(i);
      JSPromiseObject promise = reference == null ? null : reference.get();
      if (promise != null
          && !JSPromise.isPending(promise)
          && promises.compareAndSet(i, reference, null)) {
        settled++;
        if (JSPromise.isRejected(promise)) {
          rejected++;
        }
      }
    }
  }

  /** Promises of a sample that settled, up to now. */
  public synchronized long settled() {
    lookAtPromises();
    return settled;
  }

  /** Those of {@link #settled} that were rejected. */
  public synchronized long rejected() {
    return rejected;
  }
}
