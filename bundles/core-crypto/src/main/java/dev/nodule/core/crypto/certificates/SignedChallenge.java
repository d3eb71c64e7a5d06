package dev.nodule.core.crypto.certificates;

import dev.nodule.core.crypto.keys.KeyStructures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Netscape's SignedPublicKeyAndChallenge, in base64.
 *
 * @param key in the encoding of a SubjectPublicKeyInfo
 */
record SignedChallenge(
    ASN1Sequence signed,
    SubjectPublicKeyInfo key,
    String challenge,
    AlgorithmIdentifier algorithm,
    byte[] signature) {
  /** Null for bytes that are none. */
  static @Nullable SignedChallenge read(byte[] text) {
    try {
      String base64 = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
      ASN1Sequence outer = ASN1Sequence.getInstance(Base64.getDecoder().decode(base64));
      ASN1Sequence signed = ASN1Sequence.getInstance(outer.getObjectAt(0));
      return new SignedChallenge(
          signed,
          SubjectPublicKeyInfo.getInstance(signed.getObjectAt(0)),
          ASN1IA5String.getInstance(signed.getObjectAt(1)).getString(),
          AlgorithmIdentifier.getInstance(outer.getObjectAt(1)),
          ASN1BitString.getInstance(outer.getObjectAt(2)).getOctets());
    } catch (RuntimeException e) {
      return null;
    }
  }

  boolean isGenuine() {
    try {
      return CertificateRelations.isSignature(
          algorithm, KeyStructures.of(key), signed.getEncoded("DER"), signature);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
