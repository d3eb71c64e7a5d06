package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Properties that are made when they are first read. */
class LazyPropertyTest {
  private final TestRealm test = new TestRealm();

  @BeforeEach
  void define() {
    Object target = test.run("var made = 0; var target = {}; target");
    Object make = test.run("() => 'value' + ++made");
    LazyProperty.define(target, "open", true, true, make);
    LazyProperty.define(target, "fixed", false, false, make);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void isMadeOnceAndNotBeforeItIsRead() {
    assertEquals("0 true", test.show("made + ' ' + ('open' in target)"));
    assertEquals("value1 value1 1", test.show("[target.open, target.open, made].join(' ')"));
  }

  @Test
  void looksLikeAnyOtherProperty() {
    assertEquals(
        "{\"value\":\"value1\",\"writable\":true,\"enumerable\":true,\"configurable\":true}",
        test.show("JSON.stringify(Object.getOwnPropertyDescriptor(target, 'open'))"));
    assertEquals(
        "{\"value\":\"value2\",\"writable\":false,\"enumerable\":false,\"configurable\":true}",
        test.show("JSON.stringify(Object.getOwnPropertyDescriptor(target, 'fixed'))"));
    assertEquals("open", test.show("Object.keys(target).join()"));
  }

  @Test
  void isAssignedRedefinedAndDeleted() {
    assertEquals("mine 0", test.show("target.open = 'mine'; target.open + ' ' + made"));
    assertEquals(
        "TypeError value1",
        test.show(
            "'use strict'; try { target.fixed = 'mine' } catch ({ name }) { name + ' ' + target.fixed }"));
    assertEquals(
        "5 true",
        test.show(
            "Object.defineProperty(target, 'fixed', { value: 5 }); target.fixed + ' ' + delete target.fixed"));
    assertEquals("undefined", test.show("typeof target.fixed"));
  }

  @Test
  void readingLeavesTheShapeOfItsObject() {
    JSDynamicObject target = (JSDynamicObject) test.run("target");
    Shape shape = target.getShape();
    test.run("target.open");
    assertSame(shape, target.getShape());
  }
}
