package dev.nodule.core.crypto.signatures;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.jspecify.annotations.Nullable;

/** {@code publicEncrypt} and its three brothers (RFC 8017, section 7). */
final class RsaEncryption {
  private static final int PKCS1 = 1;
  private static final int NONE = 3;
  private static final int OAEP = 4;
  private static final int PKCS1_OVERHEAD = 11;

  private RsaEncryption() {}

  /**
   * @param padding OpenSSL's number
   * @param hash of OAEP
   */
  static byte[] encrypt(
      AsymmetricKey key,
      byte[] data,
      int padding,
      @Nullable HashAlgorithm hash,
      byte @Nullable [] label) {
    requireRsa(key);
    int size = RsaSignatures.modulusBytes(key);
    int room =
        switch (padding) {
          case PKCS1 -> size - PKCS1_OVERHEAD;
          case NONE -> size;
          case OAEP -> size - 2 * hashBytes(hash) - 2;
          default -> throw badPadding();
        };
    if (data.length > room) {
      throw OpenSslError.of("0200006E", "rsa routines", "data too large for key size");
    }
    if (padding == NONE && data.length < size) {
      throw OpenSslError.of("0200007A", "rsa routines", "data too small for key size");
    }
    try {
      AsymmetricBlockCipher cipher = cipher(key, padding, hash, label);
      cipher.init(true, new ParametersWithRandom(key.parameters(), Randomness.SOURCE));
      return cipher.processBlock(data, 0, data.length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    } catch (org.bouncycastle.crypto.DataLengthException e) {
      throw OpenSslError.of("02000084", "rsa routines", "data too large for modulus");
    }
  }

  static byte[] decrypt(
      AsymmetricKey key,
      byte[] data,
      int padding,
      @Nullable HashAlgorithm hash,
      byte @Nullable [] label) {
    requireRsa(key);
    int size = RsaSignatures.modulusBytes(key);
    if (data.length > size) {
      throw OpenSslError.of("0200006C", "rsa routines", "data greater than mod len");
    }
    try {
      AsymmetricBlockCipher cipher = cipher(key, padding, hash, label);
      cipher.init(false, key.parameters());
      byte[] plain = cipher.processBlock(data, 0, data.length);
      return padding == NONE ? leftPadded(plain, size) : plain;
    } catch (InvalidCipherTextException | org.bouncycastle.crypto.DataLengthException e) {
      return refused(key, padding, size);
    }
  }

  /**
   * What a wrong padding of PKCS #1 gives to the owner of the private key: as in OpenSSL 3.2 and
   * later something random, so that nobody learns from an error whether it was wrong.
   */
  private static byte[] refused(AsymmetricKey key, int padding, int size) {
    if (padding == OAEP) {
      throw OpenSslError.of("02000079", "rsa routines", "oaep decoding error");
    }
    if (padding == PKCS1 && key.isPrivate()) {
      return Randomness.bytes(Randomness.SOURCE.nextInt(size - PKCS1_OVERHEAD + 1));
    }
    throw OpenSslError.of("02000072", "rsa routines", "padding check failed");
  }

  private static byte[] leftPadded(byte[] bytes, int size) {
    byte[] result = new byte[size];
    System.arraycopy(bytes, 0, result, size - bytes.length, bytes.length);
    return result;
  }

  private static AsymmetricBlockCipher cipher(
      AsymmetricKey key, int padding, @Nullable HashAlgorithm hash, byte @Nullable [] label) {
    AsymmetricBlockCipher engine = new RsaEngine(key);
    return switch (padding) {
      case PKCS1 -> new PKCS1Encoding(engine);
      case NONE -> engine;
      case OAEP -> {
        if (hash == null) {
          throw new IllegalArgumentException("OAEP without a hash");
        }
        Digest digest = DigestIdentifiers.bouncyCastle(hash);
        yield new OAEPEncoding(engine, digest, DigestIdentifiers.bouncyCastle(hash), label);
      }
      default -> throw badPadding();
    };
  }

  private static int hashBytes(@Nullable HashAlgorithm hash) {
    return hash == null ? 20 : hash.bytes();
  }

  private static void requireRsa(AsymmetricKey key) {
    if (!key.type().equals("rsa")) {
      throw OpenSslError.of(
          "03000096", "digital envelope routines", "operation not supported for this keytype");
    }
  }

  private static NodeException badPadding() {
    return OpenSslError.of("1C8000A5", "Provider routines", "illegal or unsupported padding mode");
  }
}
