package dev.nodule.npm.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A public key with which a registry signs packages: ECDSA on the curve P-256 over SHA-256.
 *
 * @param expires from when on it signs nothing any more; null for never
 */
public record SigningKey(String id, PublicKey key, @Nullable Instant expires) {

  /** Reads the key of a registry's answer: base64 of its SubjectPublicKeyInfo. */
  static @Nullable SigningKey read(String id, String base64, String expires) {
    try {
      var spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
      return new SigningKey(
          id,
          KeyFactory.getInstance("EC").generatePublic(spec),
          expires.isEmpty() ? null : Instant.parse(expires));
    } catch (GeneralSecurityException | IllegalArgumentException | java.time.DateTimeException e) {
      return null; // a key of another kind: what it signed counts as signed by nobody known
    }
  }

  public boolean verifies(String text, String base64) {
    try {
      var check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(base64));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
