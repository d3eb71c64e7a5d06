package dev.nodule.core.crypto.keys;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.jspecify.annotations.Nullable;

/** Node.js's names of key types, and the object identifiers that stand for them in encodings. */
public final class KeyTypes {
  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, String> OIDS = new HashMap<>();
  private static final String KEMS = "2.16.840.1.101.3.4.4.";
  private static final String SIGNATURES = "2.16.840.1.101.3.4.3.";
  private static final Map<String, MLKEMParameters> ML_KEM =
      Map.of(
          "ml-kem-512", MLKEMParameters.ml_kem_512,
          "ml-kem-768", MLKEMParameters.ml_kem_768,
          "ml-kem-1024", MLKEMParameters.ml_kem_1024);
  private static final Map<String, MLDSAParameters> ML_DSA =
      Map.of(
          "ml-dsa-44", MLDSAParameters.ml_dsa_44,
          "ml-dsa-65", MLDSAParameters.ml_dsa_65,
          "ml-dsa-87", MLDSAParameters.ml_dsa_87);
  private static final Map<String, SLHDSAParameters> SLH_DSA =
      Map.ofEntries(
          Map.entry("slh-dsa-sha2-128s", SLHDSAParameters.sha2_128s),
          Map.entry("slh-dsa-sha2-128f", SLHDSAParameters.sha2_128f),
          Map.entry("slh-dsa-sha2-192s", SLHDSAParameters.sha2_192s),
          Map.entry("slh-dsa-sha2-192f", SLHDSAParameters.sha2_192f),
          Map.entry("slh-dsa-sha2-256s", SLHDSAParameters.sha2_256s),
          Map.entry("slh-dsa-sha2-256f", SLHDSAParameters.sha2_256f),
          Map.entry("slh-dsa-shake-128s", SLHDSAParameters.shake_128s),
          Map.entry("slh-dsa-shake-128f", SLHDSAParameters.shake_128f),
          Map.entry("slh-dsa-shake-192s", SLHDSAParameters.shake_192s),
          Map.entry("slh-dsa-shake-192f", SLHDSAParameters.shake_192f),
          Map.entry("slh-dsa-shake-256s", SLHDSAParameters.shake_256s),
          Map.entry("slh-dsa-shake-256f", SLHDSAParameters.shake_256f));

  static {
    add("rsa", "1.2.840.113549.1.1.1");
    add("rsa-pss", "1.2.840.113549.1.1.10");
    add("dsa", "1.2.840.10040.4.1");
    add("dh", "1.2.840.10046.2.1");
    add("dh", "1.2.840.113549.1.3.1");
    add("ec", "1.2.840.10045.2.1");
    add("x25519", "1.3.101.110");
    add("x448", "1.3.101.111");
    add("ed25519", "1.3.101.112");
    add("ed448", "1.3.101.113");
    add("ml-kem-512", KEMS + 1);
    add("ml-kem-768", KEMS + 2);
    add("ml-kem-1024", KEMS + 3);
    add("ml-dsa-44", SIGNATURES + 17);
    add("ml-dsa-65", SIGNATURES + 18);
    add("ml-dsa-87", SIGNATURES + 19);
    int number = 20;
    for (String family : new String[] {"sha2", "shake"}) {
      for (String strength : new String[] {"128", "192", "256"}) {
        for (String variant : new String[] {"s", "f"}) {
          add("slh-dsa-" + family + "-" + strength + variant, SIGNATURES + number++);
        }
      }
    }
  }

  private KeyTypes() {}

  private static void add(String name, String oid) {
    NAMES.put(oid, name);
    OIDS.put(name, oid);
  }

  static @Nullable String name(ASN1ObjectIdentifier oid) {
    return NAMES.get(oid.getId());
  }

  static ASN1ObjectIdentifier oid(String type) {
    String oid = OIDS.get(type);
    if (oid == null) {
      throw new IllegalArgumentException(type);
    }
    return new ASN1ObjectIdentifier(oid);
  }

  static @Nullable MLKEMParameters mlKem(String type) {
    return ML_KEM.get(type);
  }

  static @Nullable MLDSAParameters mlDsa(String type) {
    return ML_DSA.get(type);
  }

  static @Nullable SLHDSAParameters slhDsa(String type) {
    return SLH_DSA.get(type);
  }
}
