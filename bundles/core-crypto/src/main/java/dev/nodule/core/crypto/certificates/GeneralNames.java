package dev.nodule.core.crypto.certificates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * Alternative names (RFC 5280, 4.2.1.6) as Node.js prints them: what could be taken for several
 * names is written as a string of JSON.
 */
final class GeneralNames {
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "1.3.6.1.4.1.311.20.2.3", "UPN",
          "1.3.6.1.5.5.7.8.5", "XmppAddr",
          "1.3.6.1.5.5.7.8.7", "SRVName",
          "1.3.6.1.5.5.7.8.8", "NAIRealm",
          "1.3.6.1.5.5.7.8.9", "SmtpUTF8Mailbox");

  private GeneralNames() {}

  static String print(GeneralName name) {
    ASN1Encodable value = name.getName();
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name -> "email:" + quoted("", latin1(value), false);
      case GeneralName.dNSName -> "DNS:" + quoted("", latin1(value), false);
      case GeneralName.uniformResourceIdentifier -> "URI:" + quoted("", latin1(value), false);
      case GeneralName.directoryName ->
          "DirName:" + quoted("", DistinguishedName.reversed(X500Name.getInstance(value)), true);
      case GeneralName.iPAddress ->
          "IP Address:" + address(ASN1OctetString.getInstance(value).getOctets());
      case GeneralName.registeredID ->
          "Registered ID:" + ASN1ObjectIdentifier.getInstance(value).getId();
      case GeneralName.otherName -> "othername:" + otherName(value);
      case GeneralName.x400Address -> "X400Name:<unsupported>";
      default -> "EdiPartyName:<unsupported>";
    };
  }

  private static String latin1(ASN1Encodable value) {
    return ASN1IA5String.getInstance(value).getString();
  }

  private static String otherName(ASN1Encodable value) {
    ASN1Sequence sequence = ASN1Sequence.getInstance(value);
    String kind =
        OTHER_NAMES.get(ASN1ObjectIdentifier.getInstance(sequence.getObjectAt(0)).getId());
    ASN1Encodable content =
        ASN1TaggedObject.getInstance(sequence.getObjectAt(1)).getExplicitBaseObject();
    String text = otherText(kind, content);
    return text == null || kind == null
        ? "<unsupported>"
        : quoted(kind + ":", text, !kind.equals("SRVName"));
  }

  private static @Nullable String otherText(@Nullable String kind, ASN1Encodable content) {
    if (kind == null) {
      return null;
    }
    if (kind.equals("SRVName")) {
      return content instanceof ASN1IA5String text ? text.getString() : null;
    }
    return content instanceof ASN1UTF8String text ? text.getString() : null;
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
        int part = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        parts.add(Integer.toHexString(part).toUpperCase(Locale.ROOT));
      }
      return String.join(":", parts);
    }
    return "<invalid length=" + bytes.length + ">";
  }

  /**
   * @param unicode whether characters beyond ASCII are what they seem to be
   */
  private static String quoted(String prefix, String name, boolean unicode) {
    if (name.chars().allMatch(c -> isSafe(c, unicode))) {
      return prefix + name;
    }
    StringBuilder quoted = new StringBuilder("\"").append(prefix);
    for (char c : name.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == ',' || !(isSafe(c, unicode) || c == '\'')) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isSafe(int c, boolean unicode) {
    if (c == '"' || c == '\\' || c == ',' || c == '\'') {
      return false;
    }
    return c >= 0x20 && (unicode ? c != 0x7f : c < 0x7f);
  }
}
