package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** The encryption of PEM itself (RFC 1421's headers, OpenSSL's key from MD5). */
final class PemEncryption {
  private static final int SALT_BYTES = 8;

  private PemEncryption() {}

  static byte[] decrypt(PemObject block, byte @Nullable [] passphrase) {
    for (Object header : block.getHeaders()) {
      if (header instanceof PemHeader info && info.getName().equals("DEK-Info")) {
        return decrypt(block.getContent(), info.getValue(), passphrase);
      }
    }
    return block.getContent();
  }

  private static byte[] decrypt(byte[] data, String info, byte @Nullable [] passphrase) {
    if (passphrase == null) {
      throw OpenSslError.interrupted();
    }
    int comma = info.indexOf(',');
    PassphraseCipher cipher =
        comma < 0 ? null : PassphraseCipher.of(info.substring(0, comma).trim());
    if (cipher == null) {
      throw OpenSslError.unsupported();
    }
    try {
      byte[] iv = HexFormat.of().parseHex(info.substring(comma + 1).trim());
      return cipher.run(Cipher.DECRYPT_MODE, key(cipher, passphrase, iv), iv, data);
    } catch (GeneralSecurityException e) {
      throw OpenSslError.badDecrypt();
    }
  }

  private static byte[] key(PassphraseCipher cipher, byte[] passphrase, byte[] iv) {
    OpenSSLPBEParametersGenerator generator = new OpenSSLPBEParametersGenerator();
    generator.init(passphrase, Arrays.copyOf(iv, SALT_BYTES));
    return ((KeyParameter) generator.generateDerivedParameters(cipher.keyBytes() * 8)).getKey();
  }

  /** A whole PEM block. */
  static String encrypt(String label, byte[] der, String cipherName, byte[] passphrase) {
    PassphraseCipher cipher = PassphraseCipher.of(cipherName);
    if (cipher == null) {
      throw PrivateKeyEncryption.unknownCipher();
    }
    byte[] iv = Randomness.bytes(cipher.ivBytes());
    try {
      byte[] data = cipher.run(Cipher.ENCRYPT_MODE, key(cipher, passphrase, iv), iv, der);
      String headers =
          "Proc-Type: 4,ENCRYPTED\nDEK-Info: "
              + cipher.pemName()
              + ','
              + HexFormat.of().formatHex(iv).toUpperCase(Locale.ROOT)
              + "\n\n";
      return KeyWriter.pem(label, headers, data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
