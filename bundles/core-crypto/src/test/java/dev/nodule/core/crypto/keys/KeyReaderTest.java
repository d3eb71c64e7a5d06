package dev.nodule.core.crypto.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nodule.api.NodeException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "x448", "ml-dsa-44", "ml-kem-512", "slh-dsa-sha2-128f"})
  void readsWhatItWrote(String type) {
    AsymmetricKey key = KeyPairs.plain(type);
    byte[] encoding = KeyEncoding.of(key);
    AsymmetricKey again = KeyReader.readPrivate(encoding, false, "pkcs8", null);
    assertEquals(type, again.type());
    assertArrayEquals(encoding, KeyEncoding.of(again));
    byte[] shared = KeyEncoding.of(key.toPublic());
    assertArrayEquals(shared, KeyEncoding.of(KeyReader.readPublic(shared, false, "spki", null)));
  }

  @Test
  void decryptsBothEncryptions() {
    AsymmetricKey key = KeyPairs.ec("prime256v1", false);
    byte[] passphrase = "secret".getBytes(StandardCharsets.UTF_8);
    for (String type : new String[] {"pkcs8", "sec1"}) {
      String pem = (String) KeyWriter.write(key, true, type, "aes-128-cbc", passphrase);
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      assertArrayEquals(
          KeyEncoding.of(key),
          KeyEncoding.of(KeyReader.readPrivate(bytes, true, null, passphrase)));
      assertThrows(NodeException.class, () -> KeyReader.readPrivate(bytes, true, null, null));
    }
  }

  @Test
  void refusesWhatIsNoKey() {
    byte[] text = "nothing".getBytes(StandardCharsets.US_ASCII);
    for (boolean pem : new boolean[] {true, false}) {
      NodeException error =
          assertThrows(NodeException.class, () -> KeyReader.readPrivate(text, pem, null, null));
      assertEquals("ERR_OSSL_UNSUPPORTED", error.properties().get("code"));
    }
  }
}
