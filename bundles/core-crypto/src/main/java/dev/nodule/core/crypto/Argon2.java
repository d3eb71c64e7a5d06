package dev.nodule.core.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2 (RFC 9106). */
final class Argon2 {
  private Argon2() {}

  /**
   * @param kind {@code argon2d}, {@code argon2i} or {@code argon2id}
   * @param memory in KiB
   */
  static byte[] derive(
      String kind,
      byte[] message,
      byte[] nonce,
      byte[] secret,
      byte[] associated,
      int parallelism,
      int length,
      int memory,
      int passes) {
    int type =
        switch (kind) {
          case "argon2d" -> Argon2Parameters.ARGON2_d;
          case "argon2i" -> Argon2Parameters.ARGON2_i;
          default -> Argon2Parameters.ARGON2_id;
        };
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(type)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(nonce)
            .withSecret(secret)
            .withAdditional(associated)
            .withParallelism(parallelism)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .build());
    byte[] result = new byte[length];
    generator.generateBytes(message, result);
    return result;
  }
}
