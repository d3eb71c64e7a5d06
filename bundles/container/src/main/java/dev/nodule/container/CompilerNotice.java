package dev.nodule.container;

import dev.nodule.engine.RealmOptions;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the container's log, once, that JavaScript is not compiled. */
final class CompilerNotice {
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private CompilerNotice() {}

  static void tellOnce() {
    if (!TOLD.getAndSet(true) && !RealmOptions.optimizing()) {
      System.getLogger("dev.nodule.container")
          .log(
              Level.WARNING,
              "JavaScript is interpreted in this container, and several times slower than in a process of the nodule command");
    }
  }
}
