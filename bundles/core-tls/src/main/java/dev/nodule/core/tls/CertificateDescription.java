package dev.nodule.core.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What JavaScript is told of a certificate; {@code internal/tls/certificate} makes Node's object of
 * it.
 */
final class CertificateDescription {
  private static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "serialNumber"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "street"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "title"),
          Map.entry("2.5.4.13", "description"),
          Map.entry("2.5.4.15", "businessCategory"),
          Map.entry("2.5.4.17", "postalCode"),
          Map.entry("2.5.4.42", "GN"),
          Map.entry("2.5.4.46", "dnQualifier"),
          Map.entry("2.5.4.97", "organizationIdentifier"),
          Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

  /** OpenSSL's and NIST's names of the curves in use. */
  private static final Map<String, String[]> CURVES =
      Map.of(
          "1.2.840.10045.3.1.7", new String[] {"prime256v1", "P-256"},
          "1.3.132.0.34", new String[] {"secp384r1", "P-384"},
          "1.3.132.0.35", new String[] {"secp521r1", "P-521"},
          "1.3.132.0.10", new String[] {"secp256k1"});

  private CertificateDescription() {}

  static Map<String, @Nullable Object> of(X509Certificate certificate)
      throws GeneralSecurityException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    byte[] raw = certificate.getEncoded();
    byte[] publicKey = certificate.getPublicKey().getEncoded();
    map.put("subject", attributes(certificate.getSubjectX500Principal()));
    map.put("issuer", attributes(certificate.getIssuerX500Principal()));
    map.put("names", alternativeNames(certificate));
    map.put("access", access(certificate));
    map.put("ca", certificate.getBasicConstraints() >= 0);
    map.put("from", certificate.getNotBefore().getTime());
    map.put("to", certificate.getNotAfter().getTime());
    map.put("serial", hex(certificate.getSerialNumber()));
    map.put("raw", raw);
    map.put("pubkey", publicKey);
    map.put("usages", usages(certificate));
    map.put(
        "selfIssued",
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
      map.put(
          "rsa",
          new Object[] {
            hex(rsa.getModulus()),
            rsa.getModulus().bitLength(),
            "0x" + rsa.getPublicExponent().toString(16)
          });
    } else if (certificate.getPublicKey() instanceof ECPublicKey ec) {
      List<Der> info = Der.read(publicKey).children();
      String[] names = CURVES.get(info.getFirst().children().getLast().identifier());
      byte[] bits = info.getLast().content();
      map.put("point", java.util.Arrays.copyOfRange(bits, 1, bits.length));
      map.put(
          "curve",
          new Object[] {
            ec.getParams().getOrder().bitLength(),
            names == null ? null : names[0],
            names == null || names.length < 2 ? null : names[1]
          });
    }
    map.put("sha1", MessageDigest.getInstance("SHA-1").digest(raw));
    map.put("sha256", MessageDigest.getInstance("SHA-256").digest(raw));
    map.put("sha512", MessageDigest.getInstance("SHA-512").digest(raw));
    return map;
  }

  /** With two digits for each byte. */
  private static String hex(BigInteger number) {
    String digits = number.toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  /** The parts of a name, in the order in which they are encoded. */
  private static List<Object> attributes(X500Principal name) {
    List<Object> pairs = new ArrayList<>();
    for (Der set : Der.read(name.getEncoded()).children()) {
      for (Der attribute : set.children()) {
        List<Der> parts = attribute.children();
        String identifier = parts.get(0).identifier();
        pairs.add(
            new Object[] {ATTRIBUTES.getOrDefault(identifier, identifier), parts.get(1).text()});
      }
    }
    return pairs;
  }

  private static @Nullable Object usages(X509Certificate certificate) {
    try {
      return certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      return null;
    }
  }

  /** The extension's content, without the octet string around it; null if there is none. */
  private static @Nullable Der extension(X509Certificate certificate, String identifier) {
    byte[] value = certificate.getExtensionValue(identifier);
    return value == null ? null : Der.read(Der.read(value).content());
  }

  private static @Nullable List<Object> access(X509Certificate certificate) {
    Der extension = extension(certificate, AUTHORITY_INFO_ACCESS);
    if (extension == null) {
      return null;
    }
    List<Object> entries = new ArrayList<>();
    for (Der description : extension.children()) {
      List<Der> parts = description.children();
      String method =
          switch (parts.get(0).identifier()) {
            case "1.3.6.1.5.5.7.48.1" -> "OCSP";
            case "1.3.6.1.5.5.7.48.2" -> "CA Issuers";
            default -> parts.get(0).identifier();
          };
      String[] location = generalName(parts.get(1));
      entries.add(new Object[] {method + " - " + location[0], location[1]});
    }
    return entries;
  }

  private static @Nullable String alternativeNames(X509Certificate certificate) {
    Der extension = extension(certificate, SUBJECT_ALTERNATIVE_NAME);
    if (extension == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Der name : extension.children()) {
      String[] parts = generalName(name);
      names.add(parts[0] + ":" + quoteIfNeeded(parts[1]));
    }
    return String.join(", ", names);
  }

  /** RFC 5280, 4.2.1.6: the kind by OpenSSL's word, and the name. */
  private static String[] generalName(Der name) {
    return switch (name.tag() & 0x1f) {
      case 1 -> new String[] {"email", name.text()};
      case 2 -> new String[] {"DNS", name.text()};
      case 4 -> new String[] {"DirName", directoryName(name)};
      case 6 -> new String[] {"URI", name.text()};
      case 7 -> new String[] {"IP Address", address(name.content())};
      case 8 -> new String[] {"Registered ID", name.identifier()};
      default -> new String[] {"othername", "<unsupported>"};
    };
  }

  /** The choice is tagged explicitly: its content is the name as a whole. */
  private static String directoryName(Der name) {
    List<String> parts = new ArrayList<>();
    for (Object pair : attributes(new X500Principal(name.content()))) {
      Object[] attribute = (Object[]) pair;
      parts.add(attribute[0] + "=" + attribute[1]);
    }
    return String.join(",", parts);
  }

  private static String address(byte[] bytes) {
    List<String> parts = new ArrayList<>();
    if (bytes.length == 4) {
      for (byte part : bytes) {
        parts.add(String.valueOf(part & 0xff));
      }
      return String.join(".", parts);
    }
    if (bytes.length == 16) {
      for (int i = 0; i < 16; i += 2) {
        parts.add(
            Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)
                .toUpperCase(Locale.ROOT));
      }
      return String.join(":", parts);
    }
    return "<invalid length=" + bytes.length + ">";
  }

  /** A name that could be taken for several is written as a string of JSON. */
  private static String quoteIfNeeded(String name) {
    boolean plain =
        name.chars()
            .allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != ',' && c != '\'');
    if (plain) {
      return name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : name.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
