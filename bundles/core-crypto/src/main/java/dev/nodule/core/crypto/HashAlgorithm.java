package dev.nodule.core.crypto;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash function by the names that OpenSSL gives it.
 *
 * @param name the JDK's name, or Bouncy Castle's where the JDK has none
 * @param bytes the length of its digest
 * @param mac the JDK's name of the HMAC with it, or null
 * @param blockBytes what HMAC pads keys to
 */
public record HashAlgorithm(String name, int bytes, @Nullable String mac, int blockBytes) {
  private static final Map<String, HashAlgorithm> BY_NAME = new HashMap<>();

  static {
    add(
        new HashAlgorithm("MD5", 16, "HmacMD5", 64),
        "md5",
        "ssl3-md5",
        "rsa-md5",
        "md5withrsaencryption");
    add(
        new HashAlgorithm("SHA-1", 20, "HmacSHA1", 64),
        "sha1",
        "sha-1",
        "ssl3-sha1",
        "dss1",
        "rsa-sha1",
        "rsa-sha1-2",
        "sha1withrsaencryption",
        "sha1withrsa");
    sha2(224, 64);
    sha2(256, 64);
    sha2(384, 128);
    sha2(512, 128);
    add(
        new HashAlgorithm("SHA-512/224", 28, "HmacSHA512/224", 128),
        "sha512-224",
        "sha-512/224",
        "sha2-512/224",
        "rsa-sha512/224",
        "sha512-224withrsaencryption");
    add(
        new HashAlgorithm("SHA-512/256", 32, "HmacSHA512/256", 128),
        "sha512-256",
        "sha-512/256",
        "sha2-512/256",
        "rsa-sha512/256",
        "sha512-256withrsaencryption");
    for (int bits : new int[] {224, 256, 384, 512}) {
      add(
          new HashAlgorithm("SHA3-" + bits, bits / 8, "HmacSHA3-" + bits, 200 - bits / 4),
          "sha3-" + bits,
          "rsa-sha3-" + bits,
          "id-rsassa-pkcs1-v1_5-with-sha3-" + bits);
      add(new HashAlgorithm("KECCAK-" + bits, bits / 8, null, 200 - bits / 4), "keccak-" + bits);
    }
    add(new HashAlgorithm("SHAKE-128", 16, null, 168), "shake128", "shake-128");
    add(new HashAlgorithm("SHAKE-256", 32, null, 136), "shake256", "shake-256");
    add(
        new HashAlgorithm("RIPEMD160", 20, null, 64),
        "ripemd160",
        "ripemd",
        "rmd160",
        "ripemd-160",
        "rsa-ripemd160",
        "ripemd160withrsa");
    add(new HashAlgorithm("BLAKE2B", 64, null, 128), "blake2b512", "blake2b-512");
    add(new HashAlgorithm("BLAKE2S", 32, null, 64), "blake2s256", "blake2s-256");
    add(new HashAlgorithm("SM3", 32, null, 64), "sm3", "rsa-sm3", "sm3withrsaencryption");
  }

  private static void sha2(int bits, int blockBytes) {
    add(
        new HashAlgorithm("SHA-" + bits, bits / 8, "HmacSHA" + bits, blockBytes),
        "sha" + bits,
        "sha-" + bits,
        "sha2-" + bits,
        "rsa-sha" + bits,
        "sha" + bits + "withrsaencryption");
  }

  private static void add(HashAlgorithm algorithm, String... names) {
    for (String name : names) {
      BY_NAME.put(name, algorithm);
    }
  }

  public static @Nullable HashAlgorithm of(String name) {
    HashAlgorithm found = BY_NAME.get(name);
    return found != null ? found : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  public boolean extendable() {
    return name.startsWith("SHAKE");
  }
}
