package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.DSAParametersGenerator;
import org.bouncycastle.crypto.params.DSAParameterGenerationParameters;
import org.bouncycastle.crypto.params.DSAParameters;

/** p, q and g of DSA (FIPS 186-4). */
final class DsaDomain {
  private static final int CERTAINTY = 80;

  private DsaDomain() {}

  /**
   * @param divisorBits negative for what fits the modulus
   */
  static DSAParameters generate(int bits, int divisorBits) {
    int divisor = divisorBits > 0 ? divisorBits : bits >= 2048 ? 224 : 160;
    if (bits < 512 || divisor >= bits) {
      throw OpenSslError.of("0A000070", "dsa routines", "bad ffc parameters");
    }
    boolean standard =
        (bits == 1024 && divisor == 160)
            || (bits == 2048 && (divisor == 224 || divisor == 256))
            || (bits == 3072 && divisor == 256);
    if (!standard) {
      return freely(bits, divisor);
    }
    DSAParametersGenerator generator = new DSAParametersGenerator(SHA256Digest.newInstance());
    generator.init(
        new DSAParameterGenerationParameters(bits, divisor, CERTAINTY, Randomness.SOURCE));
    return generator.generateParameters();
  }

  /** Lengths outside the standard, which OpenSSL takes: p is sought as a multiple of 2q, plus 1. */
  private static DSAParameters freely(int bits, int divisorBits) {
    while (true) {
      BigInteger q = BigInteger.probablePrime(divisorBits, Randomness.SOURCE);
      BigInteger twice = q.shiftLeft(1);
      for (int tries = 0; tries < 4 * bits; tries++) {
        BigInteger x = new BigInteger(bits, Randomness.SOURCE).setBit(bits - 1);
        BigInteger p = x.subtract(x.mod(twice)).add(BigInteger.ONE);
        if (p.bitLength() == bits && p.isProbablePrime(CERTAINTY)) {
          BigInteger g =
              BigInteger.TWO.modPow(p.subtract(BigInteger.ONE).divide(q), p);
          if (g.compareTo(BigInteger.ONE) > 0) {
            return new DSAParameters(p, q, g);
          }
        }
      }
    }
  }
}
