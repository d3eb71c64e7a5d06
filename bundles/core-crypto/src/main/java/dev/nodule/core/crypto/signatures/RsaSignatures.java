package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import java.io.IOException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2) of a digest. */
final class RsaSignatures {
  private static final int PKCS1 = 1;

  private RsaSignatures() {}

  static byte[] sign(AsymmetricKey key, HashAlgorithm hash, byte[] digest, int padding) {
    checkPadding(padding);
    byte[] info = digestInfo(hash, digest);
    int room = modulusBytes(key) - 11;
    if (info.length > room) {
      throw OpenSslError.of("02000070", "rsa routines", "digest too big for rsa key");
    }
    try {
      AsymmetricBlockCipher cipher = new PKCS1Encoding(new RsaEngine(key));
      cipher.init(true, key.parameters());
      return cipher.processBlock(info, 0, info.length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean verify(
      AsymmetricKey key, HashAlgorithm hash, byte[] digest, byte[] signature, int padding) {
    checkPadding(padding);
    if (signature.length != modulusBytes(key)) {
      return false;
    }
    try {
      AsymmetricKey shared = key.toPublic();
      AsymmetricBlockCipher cipher = new PKCS1Encoding(new RsaEngine(shared));
      cipher.init(false, shared.parameters());
      byte[] found = cipher.processBlock(signature, 0, signature.length);
      return MessageDigest.isEqual(found, digestInfo(hash, digest));
    } catch (InvalidCipherTextException | RuntimeException e) {
      return false;
    }
  }

  private static void checkPadding(int padding) {
    if (padding != 0 && padding != PKCS1) {
      throw OpenSslError.of("1C8000A5", "Provider routines", "illegal or unsupported padding mode");
    }
  }

  static int modulusBytes(AsymmetricKey key) {
    return (((RSAKeyParameters) key.parameters()).getModulus().bitLength() + 7) / 8;
  }

  private static byte[] digestInfo(HashAlgorithm hash, byte[] digest) {
    AlgorithmIdentifier identifier = DigestIdentifiers.identifier(hash);
    if (identifier == null) {
      throw OpenSslError.of("1C800000", "Provider routines", "invalid digest");
    }
    try {
      return new DigestInfo(identifier, digest).getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
