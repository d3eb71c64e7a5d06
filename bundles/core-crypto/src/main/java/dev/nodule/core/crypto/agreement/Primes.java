package dev.nodule.core.crypto.agreement;

import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Prime numbers. */
public final class Primes {
  private static final int CERTAINTY = 100;

  private Primes() {}

  /**
   * @param safe whether (p - 1) / 2 is prime too
   * @param add if not null, p is {@code rem} modulo {@code add}
   */
  static BigInteger generate(
      int bits, boolean safe, @Nullable BigInteger add, @Nullable BigInteger rem) {
    if (bits < 2 || (safe && bits < 6 && bits != 3)) {
      throw OpenSslError.of("01800076", "bignum routines", "bits too small");
    }
    if (add == null) {
      return safe ? safePrime(bits) : prime(bits);
    }
    BigInteger remainder = rem != null ? rem : safe ? BigInteger.valueOf(3) : BigInteger.ONE;
    return PrimeSearch.find(bits, add, remainder, safe);
  }

  /** As OpenSSL's, in the upper half of its length: the product of two is exactly twice as long. */
  private static BigInteger prime(int bits) {
    BigInteger prime;
    do {
      prime = BigInteger.probablePrime(bits, Randomness.SOURCE);
    } while (!prime.testBit(bits - 2));
    return prime;
  }

  /** A prime p with (p - 1) / 2 prime. */
  public static BigInteger safePrime(int bits) {
    if (bits >= 8) {
      return PrimeSearch.find(bits, BigInteger.valueOf(12), BigInteger.valueOf(11), true);
    }
    if (bits == 3) {
      return BigInteger.valueOf(7);
    }
    while (true) {
      BigInteger half = BigInteger.probablePrime(bits - 1, Randomness.SOURCE);
      BigInteger p = half.shiftLeft(1).setBit(0);
      if (p.bitLength() == bits && p.isProbablePrime(CERTAINTY)) {
        return p;
      }
    }
  }

  /**
   * @param checks 0 for enough of them
   */
  static boolean check(BigInteger candidate, int checks) {
    return candidate.signum() > 0
        && candidate.isProbablePrime(checks == 0 ? CERTAINTY : Math.min(CERTAINTY, 2 * checks));
  }
}
