package dev.nodule.core.crypto.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.jspecify.annotations.Nullable;

/** Elliptic curves by the names that OpenSSL gives them. */
public final class Curves {
  private static final String[] NAMES =
      ("SM2 brainpoolP160r1 brainpoolP160t1 brainpoolP192r1 brainpoolP192t1 brainpoolP224r1"
              + " brainpoolP224t1 brainpoolP256r1 brainpoolP256t1 brainpoolP320r1 brainpoolP320t1"
              + " brainpoolP384r1 brainpoolP384t1 brainpoolP512r1 brainpoolP512t1 c2pnb163v1"
              + " c2pnb163v2 c2pnb163v3 c2pnb176v1 c2pnb176w1 c2pnb208w1 c2pnb272w1 c2pnb304w1"
              + " c2pnb368w1 c2tnb191v1 c2tnb191v2 c2tnb191v3 c2tnb239v1 c2tnb239v2 c2tnb239v3"
              + " c2tnb359v1 c2tnb431r1 prime192v1 prime192v2 prime192v3 prime239v1 prime239v2"
              + " prime239v3 prime256v1 secp112r1 secp112r2 secp128r1 secp128r2 secp160k1 secp160r1"
              + " secp160r2 secp192k1 secp224k1 secp224r1 secp256k1 secp384r1 secp521r1 sect113r1"
              + " sect113r2 sect131r1 sect131r2 sect163k1 sect163r1 sect163r2 sect193r1 sect193r2"
              + " sect233k1 sect233r1 sect239k1 sect283k1 sect283r1 sect409k1 sect409r1 sect571k1"
              + " sect571r1")
          .split(" ");

  /** Names of NIST that OpenSSL takes too. */
  private static final Map<String, String> NIST =
      Map.ofEntries(
          Map.entry("P-192", "prime192v1"),
          Map.entry("P-224", "secp224r1"),
          Map.entry("P-256", "prime256v1"),
          Map.entry("P-384", "secp384r1"),
          Map.entry("P-521", "secp521r1"),
          Map.entry("B-163", "sect163r2"),
          Map.entry("B-233", "sect233r1"),
          Map.entry("B-283", "sect283r1"),
          Map.entry("B-409", "sect409r1"),
          Map.entry("B-571", "sect571r1"),
          Map.entry("K-163", "sect163k1"),
          Map.entry("K-233", "sect233k1"),
          Map.entry("K-283", "sect283k1"),
          Map.entry("K-409", "sect409k1"),
          Map.entry("K-571", "sect571k1"));

  private static final Set<String> FAST = Set.of("prime256v1", "secp384r1", "secp521r1");

  private static final Map<String, ASN1ObjectIdentifier> OIDS = new HashMap<>();
  private static final Map<ASN1ObjectIdentifier, String> BY_OID = new HashMap<>();

  static {
    for (String name : NAMES) {
      ASN1ObjectIdentifier oid = ECNamedCurveTable.getOID(name.equals("SM2") ? "sm2p256v1" : name);
      if (oid != null) {
        OIDS.put(name, oid);
        BY_OID.put(oid, name);
      }
    }
  }

  private Curves() {}

  static List<String> names() {
    return Stream.of(NAMES).filter(OIDS::containsKey).toList();
  }

  static @Nullable ASN1ObjectIdentifier oid(String name) {
    return OIDS.get(NIST.getOrDefault(name, name));
  }

  /** Null for parameters that were written out and belong to no known curve. */
  public static @Nullable String name(ECDomainParameters parameters) {
    if (parameters instanceof ECNamedDomainParameters named) {
      return BY_OID.get(named.getName());
    }
    for (Map.Entry<String, ASN1ObjectIdentifier> entry : OIDS.entrySet()) {
      ECDomainParameters known = parameters(entry.getValue());
      if (known.getN().equals(parameters.getN())
          && known.getCurve().equals(parameters.getCurve())
          && known.getG().equals(parameters.getG())) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Whether a key is one on a curve for which Java's providers have fast code. */
  public static boolean isNist(AsymmetricKey key) {
    if (!(key.parameters() instanceof ECKeyParameters ec)) {
      return false;
    }
    String curve = name(ec.getParameters());
    return curve != null && FAST.contains(curve);
  }

  static boolean isNist(String curve) {
    return FAST.contains(NIST.getOrDefault(curve, curve));
  }

  /** The name under which Java knows a curve that {@link #isNist(String)}. */
  static String nistName(String curve) {
    String name = NIST.getOrDefault(curve, curve);
    return name.equals("prime256v1") ? "secp256r1" : name;
  }

  /** Null for a name that is not known. */
  public static @Nullable ECNamedDomainParameters byName(String name) {
    ASN1ObjectIdentifier oid = oid(name);
    return oid == null ? null : parameters(oid);
  }

  static ECNamedDomainParameters parameters(ASN1ObjectIdentifier oid) {
    return new ECNamedDomainParameters(oid, x9(oid));
  }

  /** With the implementation made for the curve, where there is one. */
  static X9ECParameters x9(ASN1ObjectIdentifier oid) {
    X9ECParameters fast = CustomNamedCurves.getByOID(oid);
    X9ECParameters found = fast != null ? fast : ECNamedCurveTable.getByOID(oid);
    if (found == null) {
      throw new IllegalArgumentException(oid.getId());
    }
    return found;
  }
}
