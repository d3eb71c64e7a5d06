package dev.nodule.core.crypto.certificates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/** Names of subjects and issuers as OpenSSL prints them. */
final class DistinguishedName {
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

  private DistinguishedName() {}

  private static String key(AttributeTypeAndValue attribute) {
    String oid = attribute.getType().getId();
    return ATTRIBUTES.getOrDefault(oid, oid);
  }

  static String text(ASN1Encodable value) {
    return value instanceof ASN1String string ? string.getString() : value.toString();
  }

  /** Keys and values one after another, in the order of the encoding. */
  static List<Object> pairs(X500Name name) {
    List<Object> pairs = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        pairs.add(new Object[] {key(attribute), text(attribute.getValue())});
      }
    }
    return pairs;
  }

  /** One line for each part, RFC 2253's escapes. */
  static String lines(X500Name name) {
    List<String> parts = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      parts.add(part(rdn, " + ", true));
    }
    return String.join("\n", parts);
  }

  /** RFC 2253: the last part first, commas between them. */
  static String reversed(X500Name name) {
    List<String> parts = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      parts.add(part(rdn, "+", false));
    }
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  private static String part(RDN rdn, String separator, boolean escapeControls) {
    List<String> values = new ArrayList<>();
    for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
      values.add(key(attribute) + "=" + escape(text(attribute.getValue()), escapeControls));
    }
    return String.join(separator, values);
  }

  private static String escape(String text, boolean escapeControls) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean edge = (i == 0 && (c == '#' || c == ' ')) || (i == text.length() - 1 && c == ' ');
      if (edge || ",+\"\\<>;".indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else if (escapeControls && (c < 0x20 || c == 0x7f)) {
        escaped.append(String.format("\\%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
