package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

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
    Object exports =
        test.run(
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
                + "'; } } })");
    Object object = face.publish(exports);
    test.set("sample", object);
    return object;
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
}
