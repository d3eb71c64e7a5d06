package dev.nodule.core.crypto.certificates;

import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.Curves;
import dev.nodule.core.crypto.keys.KeyStructures;
import java.io.IOException;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.jspecify.annotations.Nullable;

/** What JavaScript is told of a certificate. */
final class CertificateDescription {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Map<String, String> NIST_CURVES =
      Map.of("prime256v1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521");

  private CertificateDescription() {}

  static Map<String, @Nullable Object> of(Certificate certificate) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("subject", DistinguishedName.lines(certificate.getSubject()));
    map.put("subjectPairs", DistinguishedName.pairs(certificate.getSubject()));
    map.put("issuer", DistinguishedName.lines(certificate.getIssuer()));
    map.put("issuerPairs", DistinguishedName.pairs(certificate.getIssuer()));
    map.put("subjectAltName", alternativeNames(certificate));
    map.put("infoAccess", access(certificate));
    map.put("keyUsage", purposes(certificate));
    map.put("validFrom", time(certificate.getStartDate().getDate()));
    map.put("validTo", time(certificate.getEndDate().getDate()));
    map.put("from", certificate.getStartDate().getDate().getTime());
    map.put("to", certificate.getEndDate().getDate().getTime());
    map.put("serialNumber", hex(certificate.getSerialNumber().getValue()));
    map.put("ca", CertificateRelations.isAuthority(certificate));
    String algorithm = certificate.getSignatureAlgorithm().getAlgorithm().getId();
    map.put("signatureAlgorithm", SignatureNames.of(algorithm));
    map.put("signatureAlgorithmOid", algorithm);
    map.put("spki", certificate.getSubjectPublicKeyInfo().getEncoded("DER"));
    putKey(map, certificate);
    return map;
  }

  private static void putKey(Map<String, @Nullable Object> map, Certificate certificate) {
    AsymmetricKey key;
    try {
      key = KeyStructures.of(certificate.getSubjectPublicKeyInfo());
    } catch (IOException | RuntimeException e) {
      return;
    }
    if (key.parameters() instanceof RSAKeyParameters rsa) {
      map.put("modulus", rsa.getModulus().toString(16).toUpperCase(Locale.ROOT));
      map.put("bits", rsa.getModulus().bitLength());
      map.put("exponent", "0x" + rsa.getExponent().toString(16));
    } else if (key.parameters() instanceof ECPublicKeyParameters ec) {
      String curve = Curves.name(ec.getParameters());
      map.put("bits", ec.getParameters().getN().bitLength());
      map.put("point", ec.getQ().getEncoded(false));
      map.put("asn1Curve", curve);
      map.put("nistCurve", curve == null ? null : NIST_CURVES.get(curve));
    }
  }

  private static String time(Date date) {
    return TIME.format(date.toInstant());
  }

  /** With two digits for each byte. */
  private static String hex(BigInteger number) {
    String digits = number.abs().toString(16).toUpperCase(Locale.ROOT);
    String even = digits.length() % 2 == 0 ? digits : "0" + digits;
    return number.signum() < 0 ? "-" + even : even;
  }

  static @Nullable Extension extension(
      Certificate certificate, org.bouncycastle.asn1.ASN1ObjectIdentifier oid) {
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    return extensions == null ? null : extensions.getExtension(oid);
  }

  static GeneralName[] alternativeNamesOf(Certificate certificate) {
    Extension extension = extension(certificate, Extension.subjectAlternativeName);
    if (extension == null) {
      return new GeneralName[0];
    }
    return org.bouncycastle.asn1.x509.GeneralNames.getInstance(extension.getParsedValue())
        .getNames();
  }

  private static @Nullable String alternativeNames(Certificate certificate) {
    if (extension(certificate, Extension.subjectAlternativeName) == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (GeneralName name : alternativeNamesOf(certificate)) {
      names.add(GeneralNames.print(name));
    }
    return String.join(", ", names);
  }

  private static @Nullable String access(Certificate certificate) {
    Extension extension = extension(certificate, Extension.authorityInfoAccess);
    if (extension == null) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (AccessDescription description :
        AuthorityInformationAccess.getInstance(extension.getParsedValue())
            .getAccessDescriptions()) {
      String method =
          switch (description.getAccessMethod().getId()) {
            case "1.3.6.1.5.5.7.48.1" -> "OCSP";
            case "1.3.6.1.5.5.7.48.2" -> "CA Issuers";
            default -> description.getAccessMethod().getId();
          };
      lines.add(method + " - " + GeneralNames.print(description.getAccessLocation()));
    }
    return String.join("\n", lines);
  }

  private static @Nullable List<Object> purposes(Certificate certificate) {
    Extension extension = extension(certificate, Extension.extendedKeyUsage);
    if (extension == null) {
      return null;
    }
    List<Object> purposes = new ArrayList<>();
    for (KeyPurposeId purpose :
        ExtendedKeyUsage.getInstance(extension.getParsedValue()).getUsages()) {
      purposes.add(purpose.getId());
    }
    return purposes;
  }

  /** Kinds, names and addresses, for the checks of hosts. */
  static List<Object> names(Certificate certificate) {
    List<Object> names = new ArrayList<>();
    for (GeneralName name : alternativeNamesOf(certificate)) {
      switch (name.getTagNo()) {
        case GeneralName.dNSName ->
            names.add(new Object[] {"DNS", DistinguishedName.text(name.getName())});
        case GeneralName.rfc822Name ->
            names.add(new Object[] {"email", DistinguishedName.text(name.getName())});
        case GeneralName.iPAddress ->
            names.add(new Object[] {"IP", ASN1OctetString.getInstance(name.getName()).getOctets()});
        default -> {}
      }
    }
    return names;
  }
}
