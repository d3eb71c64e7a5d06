package dev.nodule.core.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/** PBKDF2 (RFC 8018), HKDF (RFC 5869) and scrypt (RFC 7914). */
public final class KeyDerivation {
  private KeyDerivation() {}

  public static byte[] pbkdf2(
      HashAlgorithm algorithm, byte[] password, byte[] salt, int iterations, int length) {
    KeyedHash mac = KeyedHash.of(algorithm, password);
    byte[] result = new byte[length];
    int done = 0;
    for (int block = 1; done < length; block++) {
      mac.update(salt, 0, salt.length);
      mac.update(bigEndian(block), 0, 4);
      byte[] last = mac.finish();
      byte[] sum = last.clone();
      for (int i = 1; i < iterations; i++) {
        mac.update(last, 0, last.length);
        last = mac.finish();
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= last[j];
        }
      }
      int count = Math.min(sum.length, length - done);
      System.arraycopy(sum, 0, result, done, count);
      done += count;
    }
    return result;
  }

  private static byte[] bigEndian(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  static byte[] hkdf(HashAlgorithm algorithm, byte[] key, byte[] salt, byte[] info, int length) {
    KeyedHash extract =
        KeyedHash.of(algorithm, salt.length == 0 ? new byte[algorithm.bytes()] : salt);
    extract.update(key, 0, key.length);
    KeyedHash expand = KeyedHash.of(algorithm, extract.finish());
    byte[] result = new byte[length];
    byte[] last = new byte[0];
    int done = 0;
    for (int i = 1; done < length; i++) {
      expand.update(last, 0, last.length);
      expand.update(info, 0, info.length);
      expand.update(new byte[] {(byte) i}, 0, 1);
      last = expand.finish();
      int count = Math.min(last.length, length - done);
      System.arraycopy(last, 0, result, done, count);
      done += count;
    }
    return result;
  }

  public static byte[] scrypt(
      byte[] password, byte[] salt, int cost, int blockSize, int parallelization, int length) {
    // The library gives at least one byte.
    byte[] key =
        SCrypt.generate(password, salt, cost, blockSize, parallelization, Math.max(1, length));
    return length == key.length ? key : Arrays.copyOf(key, length);
  }
}
