package dev.nodule.core.crypto.keys;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.OpenSslError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Reads keys from PEM (RFC 7468, and what OpenSSL wrote before it) and DER. */
public final class KeyReader {
  private KeyReader() {}

  /**
   * @param type {@code pkcs1}, {@code pkcs8}, {@code sec1}, or null for PEM, which says so itself
   */
  static AsymmetricKey readPrivate(
      byte[] bytes, boolean pem, @Nullable String type, byte @Nullable [] passphrase) {
    try {
      AsymmetricKey key = pem ? fromPem(bytes, passphrase, true) : fromDer(bytes, type, passphrase);
      if (!key.isPrivate()) {
        throw OpenSslError.unsupported();
      }
      return key;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw refused(e);
    }
  }

  /** Takes private keys and certificates too, for the public key that they contain. */
  static AsymmetricKey readPublic(
      byte[] bytes, boolean pem, @Nullable String type, byte @Nullable [] passphrase) {
    try {
      return (pem ? fromPem(bytes, passphrase, false) : fromDer(bytes, type, passphrase))
          .toPublic();
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw refused(e);
    }
  }

  private static NodeException refused(Exception cause) {
    NodeException error = OpenSslError.unsupported();
    error.addSuppressed(cause);
    return error;
  }

  private static AsymmetricKey fromPem(
      byte[] bytes, byte @Nullable [] passphrase, boolean privateOnly) throws IOException {
    try (PemReader reader =
        new PemReader(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)))) {
      for (PemObject block = next(reader); block != null; block = next(reader)) {
        AsymmetricKey key = fromBlock(block, passphrase);
        if (key != null && (key.isPrivate() || !privateOnly)) {
          return key;
        }
      }
    }
    throw OpenSslError.unsupported();
  }

  private static @Nullable PemObject next(PemReader reader) throws IOException {
    return reader.readPemObject();
  }

  private static @Nullable AsymmetricKey fromBlock(PemObject block, byte @Nullable [] passphrase)
      throws IOException {
    byte[] content = block.getContent();
    return switch (block.getType()) {
      case "PRIVATE KEY" -> KeyStructures.of(PrivateKeyInfo.getInstance(content));
      case "ENCRYPTED PRIVATE KEY" ->
          KeyStructures.of(PrivateKeyEncryption.decrypt(content, passphrase));
      case "RSA PRIVATE KEY" ->
          KeyStructures.ofRsa(RSAPrivateKey.getInstance(plain(block, passphrase)));
      case "EC PRIVATE KEY" ->
          KeyStructures.ofEc(ECPrivateKey.getInstance(plain(block, passphrase)));
      case "DSA PRIVATE KEY" -> KeyStructures.ofDsa(plain(block, passphrase));
      case "PUBLIC KEY" -> KeyStructures.of(SubjectPublicKeyInfo.getInstance(content));
      case "RSA PUBLIC KEY" -> KeyStructures.ofRsa(RSAPublicKey.getInstance(content));
      case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
          KeyStructures.of(Certificate.getInstance(content).getSubjectPublicKeyInfo());
      default -> null;
    };
  }

  private static ASN1Sequence plain(PemObject block, byte @Nullable [] passphrase) {
    return KeyStructures.sequence(PemEncryption.decrypt(block, passphrase));
  }

  private static AsymmetricKey fromDer(
      byte[] der, @Nullable String type, byte @Nullable [] passphrase) throws IOException {
    ASN1Sequence sequence = KeyStructures.sequence(der);
    ASN1Encodable first = sequence.getObjectAt(0);
    ASN1Encodable second = sequence.getObjectAt(1);
    if (first instanceof ASN1Integer) {
      if (second instanceof ASN1Integer && (type == null || type.equals("pkcs1"))) {
        return sequence.size() == 2
            ? KeyStructures.ofRsa(RSAPublicKey.getInstance(sequence))
            : KeyStructures.ofRsa(RSAPrivateKey.getInstance(sequence));
      }
      if (second instanceof ASN1OctetString && (type == null || type.equals("sec1"))) {
        return KeyStructures.ofEc(ECPrivateKey.getInstance(sequence));
      }
      if (second instanceof ASN1Sequence && !"pkcs1".equals(type) && !"sec1".equals(type)) {
        return KeyStructures.of(PrivateKeyInfo.getInstance(sequence));
      }
    } else if (first instanceof ASN1Sequence) {
      if (second instanceof ASN1BitString && (type == null || type.equals("spki"))) {
        return KeyStructures.of(SubjectPublicKeyInfo.getInstance(sequence));
      }
      if (second instanceof ASN1OctetString && (type == null || type.equals("pkcs8"))) {
        if (passphrase == null) {
          throw new NodeException(
              NodeException.Kind.TYPE_ERROR,
              "ERR_MISSING_PASSPHRASE",
              "Passphrase required for encrypted key");
        }
        return KeyStructures.of(PrivateKeyEncryption.decrypt(der, passphrase));
      }
      if (sequence.size() == 3 && type == null) {
        return KeyStructures.of(Certificate.getInstance(sequence).getSubjectPublicKeyInfo());
      }
    }
    throw OpenSslError.unsupported();
  }
}
