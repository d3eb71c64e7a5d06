package dev.nodule.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nodule.api.Callback;
import dev.nodule.engine.Introspection;
import dev.nodule.engine.Realm;
import dev.nodule.engine.RealmOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs at the end of a callback, and in which order. */
class TickQueueTest {
  private final TickQueue ticks = new TickQueue();
  private final Realm realm = Realm.create(new RealmOptions(), ticks);
  private final List<Throwable> uncaught = new ArrayList<>();
  private int rejections;

  @BeforeEach
  void connect() {
    ticks.connect(
        realm.scope(),
        uncaught::add,
        () -> {
          realm.runScript("order.push('rejections')", "test.js");
          return rejections-- > 0;
        });
    realm
        .binding(realm.global())
        .function(
            "tick",
            1,
            arguments -> {
              ticks.add(arguments.callback(0), new Object[] {arguments.value(1)});
              return null;
            })
        .function(
            "micro",
            1,
            arguments -> {
              Introspection.queueMicrotask(realm, arguments.callback(0));
              return null;
            });
    realm.runScript("var order = []; var add = (name) => order.push(name);", "test.js");
  }

  @AfterEach
  void close() {
    realm.close();
  }

  private String run(String body) {
    Callback callback =
        realm.javaScript().callback(realm.runScript("(() => {" + body + "})", "test.js"));
    callback.invoke();
    return realm.javaScript().toDisplayString(realm.runScript("order.join(' ')", "test.js"));
  }

  @Test
  void ticksComeBeforeMicrotasks() {
    assertEquals(
        "now tick micro rejections",
        run("micro(() => add('micro')); tick(add, 'tick'); add('now')"));
  }

  @Test
  void aMicrotasksTickWaitsForAllMicrotasks() {
    assertEquals(
        "a b tick rejections",
        run("micro(() => { add('a'); tick(add, 'tick'); micro(() => add('b')); })"));
  }

  @Test
  void ticksOfTicksRunBeforeMicrotasks() {
    assertEquals(
        "first second micro rejections",
        run("tick(() => { micro(() => add('micro')); tick(add, 'second'); add('first'); })"));
  }

  @Test
  void aTickThatThrowsDoesNotStopTheNext() {
    assertEquals(
        "next micro rejections",
        run("micro(() => add('micro')); tick(() => { throw new Error('x') }); tick(add, 'next')"));
    assertEquals(1, uncaught.size());
  }

  @Test
  void rejectionsThatDidSomethingAreFollowedByAnotherRound() {
    rejections = 2;
    assertEquals("rejections rejections rejections", run(""));
  }
}
