package dev.nodule.core.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements of DER. */
class DerTest {
  private static Der read(String hex) {
    return Der.read(HexFormat.of().parseHex(hex));
  }

  @Test
  void aSequenceHasItsElementsInOrder() {
    List<Der> children = read("3008020101040361626300").children();
    assertEquals(2, children.size());
    assertEquals(2, children.get(0).tag());
    assertEquals(1, children.get(0).content()[0]);
    assertEquals(Der.OCTETS, children.get(1).tag());
    assertEquals("abc", children.get(1).text());
  }

  @Test
  void longLengthsHaveBytesOfTheirOwn() {
    assertEquals(128, read("048180" + "00".repeat(128)).content().length);
    assertEquals(300, read("0482012c" + "00".repeat(300)).content().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0405abcd", "3082ffff00", "0484ffffffff00", "30847fffffff00"})
  void whatIsCutIsRefused(String hex) {
    assertThrows(RuntimeException.class, () -> read(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "0603550403, 2.5.4.3",
    "06092a864886f70d010901, 1.2.840.113549.1.9.1",
    "06082b06010505070101, 1.3.6.1.5.5.7.1.1",
    "06028837, 2.999",
    "060100, 0.0",
  })
  void identifiersAreDotted(String hex, String dotted) {
    assertEquals(dotted, read(hex).identifier());
  }

  @ParameterizedTest
  @CsvSource({
    "0c03c3a478, äx",
    "1302c3a4, Ã¤",
    "1e0400e42013, ä–",
    "1c040001f600, 😀",
    "1601e4, ä",
  })
  void textHasTheEncodingOfItsTag(String hex, String text) {
    assertEquals(text, read(hex).text());
  }
}
