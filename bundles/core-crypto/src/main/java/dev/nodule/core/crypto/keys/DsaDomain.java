package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.agreement.PrimeSearch;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.DSAParameters;

/** p, q and g of DSA: q is a prime, p one that is a multiple of 2q, plus 1. */
final class DsaDomain {
  private DsaDomain() {}

  /**
   * @param divisorBits negative for what fits the modulus
   */
  static DSAParameters generate(int bits, int divisorBits) {
    int divisor = divisorBits > 0 ? divisorBits : bits >= 2048 ? 224 : 160;
    if (bits < 512 || divisor >= bits) {
      throw OpenSslError.of("0A000070", "dsa routines", "bad ffc parameters");
    }
    while (true) {
      BigInteger q = BigInteger.probablePrime(divisor, Randomness.SOURCE);
      BigInteger p = PrimeSearch.find(bits, q.shiftLeft(1), BigInteger.ONE, false);
      BigInteger g = BigInteger.TWO.modPow(p.subtract(BigInteger.ONE).divide(q), p);
      if (g.compareTo(BigInteger.ONE) > 0) {
        return new DSAParameters(p, q, g);
      }
    }
  }
}
