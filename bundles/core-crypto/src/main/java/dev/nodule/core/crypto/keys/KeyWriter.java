package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.OpenSslError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/** Writes keys as PEM text or DER bytes. JavaScript has checked that the type fits the key. */
public final class KeyWriter {
  private static final int LINE = 64;

  private KeyWriter() {}

  /**
   * @param cipher null for a key that is not encrypted
   * @return a String for PEM, else bytes
   */
  static Object write(
      AsymmetricKey key,
      boolean pem,
      String type,
      @Nullable String cipher,
      byte @Nullable [] passphrase) {
    try {
      if (cipher != null && passphrase != null) {
        return encrypted(key, pem, type, cipher, passphrase);
      }
      byte[] der = structure(key, type).toASN1Primitive().getEncoded("DER");
      return pem ? pem(label(key, type), "", der) : der;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object encrypted(
      AsymmetricKey key, boolean pem, String type, String cipher, byte[] passphrase)
      throws IOException {
    if (!type.equals("pkcs8")) {
      byte[] der = structure(key, type).toASN1Primitive().getEncoded("DER");
      return PemEncryption.encrypt(label(key, type), der, cipher, passphrase);
    }
    byte[] der = PrivateKeyEncryption.encrypt(KeyEncoding.privateKeyInfo(key), cipher, passphrase);
    return pem ? pem("ENCRYPTED PRIVATE KEY", "", der) : der;
  }

  private static ASN1Encodable structure(AsymmetricKey key, String type) throws IOException {
    return switch (type) {
      case "spki" -> KeyEncoding.subjectPublicKeyInfo(key);
      case "pkcs8" -> KeyEncoding.privateKeyInfo(key);
      case "pkcs1" ->
          key.parameters() instanceof RSAPrivateCrtKeyParameters rsa
              ? KeyEncoding.rsaPrivateKey(rsa)
              : KeyEncoding.rsaPublicKey((RSAKeyParameters) key.parameters());
      case "sec1" ->
          KeyEncoding.ecPrivateKey(
              (ECPrivateKeyParameters) key.parameters(), key.algorithm().getParameters());
      case "dsa" -> traditionalDsa((DSAPrivateKeyParameters) key.parameters());
      default -> throw OpenSslError.unsupported();
    };
  }

  private static ASN1Encodable traditionalDsa(DSAPrivateKeyParameters key) {
    DSAPublicKeyParameters pub = (DSAPublicKeyParameters) PublicHalf.of(key);
    return new DERSequence(
        new ASN1Encodable[] {
          new ASN1Integer(0),
          new ASN1Integer(key.getParameters().getP()),
          new ASN1Integer(key.getParameters().getQ()),
          new ASN1Integer(key.getParameters().getG()),
          new ASN1Integer(pub.getY()),
          new ASN1Integer(key.getX())
        });
  }

  private static String label(AsymmetricKey key, String type) {
    return switch (type) {
      case "spki" -> "PUBLIC KEY";
      case "pkcs8" -> "PRIVATE KEY";
      case "pkcs1" -> key.isPrivate() ? "RSA PRIVATE KEY" : "RSA PUBLIC KEY";
      case "sec1" -> "EC PRIVATE KEY";
      default -> "DSA PRIVATE KEY";
    };
  }

  public static String pem(String label, String headers, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + headers
        + encoder.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
