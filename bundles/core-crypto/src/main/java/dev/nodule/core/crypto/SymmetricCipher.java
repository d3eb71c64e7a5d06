package dev.nodule.core.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A cipher under way. Authenticated decryption gives out its text at once, as OpenSSL does, and
 * tells at the end whether it was genuine; the JDK would hold all of it back. So the key stream is
 * taken from an encryption of the ciphertext (which, being an exclusive or, decrypts it), and the
 * tag from a second encryption of the result.
 */
final class SymmetricCipher {
  /** Why the end failed; {@link #AUTHENTICATION} is a wrong or missing tag. */
  enum Failure {
    NONE,
    BAD_DECRYPT,
    WRONG_LENGTH,
    AUTHENTICATION
  }

  static final int TAG_BYTES = 16;

  private final String transformation;
  private final boolean authenticated;
  private final boolean encrypting;
  private final SecretKeySpec key;
  private final @Nullable AlgorithmParameterSpec parameters;
  private boolean padding = true;
  private @Nullable Cipher cipher;
  private @Nullable Cipher verifier;
  private byte[] tag = new byte[0];

  /**
   * @param transformation the JDK's, e.g. {@code AES/CBC}; padding is added here
   */
  SymmetricCipher(String transformation, boolean encrypting, byte[] key, byte @Nullable [] iv) {
    this.transformation = transformation;
    this.encrypting = encrypting;
    this.key =
        new SecretKeySpec(
            key,
            transformation.substring(
                0,
                transformation.indexOf('/') < 0
                    ? transformation.length()
                    : transformation.indexOf('/')));
    boolean gcm = transformation.endsWith("GCM");
    authenticated = gcm || transformation.startsWith("ChaCha20");
    parameters =
        iv == null || iv.length == 0
            ? null
            : gcm ? new GCMParameterSpec(TAG_BYTES * 8, iv) : new IvParameterSpec(iv);
  }

  void setPadding(boolean on) {
    padding = on;
  }

  void setTag(byte[] expected) {
    tag = expected;
  }

  byte[] tag() {
    return tag;
  }

  private Cipher open(boolean encrypt) {
    try {
      boolean blocks = transformation.endsWith("/CBC") || transformation.endsWith("/ECB");
      String name =
          transformation.indexOf('/') < 0
              ? transformation
              : transformation + (blocks && padding ? "/PKCS5Padding" : "/NoPadding");
      Cipher opened = Cipher.getInstance(name);
      opened.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, parameters);
      return opened;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher() {
    Cipher current = cipher;
    if (current == null) {
      cipher = current = open(encrypting || authenticated);
      if (authenticated && !encrypting) {
        verifier = open(true);
      }
    }
    return current;
  }

  void authenticate(byte[] bytes, int offset, int length) {
    Cipher current = cipher();
    if (verifier != null) {
      verifier.updateAAD(bytes, offset, length);
    } else {
      current.updateAAD(bytes, offset, length);
    }
  }

  byte[] update(byte[] bytes, int offset, int length) {
    byte[] result = cipher().update(bytes, offset, length);
    if (result == null) {
      return new byte[0];
    }
    if (verifier != null) {
      verifier.update(result);
    }
    return result;
  }

  /** The last bytes go to {@code out[0]}. */
  Failure finish(byte[][] out) {
    try {
      byte[] last = cipher().doFinal();
      if (!authenticated) {
        out[0] = last;
        return Failure.NONE;
      }
      out[0] = Arrays.copyOf(last, last.length - TAG_BYTES);
      if (verifier == null) {
        tag = Arrays.copyOfRange(last, last.length - TAG_BYTES, last.length);
        return Failure.NONE;
      }
      byte[] whole = verifier.doFinal(out[0]);
      byte[] computed = Arrays.copyOfRange(whole, whole.length - TAG_BYTES, whole.length);
      boolean genuine =
          tag.length > 0 && MessageDigest.isEqual(tag, Arrays.copyOf(computed, tag.length));
      return genuine ? Failure.NONE : Failure.AUTHENTICATION;
    } catch (IllegalBlockSizeException e) {
      return Failure.WRONG_LENGTH;
    } catch (BadPaddingException e) {
      return Failure.BAD_DECRYPT;
    }
  }
}
