package dev.nodule.engine;

import dev.nodule.api.NativeFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A realm whose hooks run the microtasks and note what was not caught. */
final class TestRealm implements AutoCloseable {
  final List<Throwable> uncaught = new ArrayList<>();
  final Realm realm =
      Realm.create(
          new RealmOptions(),
          new RealmHooks() {
            @Override
            public void drain() {
              drains++;
              realm.scope().drainMicrotasks();
            }

            @Override
            public void uncaught(Throwable exception) {
              uncaught.add(exception);
            }
          });
  int drains;

  /** The completion value of a script. */
  Object run(String source) {
    return realm.runScript(source, "test.js");
  }

  /** The same as text. */
  String show(String source) {
    return realm.javaScript().toDisplayString(run(source));
  }

  /** A global function written in Java. */
  void define(String name, NativeFunction function) {
    realm.binding(realm.global()).function(name, 1, function);
  }

  /** A global value, converted. */
  void set(String name, @Nullable Object value) {
    realm.javaScript().set(realm.global(), name, value);
  }

  @Override
  public void close() {
    realm.close();
  }
}
