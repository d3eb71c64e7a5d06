package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.KeyDetails;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

/** RSASSA-PSS (RFC 8017, section 8.1) of a digest. */
final class PssSignatures {
  private PssSignatures() {}

  static byte[] sign(
      AsymmetricKey key, HashAlgorithm hash, byte[] digest, SignatureOptions options) {
    int salt = saltLength(key, hash, options.saltLength(), true);
    int limit = maximum(key, hash);
    if (limit < 0 || salt > limit) {
      throw OpenSslError.of("0200006E", "rsa routines", "data too large for key size");
    }
    try {
      PSSSigner signer = signer(key, hash, salt);
      signer.init(true, new ParametersWithRandom(key.parameters(), Randomness.SOURCE));
      signer.update(digest, 0, digest.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean verify(
      AsymmetricKey key,
      HashAlgorithm hash,
      byte[] digest,
      byte[] signature,
      SignatureOptions options) {
    AsymmetricKey shared = key.toPublic();
    int salt = saltLength(shared, hash, options.saltLength(), false);
    if (signature.length != RsaSignatures.modulusBytes(shared)) {
      return false;
    }
    if (salt == SignatureOptions.MAXIMUM) {
      salt = saltOf(shared, hash, signature);
    }
    if (salt < 0 || salt > maximum(shared, hash)) {
      return false;
    }
    try {
      PSSSigner signer = signer(shared, hash, salt);
      signer.init(false, shared.parameters());
      signer.update(digest, 0, digest.length);
      return signer.verifySignature(signature);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static PSSSigner signer(AsymmetricKey key, HashAlgorithm hash, int salt) {
    Digest content = DigestIdentifiers.bouncyCastle(hash);
    return PSSSigner.createRawSigner(
        new RsaEngine(key), content, mask(key, hash), salt, PSSSigner.TRAILER_IMPLICIT);
  }

  private static Digest mask(AsymmetricKey key, HashAlgorithm hash) {
    RSASSAPSSparams restrictions = KeyDetails.pssParameters(key);
    HashAlgorithm mask =
        restrictions == null
            ? hash
            : DigestIdentifiers.algorithm(KeyDetails.mgf1Hash(restrictions));
    return DigestIdentifiers.bouncyCastle(mask == null ? hash : mask);
  }

  /** What the modulus leaves for the salt. */
  private static int maximum(AsymmetricKey key, HashAlgorithm hash) {
    int bits = ((RSAKeyParameters) key.parameters()).getModulus().bitLength();
    return (bits - 1 + 7) / 8 - hash.bytes() - 2;
  }

  /** A number, or {@link SignatureOptions#MAXIMUM} for any when verifying. */
  private static int saltLength(
      AsymmetricKey key, HashAlgorithm hash, int wanted, boolean signing) {
    RSASSAPSSparams restrictions = KeyDetails.pssParameters(key);
    if (restrictions != null) {
      HashAlgorithm demanded =
          DigestIdentifiers.algorithm(restrictions.getHashAlgorithm().getAlgorithm());
      int least = restrictions.getSaltLength().intValueExact();
      if (wanted >= 0 && wanted < least) {
        throw OpenSslError.of("1C8000AC", "Provider routines", "pss saltlen too small");
      }
      if (demanded != null && !demanded.name().equals(hash.name())) {
        throw OpenSslError.of("1C8000AE", "Provider routines", "digest not allowed");
      }
      if (wanted == SignatureOptions.UNSET) {
        return signing ? least : SignatureOptions.MAXIMUM;
      }
    }
    return switch (wanted) {
      case SignatureOptions.DIGEST -> hash.bytes();
      case SignatureOptions.MAXIMUM, SignatureOptions.UNSET ->
          signing ? maximum(key, hash) : SignatureOptions.MAXIMUM;
      default -> wanted;
    };
  }

  /**
   * The salt's length that a signature was made with, read from its masked block; -1 if it is none.
   */
  private static int saltOf(AsymmetricKey key, HashAlgorithm hash, byte[] signature) {
    RsaEngine engine = new RsaEngine(key);
    engine.init(false, key.parameters());
    byte[] opened;
    try {
      opened = engine.processBlock(signature, 0, signature.length);
    } catch (RuntimeException e) {
      return -1;
    }
    int bits = ((RSAKeyParameters) key.parameters()).getModulus().bitLength() - 1;
    byte[] block = new byte[(bits + 7) / 8];
    int count = Math.min(opened.length, block.length);
    System.arraycopy(opened, opened.length - count, block, block.length - count, count);
    int length = block.length - hash.bytes() - 1;
    byte[] seed = Arrays.copyOfRange(block, length, length + hash.bytes());
    byte[] mask = new byte[length];
    MGF1BytesGenerator generator = new MGF1BytesGenerator(mask(key, hash));
    generator.init(new MGFParameters(seed));
    generator.generateBytes(mask, 0, length);
    for (int i = 0; i < length; i++) {
      int plain = (block[i] ^ mask[i]) & 0xff;
      if (i == 0) {
        plain &= 0xff >>> (8 * block.length - bits);
      }
      if (plain == 1) {
        return length - i - 1;
      }
      if (plain != 0) {
        return -1;
      }
    }
    return -1;
  }
}
