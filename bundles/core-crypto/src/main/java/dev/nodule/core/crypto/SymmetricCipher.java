package dev.nodule.core.crypto;

import dev.nodule.core.crypto.ciphers.GcmKeyStream;
import dev.nodule.core.crypto.ciphers.RunningCipher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.ChaCha20ParameterSpec;
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
final class SymmetricCipher implements RunningCipher {
  static final int TAG_BYTES = 16;
  private static final int PIECE = 8192;

  private final String transformation;
  private final boolean authenticated;
  private final boolean encrypting;
  private final SecretKeySpec key;
  private final @Nullable AlgorithmParameterSpec parameters;
  private boolean padding = true;
  private @Nullable Cipher cipher;
  private @Nullable Cipher verifier;
  private byte[] tag = new byte[0];
  private @Nullable GcmKeyStream gcmStream;
  private long taken;
  private long returned;
  private long given;

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
    authenticated = gcm || transformation.equals("ChaCha20-Poly1305");
    parameters = iv == null || iv.length == 0 ? null : parameters(transformation, gcm, iv);
  }

  private static AlgorithmParameterSpec parameters(String transformation, boolean gcm, byte[] iv) {
    if (gcm) {
      return new GCMParameterSpec(TAG_BYTES * 8, iv);
    }
    if (transformation.equals("ChaCha20")) {
      // OpenSSL's 16 bytes: the counter, little-endian, and the nonce.
      int counter = ByteBuffer.wrap(iv).order(ByteOrder.LITTLE_ENDIAN).getInt();
      return new ChaCha20ParameterSpec(Arrays.copyOfRange(iv, 4, iv.length), counter);
    }
    return new IvParameterSpec(iv);
  }

  @Override
  public void setPadding(boolean on) {
    padding = on;
  }

  @Override
  public void setTag(byte[] expected) {
    tag = expected;
  }

  @Override
  public byte[] tag() {
    return tag;
  }

  private Cipher open(boolean encrypt) {
    try {
      boolean blocks = transformation.endsWith("/CBC") || transformation.endsWith("/ECB");
      String name =
          transformation.indexOf('/') < 0
              ? transformation
              : transformation + (blocks && padding ? "/PKCS5Padding" : "/NoPadding");
      return Providers.cipher(
          name, encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, parameters);
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

  @Override
  public void authenticate(byte[] bytes, int offset, int length) {
    Cipher current = cipher();
    if (verifier != null) {
      verifier.updateAAD(bytes, offset, length);
    } else {
      current.updateAAD(bytes, offset, length);
    }
  }

  @Override
  public byte[] update(byte[] bytes, int offset, int length) {
    byte[] result =
        length > PIECE && parameters instanceof GCMParameterSpec && !Providers.isFast(cipher())
            ? updateInPieces(bytes, offset, length)
            : cipher().update(bytes, offset, length);
    taken += length;
    if (parameters instanceof GCMParameterSpec gcm) {
      result = withoutDelay(gcm, result, bytes, offset, length);
    }
    if (result == null) {
      return new byte[0];
    }
    if (verifier != null) {
      verifier.update(result);
    }
    return result;
  }

  /**
   * The JDK's compiled code for GCM is called from compiled code alone, which a method becomes that
   * is called often: so a large text is many calls.
   */
  private byte[] updateInPieces(byte[] bytes, int offset, int length) {
    Cipher current = cipher();
    byte[] out = new byte[length + TAG_BYTES];
    int count = 0;
    try {
      for (int i = 0; i < length; i += PIECE) {
        count += current.update(bytes, offset + i, Math.min(PIECE, length - i), out, count);
      }
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    return count == out.length ? out : Arrays.copyOf(out, count);
  }

  /**
   * All bytes of now: without those of the last, unfinished block that were given out before, and
   * with those that the JDK keeps back.
   */
  private byte[] withoutDelay(
      GCMParameterSpec gcm, byte @Nullable [] made, byte[] bytes, int offset, int length) {
    byte[] fresh = made == null ? new byte[0] : made;
    int ahead = (int) (given - returned);
    returned += fresh.length;
    int held = (int) (taken - returned);
    if (ahead == 0 && held == 0) {
      given = taken;
      return fresh;
    }
    int skip = Math.min(ahead, fresh.length);
    if (held == 0 || held > TAG_BYTES) {
      given = Math.max(given, returned);
      return Arrays.copyOfRange(fresh, skip, fresh.length);
    }
    // What is held back begins at a block; its end is the end of this input.
    int early = (int) (taken - Math.max(given, returned));
    byte[] result =
        Arrays.copyOf(Arrays.copyOfRange(fresh, skip, fresh.length), fresh.length - skip + early);
    try {
      GcmKeyStream stream = gcmStream;
      if (stream == null) {
        gcmStream = stream = new GcmKeyStream(key, gcm.getIV());
      }
      byte[] block = stream.block(returned / TAG_BYTES);
      for (int i = 0; i < early; i++) {
        result[fresh.length - skip + i] =
            (byte) (bytes[offset + length - early + i] ^ block[held - early + i]);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    given = taken;
    return result;
  }

  @Override
  public Failure finish(byte[][] out) {
    try {
      if (taken == 0 && padding && !encrypting && transformation.matches(".*/(CBC|ECB)")) {
        return Failure.WRONG_LENGTH;
      }
      byte[] last = cipher().doFinal();
      if (!authenticated) {
        out[0] = last;
        return Failure.NONE;
      }
      // Without what was given out ahead.
      out[0] = Arrays.copyOfRange(last, (int) (given - returned), last.length - TAG_BYTES);
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
