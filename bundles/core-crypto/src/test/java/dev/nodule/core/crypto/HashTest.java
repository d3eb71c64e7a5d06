package dev.nodule.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests, codes and keys. */
class HashTest {
  private static HashAlgorithm algorithm(String name) {
    return Objects.requireNonNull(HashAlgorithm.of(name), name);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String digest(String name, String text) {
    Digester digester = Digester.of(algorithm(name));
    byte[] bytes = ascii(text);
    digester.update(bytes, 0, bytes.length);
    return hex(digester.digest(algorithm(name).bytes()));
  }

  /** Of "abc": FIPS 180-4, FIPS 202, RFC 1321, RFC 7693 and the authors' own pages. */
  @ParameterizedTest
  @CsvSource({
    "md5, 900150983cd24fb0d6963f7d28e17f72",
    "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "rsa-sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha512-256, 53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
    "sha3-256, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
    "ripemd160, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "blake2s256, 508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
    "shake128, 5881092dd818bf5cf8a3ddb793fbcba7",
    "sm3, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  })
  void digestsAreThePublishedOnes(String name, String expected) {
    assertEquals(expected, digest(name, "abc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5",
        "sha1",
        "sha224",
        "sha384",
        "sha512",
        "sha512-224",
        "sha3-224",
        "sha3-512",
        "ripemd160",
        "blake2b512",
        "blake2s256",
        "sm3",
        "keccak-256",
        "shake256"
      })
  void aCopyGoesItsOwnWay(String name) {
    Digester digester = Digester.of(algorithm(name));
    digester.update(ascii("ab"), 0, 2);
    Digester copy = digester.copy();
    digester.update(ascii("c"), 0, 1);
    copy.update(ascii("xd"), 1, 1);
    int length = algorithm(name).bytes();
    assertEquals(digest(name, "abc"), hex(digester.digest(length)));
    assertEquals(digest(name, "abd"), hex(copy.digest(length)));
    assertEquals(length * 2, digest(name, "").length());
  }

  @Test
  void extendableFunctionsGiveAnyLength() {
    assertTrue(algorithm("shake256").extendable());
    Digester digester = Digester.of(algorithm("shake128"));
    String longer = hex(digester.copy().digest(40));
    assertEquals(80, longer.length());
    assertTrue(longer.startsWith(hex(digester.digest(16))));
  }

  @Test
  void whatNobodyKnowsIsNoAlgorithm() {
    assertNull(HashAlgorithm.of("sha257"));
    assertNull(HashAlgorithm.of(""));
    assertNotNull(HashAlgorithm.of("Sha2-256"));
  }

  private static String hmac(String name, byte[] key, byte[] text) {
    KeyedHash mac = KeyedHash.of(algorithm(name), key);
    mac.update(text, 0, text.length);
    return hex(mac.finish());
  }

  @Test
  void codesAreThoseOfRfc4231() {
    String text = "what do ya want for nothing?";
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        hmac("sha256", ascii("Jefe"), ascii(text)));
    byte[] longKey = new byte[131];
    java.util.Arrays.fill(longKey, (byte) 0xaa);
    assertEquals(
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        hmac("sha256", longKey, ascii("Test Using Larger Than Block-Size Key - Hash Key First")));
  }

  @Test
  void theDefinitionGivesWhatTheJdkGives() {
    for (String name : new String[] {"md5", "sha1", "sha256", "sha512", "sha3-256"}) {
      for (int length : new int[] {0, 1, 64, 65, 200}) {
        byte[] key = new byte[length];
        java.util.Arrays.fill(key, (byte) 7);
        KeyedHash generic = new KeyedHash.Generic(algorithm(name), key);
        byte[] text = ascii("text");
        generic.update(text, 0, text.length);
        assertEquals(hmac(name, key, text), hex(generic.finish()), name + " " + length);
        generic.update(text, 0, text.length);
        assertEquals(hmac(name, key, text), hex(generic.finish()), "and again");
      }
    }
  }

  @Test
  void aHashWithoutACodeOfTheJdkHasOne() {
    assertEquals(
        "24cb4bd67d20fc1a5d2ed7732dcc39377f0a5668",
        hmac(
            "ripemd160",
            new byte[] {
              0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
              0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b
            },
            ascii("Hi There")));
  }

  @Test
  void passwordKeysAreThoseOfRfc6070() {
    HashAlgorithm sha1 = algorithm("sha1");
    assertEquals(
        "0c60c80f961f0e71f3a9b524af6012062fe037a6",
        hex(KeyDerivation.pbkdf2(sha1, ascii("password"), ascii("salt"), 1, 20)));
    assertEquals(
        "4b007901b765489abead49d926f721d065a429c1",
        hex(KeyDerivation.pbkdf2(sha1, ascii("password"), ascii("salt"), 4096, 20)));
    assertEquals(
        "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        hex(
            KeyDerivation.pbkdf2(
                sha1,
                ascii("passwordPASSWORDpassword"),
                ascii("saltSALTsaltSALTsaltSALTsaltSALTsalt"),
                4096,
                25)));
    assertEquals(0, KeyDerivation.pbkdf2(sha1, ascii("p"), ascii("s"), 1, 0).length);
  }

  @Test
  void extractAndExpandIsRfc5869() {
    byte[] key = HexFormat.of().parseHex("0b".repeat(22));
    byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c");
    byte[] info = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9");
    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex(KeyDerivation.hkdf(algorithm("sha256"), key, salt, info, 42)));
    assertEquals(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        hex(KeyDerivation.hkdf(algorithm("sha256"), key, new byte[0], new byte[0], 42)));
  }

  @Test
  void scryptIsRfc7914() {
    assertEquals(
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        hex(KeyDerivation.scrypt(new byte[0], new byte[0], 16, 1, 1, 64)));
    assertEquals(0, KeyDerivation.scrypt(ascii("p"), ascii("s"), 2, 1, 1, 0).length);
  }
}
