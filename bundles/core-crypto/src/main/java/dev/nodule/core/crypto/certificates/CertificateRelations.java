package dev.nodule.core.crypto.certificates;

import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.signatures.SignatureOptions;
import dev.nodule.core.crypto.signatures.Signatures;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/** How certificates and keys belong together. */
final class CertificateRelations {
  private static final String PSS = "1.2.840.113549.1.1.10";
  private static final int PSS_PADDING = 6;
  private static final Set<String> WHOLE = Set.of("ed25519", "ed448");

  private CertificateRelations() {}

  /** Whether it may sign other certificates. */
  static boolean isAuthority(Certificate certificate) {
    Extension extension = CertificateDescription.extension(certificate, Extension.basicConstraints);
    return extension != null
        && BasicConstraints.getInstance(extension.getParsedValue()).isCA()
        && maySign(certificate);
  }

  private static boolean maySign(Certificate certificate) {
    Extension extension = CertificateDescription.extension(certificate, Extension.keyUsage);
    return extension == null
        || KeyUsage.getInstance(extension.getParsedValue()).hasUsages(KeyUsage.keyCertSign);
  }

  /** By names, key identifiers and usages; the signature is not looked at. */
  static boolean isIssued(Certificate certificate, Certificate issuer) {
    return certificate.getIssuer().equals(issuer.getSubject())
        && identifiersFit(certificate, issuer)
        && maySign(issuer);
  }

  private static boolean identifiersFit(Certificate certificate, Certificate issuer) {
    Extension wanted =
        CertificateDescription.extension(certificate, Extension.authorityKeyIdentifier);
    if (wanted == null) {
      return true;
    }
    AuthorityKeyIdentifier authority = AuthorityKeyIdentifier.getInstance(wanted.getParsedValue());
    Extension known = CertificateDescription.extension(issuer, Extension.subjectKeyIdentifier);
    byte[] identifier = authority.getKeyIdentifierOctets();
    if (identifier != null && known != null) {
      byte[] own = SubjectKeyIdentifier.getInstance(known.getParsedValue()).getKeyIdentifier();
      if (!Arrays.equals(identifier, own)) {
        return false;
      }
    }
    return authority.getAuthorityCertSerialNumber() == null
        || authority.getAuthorityCertSerialNumber().equals(issuer.getSerialNumber().getValue());
  }

  /** Whether the certificate's signature is one of the key. */
  static boolean isSignedBy(Certificate certificate, AsymmetricKey key) throws IOException {
    AlgorithmIdentifier algorithm = certificate.getSignatureAlgorithm();
    return isSignature(
        algorithm,
        key,
        certificate.getTBSCertificate().getEncoded("DER"),
        certificate.getSignature().getOctets());
  }

  static boolean isSignature(
      AlgorithmIdentifier algorithm, AsymmetricKey key, byte[] message, byte[] signature) {
    String oid = algorithm.getAlgorithm().getId();
    String kind = SignatureNames.of(oid).toLowerCase(java.util.Locale.ROOT);
    if (WHOLE.contains(kind) || kind.startsWith("ml-dsa")) {
      return key.type().equals(kind)
          && Signatures.verify(key, null, message, signature, options(0));
    }
    if (oid.equals(PSS)) {
      RSASSAPSSparams pss = RSASSAPSSparams.getInstance(algorithm.getParameters());
      HashAlgorithm hash = DigestIdentifiers.algorithm(pss.getHashAlgorithm().getAlgorithm());
      return hash != null
          && key.isRsa()
          && Signatures.verify(key, hash, message, signature, options(PSS_PADDING));
    }
    HashAlgorithm hash = HashAlgorithm.of(SignatureNames.hashOf(oid));
    return hash != null
        && key.type().equals(keyType(kind))
        && Signatures.verify(key, hash, message, signature, options(0));
  }

  private static @Nullable String keyType(String kind) {
    return kind.contains("rsa") ? "rsa" : kind.startsWith("ecdsa") ? "ec" : "dsa";
  }

  private static SignatureOptions options(int padding) {
    return new SignatureOptions(padding, SignatureOptions.UNSET, false, null);
  }
}
