package dev.nodule.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.digests.SM3Digest;

/** A hash under way. */
public interface Digester {
  void update(byte[] bytes, int offset, int length);

  /** The digest; {@code length} is for extendable functions. */
  byte[] digest(int length);

  Digester copy();

  static Digester of(HashAlgorithm algorithm) {
    try {
      return new Jdk(Providers.digest(algorithm.name()));
    } catch (NoSuchAlgorithmException e) {
      return BouncyCastle.of(algorithm);
    }
  }

  /** One of a provider's. */
  record Jdk(MessageDigest digest) implements Digester {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] digest(int length) {
      return digest.digest();
    }

    @Override
    public Digester copy() {
      try {
        return new Jdk((MessageDigest) digest.clone());
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One of Bouncy Castle's. */
  record BouncyCastle(ExtendedDigest digest) implements Digester {
    static BouncyCastle of(HashAlgorithm algorithm) {
      int bits = algorithm.bytes() * 8;
      return new BouncyCastle(
          switch (algorithm.name()) {
            case "SHAKE-128" -> new SHAKEDigest(128);
            case "SHAKE-256" -> new SHAKEDigest(256);
            case "RIPEMD160" -> new RIPEMD160Digest();
            case "BLAKE2B" -> new Blake2bDigest(bits);
            case "BLAKE2S" -> new Blake2sDigest(bits);
            case "SM3" -> new SM3Digest();
            default -> new KeccakDigest(bits);
          });
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] digest(int length) {
      if (digest instanceof Xof xof) {
        byte[] result = new byte[length];
        xof.doFinal(result, 0, length);
        return result;
      }
      byte[] result = new byte[digest.getDigestSize()];
      digest.doFinal(result, 0);
      return result;
    }

    @Override
    public Digester copy() {
      return new BouncyCastle(
          switch (digest) {
            case SHAKEDigest shake -> new SHAKEDigest(shake);
            case RIPEMD160Digest ripemd -> new RIPEMD160Digest(ripemd);
            case Blake2bDigest blake -> new Blake2bDigest(blake);
            case Blake2sDigest blake -> new Blake2sDigest(blake);
            case SM3Digest sm3 -> new SM3Digest(sm3);
            case KeccakDigest keccak -> new KeccakDigest(keccak);
            default -> throw new IllegalStateException();
          });
    }
  }
}
