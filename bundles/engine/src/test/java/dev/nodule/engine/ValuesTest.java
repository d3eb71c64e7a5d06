package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Errno;
import dev.nodule.api.NodeException;
import dev.nodule.api.SystemException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values on their way between Java and JavaScript. */
class ValuesTest {
  private final TestRealm test = new TestRealm();

  @AfterEach
  void close() {
    test.close();
  }

  private void assertShows(String expected, Object value, String expression) {
    test.set("value", value);
    assertEquals(expected, test.show(expression));
  }

  /** Calls a native function from JavaScript and looks at its arguments. */
  private void withArguments(String arguments, Consumer<Arguments> check) {
    boolean[] called = new boolean[1];
    test.define(
        "look",
        given -> {
          called[0] = true;
          check.accept(given);
          return null;
        });
    test.run("look(" + arguments + ")");
    assertTrue(called[0]);
    test.uncaught.forEach(
        exception -> {
          throw new AssertionError(exception);
        });
  }

  @Test
  void numbersKeepTheirKind() {
    assertShows("number 7", 7L, "typeof value + ' ' + value");
    assertShows("number 9007199254740991", 9007199254740991L, "typeof value + ' ' + value");
    assertShows(
        "bigint 18446744073709551616", BigInteger.TWO.pow(64), "typeof value + ' ' + value");
    assertShows("true", -0.0, "Object.is(value, -0)");
    assertShows("3", (short) 3, "String(value)");
    assertShows("-1", (byte) -1, "String(value)");
  }

  @Test
  void nothingIsUndefinedAndNullIsNull() {
    assertShows("undefined", null, "String(value)");
    assertShows("null", test.realm.javaScript().nullValue(), "String(value)");
  }

