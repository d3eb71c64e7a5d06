package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSAgent;

/** One JavaScript thread, as the engine's shared memory knows it: it may wait, and be woken. */
final class RealmAgent extends JSAgent {
  volatile Runnable whenWoken = () -> {};

  RealmAgent() {
    super(true);
  }

  @Override
  public void wake() {
    whenWoken.run();
  }
}
