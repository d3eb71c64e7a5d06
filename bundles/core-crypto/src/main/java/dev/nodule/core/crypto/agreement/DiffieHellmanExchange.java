package dev.nodule.core.crypto.agreement;

import dev.nodule.core.crypto.Randomness;
import java.math.BigInteger;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;

/** The classic exchange (PKCS #3), one step at a time. */
final class DiffieHellmanExchange {
  private static final int NOT_PRIME = 1;
  private static final int NOT_SAFE_PRIME = 2;
  private static final int BAD_GENERATOR = 8;
  private static final int CERTAINTY = 64;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private DiffieHellmanExchange() {}

  static BigInteger privateKey(BigInteger p, BigInteger g) {
    DHBasicKeyPairGenerator generator = new DHBasicKeyPairGenerator();
    generator.init(new DHKeyGenerationParameters(Randomness.SOURCE, new DHParameters(p, g)));
    return ((DHPrivateKeyParameters) generator.generateKeyPair().getPrivate()).getX();
  }

  /** What is wrong with the parameters, in OpenSSL's bits ({@code verifyError}). */
  static int check(BigInteger p, BigInteger g) {
    if (DiffieHellmanGroups.isKnown(p)) {
      return 0;
    }
    int error = 0;
    if (g.compareTo(BigInteger.ONE) <= 0 || g.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
      error |= BAD_GENERATOR;
    }
    if (!p.isProbablePrime(CERTAINTY)) {
      error |= NOT_PRIME;
    } else if (!p.shiftRight(1).isProbablePrime(CERTAINTY)) {
      error |= NOT_SAFE_PRIME;
    }
    return error;
  }

  /**
   * A safe prime for which the generator makes a group of large order: p is 23 modulo 24 for 2
   * (OpenSSL's choice since 3.0), 59 modulo 60 for 5, else 11 modulo 12.
   */
  static BigInteger prime(int bits, BigInteger generator) {
    int modulus = 12;
    int remainder = 11;
    if (generator.equals(BigInteger.TWO)) {
      modulus = 24;
      remainder = 23;
    } else if (generator.equals(BigInteger.valueOf(5))) {
      modulus = 60;
      remainder = 59;
    }
    if (bits < 16) {
      return Primes.safePrime(Math.max(bits, THREE.bitLength() + 1));
    }
    return Primes.generate(bits, true, BigInteger.valueOf(modulus), BigInteger.valueOf(remainder));
  }
}
