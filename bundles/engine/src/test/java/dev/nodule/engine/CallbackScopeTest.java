package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.nodule.api.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callbacks, microtasks and the asynchronous context at the border of the loop. */
class CallbackScopeTest {
  private final TestRealm test = new TestRealm();

  @AfterEach
  void close() {
    test.close();
  }

  private Callback callback(String source) {
    return test.realm.javaScript().callback(test.run("(" + source + ")"));
  }

  @Test
  void microtasksRunWhenTheCallbackHasReturned() {
    test.run("var order = []");
    callback(
            "() => { Promise.resolve().then(() => order.push('microtask')); order.push('callback'); }")
        .invoke();
    assertEquals("callback,microtask", test.show("order.join()"));
  }

  @Test
  void microtasksDoNotRunByThemselves() {
    test.run("var order = []; Promise.resolve().then(() => order.push('microtask'))");
    assertEquals("", test.show("order.join()"));
    test.realm.scope().drainMicrotasks();
    assertEquals("microtask", test.show("order.join()"));
  }

  @Test
  void onlyTheOutermostCallbackDrains() {
    Callback inner = callback("() => { Promise.resolve().then(() => order.push('microtask')); }");
    test.define("enter", arguments -> inner.invoke());
    test.run("var order = []");
    callback("() => { enter(); order.push('after') }").invoke();
    assertEquals("after,microtask", test.show("order.join()"));
    assertEquals(1, test.drains);
  }

  @Test
  void whatACallbackThrowsGoesToTheHooksAndTheQueueIsDrained() {
    test.run("var order = []");
    Object result =
        callback(
                "() => { Promise.resolve().then(() => order.push('microtask')); throw new Error('x') }")
            .invoke();
    assertNull(result);
    assertEquals(1, test.uncaught.size());
    assertEquals("microtask", test.show("order.join()"));
    callback("() => order.push('next')").invoke();
    assertEquals(2, test.drains);
  }

  @Test
  void aCallbackGivesReceiverArgumentsAndResult() {
    Object receiver = test.run("({ base: 10 })");
    Object result =
        callback("function (a, b) { return this.base + a + b }").invokeOn(receiver, 1, 2L);
    assertEquals("13", test.realm.javaScript().toDisplayString(String.valueOf(result)));
  }

  @Test
  void aCallbackEntersTheContextOfItsRegistration() {
    test.define("current", arguments -> Introspection.asyncContext(test.realm));
    Introspection.setAsyncContext(test.realm, Values.string("at registration"));
    Callback callback = callback("() => { seen.push(current()) }");
    Introspection.setAsyncContext(test.realm, Values.string("now"));
    test.run("var seen = []");
    callback.invoke();
    assertEquals("at registration", test.show("seen.join()"));
    assertEquals("now", test.show("current()"), "and leaves it");
  }

  @Test
  void promisesCarryTheContext() {
    test.define("current", arguments -> Introspection.asyncContext(test.realm));
    test.run("var seen = []");
    Introspection.setAsyncContext(test.realm, Values.string("a"));
    test.run("Promise.resolve().then(() => seen.push(current()))");
    Introspection.setAsyncContext(test.realm, Values.string("b"));
    test.run("(async () => { await null; seen.push(current()) })()");
    Introspection.setAsyncContext(test.realm, test.realm.javaScript().undefined());
    test.realm.scope().drainMicrotasks();
    assertEquals("a,b", test.show("seen.join()"));
    assertEquals("undefined", test.show("String(current())"));
  }
}
