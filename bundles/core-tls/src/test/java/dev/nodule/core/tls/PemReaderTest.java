package dev.nodule.core.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in all their wrappings. */
class PemReaderTest {
  private static PrivateKey key(String file, @Nullable String passphrase) throws Exception {
    return PemReader.privateKey(TestFiles.read(file), passphrase);
  }

  private static String failure(byte[] input, @Nullable String passphrase) {
    return String.valueOf(
        assertThrows(GeneralSecurityException.class, () -> PemReader.privateKey(input, passphrase))
            .getMessage());
  }

  @Test
  void oneKeyInTwoFormatsIsOneKey() throws Exception {
    assertArrayEquals(
        key("rsa-pkcs8.key", null).getEncoded(), key("rsa-pkcs1.key", null).getEncoded());
    ECPrivateKey ec = (ECPrivateKey) key("ec-pkcs8.key", null);
    assertEquals(ec.getS(), ((ECPrivateKey) key("ec-sec1.key", null)).getS());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-encrypted.key", "rsa-old-aes.key", "rsa-old-3des.key"})
  void anEncryptedKeyNeedsItsPassphrase(String file) throws Exception {
    assertArrayEquals(key("rsa-pkcs8.key", null).getEncoded(), key(file, "secret").getEncoded());
    assertEquals(
        "ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED",
        failure(TestFiles.read(file), null).split(":")[0]);
    assertEquals("ERR_OSSL_BAD_DECRYPT", failure(TestFiles.read(file), "other").split(":")[0]);
  }

  @Test
  void edwardsKeysAreRead() throws Exception {
    assertEquals("EdDSA", key("ed25519.key", null).getAlgorithm());
  }

  @Test
  void aFileMayHoldMoreThanTheKey() throws Exception {
    byte[] certificate = TestFiles.read("leaf.pem");
    byte[] key = TestFiles.read("rsa-pkcs8.key");
    byte[] both = new byte[certificate.length + key.length];
    System.arraycopy(certificate, 0, both, 0, certificate.length);
    System.arraycopy(key, 0, both, certificate.length, key.length);
    assertArrayEquals(
        key("rsa-pkcs8.key", null).getEncoded(), PemReader.privateKey(both, null).getEncoded());
    assertEquals(1, PemReader.certificates(both).size());
  }

  @Test
  void whatIsNoneSaysSoAsOpensslDoes() throws Exception {
    byte[] nothing = "nothing".getBytes(StandardCharsets.US_ASCII);
    assertEquals("ERR_OSSL_UNSUPPORTED", failure(nothing, null).split(":")[0]);
    byte[] empty =
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertEquals("ERR_OSSL_UNSUPPORTED", failure(empty, null).split(":")[0]);
    assertEquals(
        "ERR_OSSL_PEM_NO_START_LINE",
        String.valueOf(
                assertThrows(GeneralSecurityException.class, () -> PemReader.certificates(nothing))
                    .getMessage())
            .split(":")[0]);
    assertThrows(GeneralSecurityException.class, () -> PemReader.revocationLists(nothing));
    assertThrows(GeneralSecurityException.class, () -> PemReader.dhParameterBits(nothing));
  }

  @Test
  void allCertificatesOfAFileAreRead() throws Exception {
    assertEquals(2, PemReader.certificates(TestFiles.read("chain.pem")).size());
  }
}
