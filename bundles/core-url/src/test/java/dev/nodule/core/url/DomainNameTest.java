package dev.nodule.core.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in other scripts than ASCII. */
class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "bücher, bcher-kva",
    "münchen-ost, mnchen-ost-9db",
    "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
    "ü, tda",
    "😀, e28h",
  })
  void punycodeGoesBothWays(String text, String code) {
    assertEquals(code, Punycode.encode(text));
    assertEquals(text, Punycode.decode(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-ü", "99999999", "-!", "a b"})
  void punycodeRefusesWhatIsNone(String code) {
    assertNull(Punycode.decode(code));
  }

  @ParameterizedTest
  @CsvSource({
    "EXAMPLE.com, example.com",
    "faß.de, xn--fa-hia.de",
    "ＡＢ.de, ab.de",
    "a。b, a.b",
    "xn--bcher-kva.de, xn--bcher-kva.de",
  })
  void domainsBecomeAscii(String name, String ascii) {
    assertEquals(ascii, DomainName.toAscii(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xn--", "xn--a-ü", "a\u200cb"})
  void notEveryNameIsADomain(String name) {
    assertNull(DomainName.toAscii(name));
  }

  @Test
  void asciiBecomesUnicodeWhereItIsValid() {
    assertEquals("bücher.de", DomainName.toUnicode("xn--bcher-kva.de"));
    assertEquals("plain.de", DomainName.toUnicode("plain.de"));
  }
}
