package dev.nodule.core.crypto.agreement;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;

/** ML-KEM (FIPS 203). */
final class Encapsulation {
  private Encapsulation() {}

  /** The shared key and what the owner of the private key finds it with. */
  static byte[][] encapsulate(AsymmetricKey key) {
    requireKem(key);
    SecretWithEncapsulation made =
        new MLKEMGenerator(Randomness.SOURCE).generateEncapsulated(key.toPublic().parameters());
    return new byte[][] {made.getSecret(), made.getEncapsulation()};
  }

  static byte[] decapsulate(AsymmetricKey key, byte[] ciphertext) {
    requireKem(key);
    MLKEMExtractor extractor = new MLKEMExtractor((MLKEMPrivateKeyParameters) key.parameters());
    if (ciphertext.length != extractor.getEncapsulationLength()) {
      throw new NodeException("ERR_CRYPTO_OPERATION_FAILED", "Failed to perform decapsulation");
    }
    return extractor.extractSecret(ciphertext);
  }

  private static void requireKem(AsymmetricKey key) {
    if (!key.type().startsWith("ml-kem-")) {
      throw OpenSslError.of(
          "03000096", "digital envelope routines", "operation not supported for this keytype");
    }
  }
}