  @Test
  void collectionsBecomeArraysAndObjects() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, "x", true));
    map.put("a", new Object[] {null, new int[] {4, 5}});
    assertShows("{\"b\":[1,\"x\",true],\"a\":[null,[4,5]]}", map, "JSON.stringify(value)");
    assertShows("true", List.of(), "Array.isArray(value) && value.length === 0");
    assertShows("[1]", List.of(), "value.push(1); JSON.stringify(value)");
  }

  @Test
  void stringsKeepLoneSurrogates() {
    assertShows("2,55357", "\ud83da", "[value.length, value.charCodeAt(0)].join()");
  }

  @Test
  void bytesAreSharedWithJavaScript() {
    byte[] memory = {1, 2, 3};
    test.set("value", memory);
    test.run("value[1] = 77");
    assertArrayEquals(new byte[] {1, 77, 3}, memory);
    assertEquals("Uint8Array", test.show("value.constructor.name"));
    test.realm
        .javaScript()
        .setBufferPrototype(test.run("({ __proto__: Uint8Array.prototype, isBuffer: true })"));
    assertShows("true", memory, "value.isBuffer && value instanceof Uint8Array");
    test.set("part", test.realm.javaScript().newBuffer(memory, 1, 2));
    assertEquals("77,3 1", test.show("Array.from(part).join() + ' ' + part.byteOffset"));
  }

  @Test
  void viewsReadAsTheirStretchOfMemory() {
    test.run("var memory = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])");
    withArguments(
        "memory.subarray(2, 5), new DataView(memory.buffer, 4, 2), memory.buffer, 'no'",
        arguments -> {
          assertTrue(arguments.isBytes(0) && arguments.isBytes(1) && arguments.isBytes(2));
          assertFalse(arguments.isBytes(3));
          assertArrayEquals(new byte[] {3, 4, 5}, arguments.bytes(0).copy());
          assertArrayEquals(new byte[] {5, 6}, arguments.bytes(1).copy());
          Bytes whole = arguments.bytes(2);
          assertEquals(8, whole.length());
          whole.array()[whole.offset()] = 99;
        });
    assertEquals("99", test.show("String(memory[0])"));
  }

  @Test
  void sharedMemoryIsReadAsACopy() {
    withArguments(
        "(() => { const s = new Uint8Array(new SharedArrayBuffer(4)); s[3] = 9; return s; })()",
        arguments -> assertArrayEquals(new byte[] {0, 0, 0, 9}, arguments.bytes(0).copy()));
  }

  @Test
  void argumentsConvertAndDoNotValidate() {
    withArguments(
        "4294967297, -1.9, 2n ** 40n, NaN, '12', null, undefined, true, 1.5",
        arguments -> {
          assertEquals(9, arguments.length());
          assertEquals(1, arguments.int32(0));
          assertEquals(4294967297L, arguments.int64(0));
          assertEquals(-1L, arguments.int64(1));
          assertEquals(1L << 40, arguments.int64(2));
          assertEquals(0x1p40, arguments.number(2));
          assertEquals(0L, arguments.int64(3));
          assertEquals(12, arguments.int32(4));
          assertEquals("12", arguments.string(4));
          assertTrue(arguments.isString(4));
          assertFalse(arguments.isString(0));
          assertTrue(arguments.isNullish(5) && arguments.isNullish(6) && arguments.isNullish(99));
          assertFalse(arguments.isNullish(3));
          assertNull(arguments.stringOrNull(5));
          assertTrue(arguments.bool(7));
          assertFalse(arguments.bool(99));
          assertEquals(1.5, arguments.number(8));
          assertEquals("undefined", arguments.string(99));
          assertNull(arguments.callbackOrNull(0));
        });
  }

  @Test
  void whatCameFromJavaScriptGoesBackUnchanged() {
    test.define("same", arguments -> arguments.value(0));
    assertEquals(
        "true",
        test.show(
            "[{}, Symbol('s'), 10n, null, undefined, () => 1, 'x', 1.5]"
                + ".every((value) => same(value) === value)"));
    Object object = test.run("var kept = {}; kept");
    Object[] receiver = new Object[1];
    test.define(
        "who",
        arguments -> {
          receiver[0] = arguments.receiver();
          return null;
        });
    test.run("who.call(kept)");
    assertSame(object, receiver[0]);
  }

  @Test
  void nativeFunctionsHaveNameAndLength() {
    test.realm.binding(test.realm.global()).function("read", 3, arguments -> null);
    assertEquals("read 3 undefined", test.show("`${read.name} ${read.length} ${read()}`"));
    assertEquals(
        "TypeError", test.show("try { new read() } catch (error) { error.constructor.name }"));
  }

  @Test
  void anExceptionOfNodeIsItsError() {
    test.define(
        "fail",
        arguments -> {
          throw new SystemException(Errno.ENOENT, "open", "/x");
        });
    assertEquals(
        "Error ENOENT: no such file or directory, open '/x' "
            + "[\"errno\",\"code\",\"syscall\",\"path\"] -2 true",
        test.show(
            "try { fail() } catch (error) { `${error.name} ${error.message} "
                + "${JSON.stringify(Object.keys(error))} ${error.errno} "
                + "${error instanceof Error}` }"));
  }

  @Test
  void theKindOfAnExceptionIsTheClassOfTheError() {
    for (NodeException.Kind kind : NodeException.Kind.values()) {
      test.define(
          "fail",
          arguments -> {
            throw new NodeException(kind, "ERR_X", "text");
          });
      String expected = kind.name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
      assertEquals(
          expected, test.show("try { fail() } catch (e) { e.constructor.name.toLowerCase() }"));
    }
  }

  @Test
  void aDefectIsAnInternalErrorAndCanBeCaught() {
    test.define(
        "fail",
        arguments -> {
          throw new IllegalStateException("broken");
        });
    assertEquals(
        "ERR_INTERNAL_ASSERTION Nodule internal error: java.lang.IllegalStateException: broken",
        test.show("try { fail() } catch (e) { e.code + ' ' + e.message }"));
  }

  @Test
  void aThrownValuePassesThroughJava() {
    test.define(
        "call", arguments -> arguments.callback(0).call(test.realm.javaScript().undefined()));
    assertEquals("42", test.show("try { call(() => { throw 42 }) } catch (e) { String(e) }"));
    test.define(
        "fail",
        arguments -> {
          throw test.realm.javaScript().toException(arguments.value(0));
        });
    assertEquals(
        "true", test.show("const it = {}; try { fail(it) } catch (e) { String(e === it) }"));
  }

  @Test
  void hiddenPropertiesAreNotEnumerated() {
    Object object = test.realm.newObject();
    test.realm.javaScript().defineHidden(object, "secret", 1);
    test.set("value", object);
    assertEquals("0 1", test.show("Object.keys(value).length + ' ' + value.secret"));
  }
}
