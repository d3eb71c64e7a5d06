package dev.nodule.core.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text as bytes and back. */
class EncodingTest {
  private static String decodeUtf8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Encoding.UTF8.decode(bytes, 0, bytes.length);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Where the expected text has a question mark, U+FFFD stands. */
  @ParameterizedTest
  @CsvSource({
    "61, a",
    "c3a4, ä",
    "e282ac, €",
    "f09f9880, 😀",
    "80, ?",
    "c0af, ??",
    "e28261, ?a",
    "eda080, ???",
    "f0908061, ?a",
    "f4908080, ????",
    "f8888080, ????",
    "c3, ?",
    "e282, ?",
    "f09f98, ?",
    "61f161, a?a",
  })
  void utf8ReplacesEachMaximalIllFormedPart(String hex, String text) {
    assertEquals(text.replace('?', '\ufffd'), decodeUtf8(hex));
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(!text.contains("?"), Utf8.isValid(bytes, 0, bytes.length));
  }

  @Test
  void utf8ReadsItsStretchAlone() {
    byte[] bytes = "äbä".getBytes(StandardCharsets.UTF_8);
    assertEquals("b", Encoding.UTF8.decode(bytes, 2, 1));
    assertEquals("\ufffdb\ufffd", Encoding.UTF8.decode(bytes, 1, 3));
    assertTrue(Utf8.isValid(bytes, 2, 1));
    assertFalse(Utf8.isValid(bytes, 1, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "plain?, 706c61696e3f",
    "a\ud800b, 61efbfbd62",
    "\udc00, efbfbd",
    "?\ud83d\ude00\ud83d, 3ff09f9880efbfbd",
    "\ude00\ud83d, efbfbdefbfbd",
  })
  void utf8WritesLoneSurrogatesAsReplacement(String text, String hex) {
    assertEquals(hex, hex(Encoding.UTF8.encode(text)));
    assertEquals(hex.length() / 2, Encoding.UTF8.byteLength(text));
  }

  @Test
  void aQuestionMarkIsFoundInEveryPlace() {
    for (int i = 0; i < 20; i++) {
      String text = "x".repeat(i) + '\ud800' + "y".repeat(20 - i);
      assertEquals(23, Encoding.UTF8.encode(text).length, "at " + i);
      assertEquals((byte) 0xef, Encoding.UTF8.encode(text)[i]);
    }
  }

  @Test
  void whatDoesNotFitIsCutBetweenCharacters() {
    byte[] target = new byte[8];
    assertEquals(3, Encoding.UTF8.write("a€", target, 0, 3) + 2);
    assertEquals(4, Encoding.UTF8.write("a€", target, 0, 4));
    assertEquals(0, Encoding.UTF8.write("😀", target, 0, 3));
    assertEquals(4, Encoding.UTF8.write("😀x", target, 4, 4));
    assertEquals("61e282acf09f9880", hex(target));
    assertEquals(2, Encoding.UTF16LE.write("ab", target, 0, 3));
    assertEquals(1, Encoding.HEX.write("ffff", target, 0, 1));
  }

  @Test
  void utf16IsLittleEndian() {
    assertEquals("61003dd800de", hex(Encoding.UTF16LE.encode("a😀")));
    byte[] odd = {0x61, 0, 0x62};
    assertEquals("a", Encoding.UTF16LE.decode(odd, 0, 3));
  }

  @Test
  void latin1DropsTheHighByteAndAsciiTheHighBit() {
    assertEquals("e4ac", hex(Encoding.LATIN1.encode("ä€")));
    byte[] bytes = {(byte) 0xe4, 0x41};
    assertEquals("äA", Encoding.LATIN1.decode(bytes, 0, 2));
    assertEquals("dA", Encoding.ASCII.decode(bytes, 0, 2));
    assertEquals("e4", hex(Encoding.ASCII.encode("ä")));
  }

  @Test
  void hexEndsAtTheFirstPairThatIsNone() {
    assertEquals("abcd", hex(Encoding.HEX.encode("ABcd0")));
    assertEquals("ab", hex(Encoding.HEX.encode("abxxcd")));
    assertEquals("", hex(Encoding.HEX.encode("a")));
    assertEquals("ab", hex(Encoding.HEX.encode("ab1g")));
  }

  @ParameterizedTest
  @CsvSource({
    "YWJj, abc",
    "YWI=, ab",
    "YWI, ab",
    "YQ, a",
    "Y, ''",
    "'Y W\nJj', abc",
    "YQ==YWJj, a",
    "'YWJ*j', abc",
    "-_-_, ûÿ¿",
    "+/+/, ûÿ¿",
  })
  void base64IsReadLeniently(String text, String latin1) {
    assertArrayEquals(latin1.getBytes(StandardCharsets.ISO_8859_1), Encoding.BASE64.encode(text));
    assertArrayEquals(
        latin1.getBytes(StandardCharsets.ISO_8859_1), Encoding.BASE64URL.encode(text));
  }

  @Test
  void base64UrlHasNoPadding() {
    byte[] bytes = {(byte) 0xfb, (byte) 0xff};
    assertEquals("+/8=", Encoding.BASE64.decode(bytes, 0, 2));
    assertEquals("-_8", Encoding.BASE64URL.decode(bytes, 0, 2));
    assertEquals("/w==", Encoding.BASE64.decode(bytes, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab=c", "abc-", "ab_=", "abcde", "=", "a===", "ab=", "ä"})
  void forgivingIsStrictAboutTheAlphabet(String text) {
    assertNull(Base64Text.decodeForgiving(text));
  }

  @Test
  void forgivingSkipsWhiteSpaceAlone() {
    assertArrayEquals(new byte[] {'a', 'b'}, Base64Text.decodeForgiving(" Y\tW\nI\f=\r"));
    assertArrayEquals(new byte[] {'a', 'b'}, Base64Text.decodeForgiving("YWI"));
    assertArrayEquals(new byte[0], Base64Text.decodeForgiving(" "));
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void bytesComeBackFromTheirText(Encoding encoding) {
    if (encoding == Encoding.UTF8 || encoding == Encoding.ASCII) {
      return;
    }
    Random random = new Random(26);
    for (int length = 0; length < 64; length += 2) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = encoding.decode(bytes, 0, length);
      assertArrayEquals(bytes, encoding.encode(text), () -> encoding + " " + text);
      assertEquals(length, encoding.byteLength(text));
    }
  }
}
