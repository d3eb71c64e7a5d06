package dev.nodule.core.crypto.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimeSearchTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 33, 64, 128})
  void findsSafePrimesOfTheProgression(int bits) {
    BigInteger step = BigInteger.valueOf(12);
    BigInteger prime = PrimeSearch.find(bits, step, BigInteger.valueOf(11), true);
    assertEquals(bits, prime.bitLength());
    assertEquals(BigInteger.valueOf(11), prime.mod(step));
    assertTrue(prime.isProbablePrime(64));
    assertTrue(prime.shiftRight(1).isProbablePrime(64));
  }
}
