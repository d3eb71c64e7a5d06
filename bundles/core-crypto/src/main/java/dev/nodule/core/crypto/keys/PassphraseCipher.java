package dev.nodule.core.crypto.keys;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A cipher that private keys are encrypted with.
 *
 * @param pemName what {@code DEK-Info} calls it
 */
record PassphraseCipher(
    String pemName, String alias, String oid, String algorithm, int keyBytes, int ivBytes) {
  private static final String AES = "2.16.840.1.101.3.4.1.";
  private static final List<PassphraseCipher> ALL =
      List.of(
          new PassphraseCipher("AES-128-CBC", "AES128", AES + 2, "AES", 16, 16),
          new PassphraseCipher("AES-192-CBC", "AES192", AES + 22, "AES", 24, 16),
          new PassphraseCipher("AES-256-CBC", "AES256", AES + 42, "AES", 32, 16),
          new PassphraseCipher("DES-EDE3-CBC", "DES3", "1.2.840.113549.3.7", "DESede", 24, 8),
          new PassphraseCipher("DES-CBC", "DES", "1.3.14.3.2.7", "DES", 8, 8));

  /** By any of its names or its object identifier. */
  static @Nullable PassphraseCipher of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (PassphraseCipher cipher : ALL) {
      if (cipher.pemName.equals(upper) || cipher.alias.equals(upper) || cipher.oid.equals(name)) {
        return cipher;
      }
    }
    return null;
  }

  byte[] run(int mode, byte[] key, byte[] iv, byte[] data) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
    return cipher.doFinal(data);
  }
}
