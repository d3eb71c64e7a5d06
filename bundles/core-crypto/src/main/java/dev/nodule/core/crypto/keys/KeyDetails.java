package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.DSAKeyParameters;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/** {@code asymmetricKeyDetails}. */
public final class KeyDetails {
  private KeyDetails() {}

  static Map<String, Object> of(AsymmetricKey key) {
    Map<String, Object> details = new LinkedHashMap<>();
    switch (key.parameters()) {
      case RSAKeyParameters rsa -> {
        details.put("modulusLength", rsa.getModulus().bitLength());
        details.put(
            "publicExponent",
            rsa instanceof RSAPrivateCrtKeyParameters crt
                ? crt.getPublicExponent()
                : rsa.getExponent());
        RSASSAPSSparams pss = pssParameters(key);
        if (pss != null) {
          details.put("hashAlgorithm", name(pss.getHashAlgorithm().getAlgorithm()));
          details.put("mgf1HashAlgorithm", name(mgf1Hash(pss)));
          details.put("saltLength", pss.getSaltLength().intValueExact());
        }
      }
      case DSAKeyParameters dsa -> {
        details.put("modulusLength", dsa.getParameters().getP().bitLength());
        details.put("divisorLength", dsa.getParameters().getQ().bitLength());
      }
      case ECKeyParameters ec -> {
        String curve = Curves.name(ec.getParameters());
        if (curve != null) {
          details.put("namedCurve", curve);
        }
      }
      default -> {}
    }
    return details;
  }

  /** What a key of the type rsa-pss demands of its signatures; null if it demands nothing. */
  public static @Nullable RSASSAPSSparams pssParameters(AsymmetricKey key) {
    return key.type().equals("rsa-pss") && key.algorithm().getParameters() != null
        ? RSASSAPSSparams.getInstance(key.algorithm().getParameters())
        : null;
  }

  public static ASN1ObjectIdentifier mgf1Hash(RSASSAPSSparams pss) {
    return AlgorithmIdentifier.getInstance(pss.getMaskGenAlgorithm().getParameters())
        .getAlgorithm();
  }

  private static String name(ASN1ObjectIdentifier oid) {
    HashAlgorithm algorithm = DigestIdentifiers.algorithm(oid);
    return algorithm == null ? oid.getId() : DigestIdentifiers.openSslName(algorithm.name());
  }
}
