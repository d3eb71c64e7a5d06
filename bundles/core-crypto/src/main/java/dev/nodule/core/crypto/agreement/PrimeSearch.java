package dev.nodule.core.crypto.agreement;

import dev.nodule.core.crypto.Randomness;
import java.math.BigInteger;
import java.util.BitSet;

/**
 * Looks for primes of an arithmetic progression. Candidates with small factors are sieved out
 * first: for a safe prime that leaves one of hundreds to the expensive test.
 */
public final class PrimeSearch {
  private static final int WINDOW = 1 << 15;
  private static final int SMALL = 1 << 15;
  private static final int CERTAINTY = 100;
  private static final int[] SMALL_PRIMES = smallPrimes();

  private PrimeSearch() {}

  private static int[] smallPrimes() {
    BitSet composite = new BitSet(SMALL);
    BitSet primes = new BitSet(SMALL);
    for (int i = 2; i < SMALL; i++) {
      if (!composite.get(i)) {
        primes.set(i);
        for (int j = 2 * i; j < SMALL; j += i) {
          composite.set(j);
        }
      }
    }
    return primes.stream().toArray();
  }

  /** A prime of exactly {@code bits} bits that is {@code remainder} modulo {@code step}. */
  public static BigInteger find(int bits, BigInteger step, BigInteger remainder, boolean safe) {
    while (true) {
      BigInteger random = new BigInteger(bits, Randomness.SOURCE).setBit(bits - 1);
      BigInteger start = random.subtract(random.mod(step)).add(remainder);
      BitSet ruledOut = sieve(start, step, safe, bits);
      for (int i = ruledOut.nextClearBit(0); i < WINDOW; i = ruledOut.nextClearBit(i + 1)) {
        BigInteger candidate = start.add(step.multiply(BigInteger.valueOf(i)));
        if (candidate.bitLength() > bits) {
          break;
        }
        if (candidate.bitLength() == bits && isPrime(candidate, safe)) {
          return candidate;
        }
      }
    }
  }

  // The half is tried first: where it is prime, the whole often is.
  private static boolean isPrime(BigInteger candidate, boolean safe) {
    return (!safe || candidate.shiftRight(1).isProbablePrime(CERTAINTY))
        && candidate.isProbablePrime(CERTAINTY);
  }

  private static BitSet sieve(BigInteger start, BigInteger step, boolean safe, int bits) {
    BitSet ruledOut = new BitSet(WINDOW);
    if (bits <= 32) {
      return ruledOut;
    }
    for (int prime : SMALL_PRIMES) {
      BigInteger modulus = BigInteger.valueOf(prime);
      int increment = step.mod(modulus).intValue();
      if (increment == 0) {
        continue;
      }
      int first = start.mod(modulus).intValue();
      int inverse = step.modInverse(modulus).intValue();
      // Where the candidate is 0, or its half is: the candidate is 1.
      rule(ruledOut, prime, (int) ((long) (prime - first) % prime * inverse % prime));
      if (safe) {
        rule(ruledOut, prime, (int) ((long) (prime + 1 - first) % prime * inverse % prime));
      }
    }
    return ruledOut;
  }

  private static void rule(BitSet ruledOut, int prime, int from) {
    for (int i = from; i < WINDOW; i += prime) {
      ruledOut.set(i);
    }
  }
}
