package dev.nodule.core.crypto.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/**
 * The one encoding under which JavaScript holds a key: DER of PrivateKeyInfo (RFC 5208) or
 * SubjectPublicKeyInfo (RFC 5280), as OpenSSL writes them.
 */
final class KeyEncoding {
  private KeyEncoding() {}

  static byte[] of(AsymmetricKey key) {
    try {
      return key.isPrivate()
          ? privateKeyInfo(key).getEncoded("DER")
          : subjectPublicKeyInfo(key).getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PrivateKeyInfo privateKeyInfo(AsymmetricKey key) throws IOException {
    ASN1Encodable content =
        switch (key.parameters()) {
          case RSAPrivateCrtKeyParameters rsa -> rsaPrivateKey(rsa);
          case ECPrivateKeyParameters ec -> ecPrivateKey(ec, null);
          case Ed25519PrivateKeyParameters ed -> new DEROctetString(ed.getEncoded());
          case Ed448PrivateKeyParameters ed -> new DEROctetString(ed.getEncoded());
          case X25519PrivateKeyParameters x -> new DEROctetString(x.getEncoded());
          case X448PrivateKeyParameters x -> new DEROctetString(x.getEncoded());
          case DSAPrivateKeyParameters dsa -> new ASN1Integer(dsa.getX());
          case DHPrivateKeyParameters dh -> new ASN1Integer(dh.getX());
          default -> null;
        };
    return content == null
        ? PrivateKeyInfoFactory.createPrivateKeyInfo(key.parameters())
        : new PrivateKeyInfo(key.algorithm(), content);
  }

  static SubjectPublicKeyInfo subjectPublicKeyInfo(AsymmetricKey key) throws IOException {
    return switch (key.parameters()) {
      case RSAKeyParameters rsa -> new SubjectPublicKeyInfo(key.algorithm(), rsaPublicKey(rsa));
      case DSAPublicKeyParameters dsa ->
          new SubjectPublicKeyInfo(key.algorithm(), new ASN1Integer(dsa.getY()));
      case DHPublicKeyParameters dh ->
          new SubjectPublicKeyInfo(key.algorithm(), new ASN1Integer(dh.getY()));
      default -> new SubjectPublicKeyInfo(key.algorithm(), rawPublic(key.parameters()));
    };
  }

  /** What lies in the bit string of a key that is no ASN.1 structure of its own. */
  static byte[] rawPublic(AsymmetricKeyParameter key) {
    return switch (key) {
      case ECPublicKeyParameters ec -> ec.getQ().getEncoded(false);
      case Ed25519PublicKeyParameters ed -> ed.getEncoded();
      case Ed448PublicKeyParameters ed -> ed.getEncoded();
      case X25519PublicKeyParameters x -> x.getEncoded();
      case X448PublicKeyParameters x -> x.getEncoded();
      case MLKEMPublicKeyParameters ml -> ml.getEncoded();
      case MLDSAPublicKeyParameters ml -> ml.getEncoded();
      case SLHDSAPublicKeyParameters slh -> slh.getEncoded();
      default -> throw new IllegalArgumentException(key.getClass().getName());
    };
  }

  static RSAPrivateKey rsaPrivateKey(RSAPrivateCrtKeyParameters rsa) {
    return new RSAPrivateKey(
        rsa.getModulus(),
        rsa.getPublicExponent(),
        rsa.getExponent(),
        rsa.getP(),
        rsa.getQ(),
        rsa.getDP(),
        rsa.getDQ(),
        rsa.getQInv());
  }

  static RSAPublicKey rsaPublicKey(RSAKeyParameters rsa) {
    BigInteger exponent =
        rsa instanceof RSAPrivateCrtKeyParameters crt ? crt.getPublicExponent() : rsa.getExponent();
    return new RSAPublicKey(rsa.getModulus(), exponent);
  }

  /** RFC 5915, with the curve where it is no part of what surrounds it. */
  static ECPrivateKey ecPrivateKey(
      ECPrivateKeyParameters ec, @org.jspecify.annotations.Nullable ASN1Encodable curve) {
    ECPublicKeyParameters pub = (ECPublicKeyParameters) PublicHalf.of(ec);
    return new ECPrivateKey(
        ec.getParameters().getN().bitLength(),
        ec.getD(),
        new DERBitString(pub.getQ().getEncoded(false)),
        curve);
  }
}
