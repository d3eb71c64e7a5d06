package dev.nodule.core.crypto;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;

/** The hash functions as ASN.1 names them, and as Bouncy Castle's other algorithms want them. */
public final class DigestIdentifiers {
  private static final String NIST = "2.16.840.1.101.3.4.2.";
  private static final Map<String, String> OIDS =
      Map.ofEntries(
          Map.entry("MD5", "1.2.840.113549.2.5"),
          Map.entry("SHA-1", "1.3.14.3.2.26"),
          Map.entry("SHA-224", NIST + 4),
          Map.entry("SHA-256", NIST + 1),
          Map.entry("SHA-384", NIST + 2),
          Map.entry("SHA-512", NIST + 3),
          Map.entry("SHA-512/224", NIST + 5),
          Map.entry("SHA-512/256", NIST + 6),
          Map.entry("SHA3-224", NIST + 7),
          Map.entry("SHA3-256", NIST + 8),
          Map.entry("SHA3-384", NIST + 9),
          Map.entry("SHA3-512", NIST + 10),
          Map.entry("RIPEMD160", "1.3.36.3.2.1"),
          Map.entry("SM3", "1.2.156.10197.1.401"));
  private static final Map<String, String> NAMES =
      OIDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private DigestIdentifiers() {}

  /** Null for a hash that signatures of RSA cannot name. */
  public static @Nullable AlgorithmIdentifier identifier(HashAlgorithm algorithm) {
    String oid = OIDS.get(algorithm.name());
    return oid == null
        ? null
        : new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid), DERNull.INSTANCE);
  }

  public static @Nullable HashAlgorithm algorithm(ASN1ObjectIdentifier oid) {
    String name = NAMES.get(oid.getId());
    return name == null ? null : HashAlgorithm.of(openSslName(name));
  }

  /** As OpenSSL writes it in details of keys: {@code sha256}, {@code sha512-256}. */
  public static String openSslName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("sha-") ? "sha" + lower.substring(4).replace('/', '-') : lower;
  }

  public static Digest bouncyCastle(HashAlgorithm algorithm) {
    int bits = algorithm.bytes() * 8;
    return switch (algorithm.name()) {
      case "MD5" -> new MD5Digest();
      case "SHA-1" -> new SHA1Digest();
      case "SHA-224" -> new SHA224Digest();
      case "SHA-256" -> SHA256Digest.newInstance();
      case "SHA-384" -> new SHA384Digest();
      case "SHA-512" -> new SHA512Digest();
      case "SHA-512/224", "SHA-512/256" -> new SHA512tDigest(bits);
      case "RIPEMD160" -> new RIPEMD160Digest();
      case "SM3" -> new SM3Digest();
      case "BLAKE2B" -> new Blake2bDigest(bits);
      case "BLAKE2S" -> new Blake2sDigest(bits);
      case "SHAKE-128" -> new SHAKEDigest(128);
      case "SHAKE-256" -> new SHAKEDigest(256);
      default -> new SHA3Digest(bits);
    };
  }

  /** The digest of bytes, by the JDK where it has the hash. */
  public static byte[] digest(HashAlgorithm algorithm, byte[] bytes) {
    Digester digester = Objects.requireNonNull(Digester.of(algorithm));
    digester.update(bytes, 0, bytes.length);
    return digester.digest(algorithm.bytes());
  }
}
