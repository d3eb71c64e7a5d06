package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application sees of a module while revisions come and go. */
class ModuleFaceTest {
  private final TestRealm test = new TestRealm();
  private final ModuleFace face = new ModuleFace(test.realm, "sample");

  @BeforeEach
  void firstRevision() {
    publish("1");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private Object publish(String revision) {
    Object object = face.publish(exports(revision));
    test.set("sample", object);
    return object;
  }

  private Object exports(String revision) {
    return test.realm.runScript(
        "({ read() { return 'read"
            + revision
            + "'; }, nested: { deep() { return 'deep"
            + revision
            + "'; } }, version: "
            + revision
            + ", Thing: class Thing { constructor() { this.made = "
            + revision
            + "; } shape() { return 'shape"
            + revision
            + "'; } } })",
        // Members of the application's own stay on a prototype: these are the core's.
        "node:sample");
  }

  @Test
  void theObjectAndItsFunctionsAreTheSameForEver() {
    Object before = face.object();
    test.run("var { read } = sample; var { deep } = sample.nested; var { Thing } = sample;");
    assertSame(before, publish("2"));
    assertEquals(
        "true true true",
        test.show(
            "[read === sample.read, deep === sample.nested.deep, Thing === sample.Thing].join(' ')"));
    assertEquals("read2 deep2 2", test.show("[read(), deep(), sample.version].join(' ')"));
  }

  @Test
  void instancesOfAllRevisionsHaveOnePrototype() {
    test.run("var { Thing } = sample; var old = new Thing();");
    publish("2");
    assertEquals(
        "true true 1 2 shape2",
        test.show(
            "const young = new sample.Thing(); [old instanceof sample.Thing, young instanceof Thing, "
                + "old.made, young.made, old.shape()].join(' ')"));
  }

  @Test
  void methodsCopiedOffAPrototypeFollow() {
    test.run("var { Thing } = sample; var { shape } = Thing.prototype; var old = new Thing();");
    publish("2");
    assertEquals(
        "true shape2", test.show("[shape === Thing.prototype.shape, shape.call(old)].join(' ')"));
  }

  @Test
  void noRevisionChangesTheShapeOfAPrototype() {
    JSDynamicObject prototype = (JSDynamicObject) test.run("sample.Thing.prototype");
    Shape shape = prototype.getShape();
    publish("2");
    assertSame(shape, prototype.getShape());
  }

  @Test
  void theSameExportsOnceMoreChangeNothing() {
    Object exports = exports("2");
    test.set("sample", face.publish(exports));
    assertEquals("shape2", test.show("new sample.Thing().shape()"));
    face.publish(exports);
    assertEquals("shape2", test.show("new sample.Thing().shape()"));
    publish("3");
    assertEquals("shape3", test.show("new sample.Thing().shape()"));
  }

  @Test
  void whatTheApplicationPutThereStays() {
    test.run("sample.read = () => 'mine'");
    publish("2");
    assertEquals("mine deep2", test.show("sample.read() + ' ' + sample.nested.deep()"));
  }

  @Test
  void withoutAProviderEveryHeldFunctionFails() {
    test.run("var { read } = sample");
    face.withdraw();
    assertEquals(
        "ERR_MODULE_UNAVAILABLE sample",
        test.show("try { read() } catch (error) { error.code + ' ' + error.module }"));
    publish("2");
    assertEquals("read2", test.show("read()"));
  }

  @Test
  void anObjectOfTheRealmIsTheFace() {
    Object seat = test.run("function Seat() {} Seat.own = 'own'; var taken; Seat");
    ModuleFace seated = new ModuleFace(test.realm, "seated", seat);
    for (String revision : new String[] {"1", "2"}) {
      Object exports =
          test.realm.runScript(
              "(() => { const e = { call() { return 'call"
                  + revision
                  + "'; }, data: "
                  + revision
                  + " };"
                  + " Object.defineProperty(e, 'prototype', { value: { method() { return 'method"
                  + revision
                  + "'; } }, writable: true });"
                  + " Object.defineProperty(e, 'fixed', { get() { return "
                  + revision
                  + "; } }); return e; })()",
              "node:seated");
      assertSame(seat, seated.publish(exports));
      test.run("taken ??= Seat.call; var made = new Seat();");
      assertEquals(
          "call0 method0 0 0 own".replace("0", revision),
          test.show("[taken(), made.method(), Seat.data, Seat.fixed, Seat.own].join(' ')"));
      assertEquals(
          "false", test.show("Object.getOwnPropertyDescriptor(Seat, 'fixed').configurable"));
      test.run("Seat.data = Seat.data === 2 ? 2 : Seat.data;");
    }
  }

  @Test
  void whatIsMadeLateIsMadeByTheCurrentRevision() {
    test.run("var makes = []; var held;");
    ModuleFace late = new ModuleFace(test.realm, "late");
    for (String revision : new String[] {"1", "2", "3"}) {
      Object exports = test.realm.runScript("({})", "node:late");
      for (String name : new String[] {"first", "second", "third"}) {
        Object make =
            test.realm.runScript(
                "() => { makes.push('"
                    + name
                    + revision
                    + "'); return () => '"
                    + name
                    + revision
                    + "'; }",
                "node:late");
        LazyProperty.define(exports, name, true, true, make);
      }
      test.set("late", late.publish(exports));
      test.run(
          "held ??= late.first; if (!late.mine) { late.mine = true; late.third = 'assigned'; }");
    }
    assertEquals("first1,first2,first3", test.show("makes.join()"));
    assertEquals("first3 second3", test.show("[held(), late.second()].join(' ')"));
    assertEquals(
        "assigned first,mine,second,third",
        test.show("late.third + ' ' + Object.keys(late).sort().join()"));
  }
}
