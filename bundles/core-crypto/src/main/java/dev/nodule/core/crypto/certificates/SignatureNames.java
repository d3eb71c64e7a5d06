package dev.nodule.core.crypto.certificates;

import java.util.Map;

/** OpenSSL's long names of signature algorithms. */
final class SignatureNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.10", "rsassaPss"),
          Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
          Map.entry("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
          Map.entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
          Map.entry("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
          Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
          Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
          Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
          Map.entry("1.2.840.10040.4.3", "dsaWithSHA1"),
          Map.entry("2.16.840.1.101.3.4.3.1", "dsa_with_SHA224"),
          Map.entry("2.16.840.1.101.3.4.3.2", "dsa_with_SHA256"),
          Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
          Map.entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
          Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
          Map.entry("1.3.101.112", "ED25519"),
          Map.entry("1.3.101.113", "ED448"));

  private SignatureNames() {}

  static String of(String oid) {
    return NAMES.getOrDefault(oid, oid);
  }

  /** The hash in the name, as Node.js calls it; the empty text for one that has none. */
  static String hashOf(String oid) {
    String name = of(oid).toLowerCase(java.util.Locale.ROOT);
    for (String hash : new String[] {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}) {
      if (name.contains(hash)) {
        return hash;
      }
    }
    return "";
  }
}
