package dev.nodule.core.crypto;

import java.security.SecureRandom;

/** Made at first use: collecting entropy sources takes time. */
public final class Randomness {
  public static final SecureRandom SOURCE = new SecureRandom();

  private Randomness() {}

  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    SOURCE.nextBytes(bytes);
    return bytes;
  }
}
