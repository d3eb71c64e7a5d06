package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.OpenSslError;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Keys from the ASN.1 structures that hold them. */
public final class KeyStructures {
  private KeyStructures() {}

  static AsymmetricKey of(PrivateKeyInfo info) throws IOException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    String type = type(algorithm);
    AsymmetricKeyParameter parameters =
        type.equals("rsa") || type.equals("rsa-pss")
            ? rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()))
            : PrivateKeyFactory.createKey(info);
    return new AsymmetricKey(type, algorithm, parameters);
  }

  public static AsymmetricKey of(SubjectPublicKeyInfo info) throws IOException {
    AlgorithmIdentifier algorithm = info.getAlgorithm();
    String type = type(algorithm);
    AsymmetricKeyParameter parameters =
        type.equals("rsa") || type.equals("rsa-pss")
            ? rsa(RSAPublicKey.getInstance(info.parsePublicKey()))
            : PublicKeyFactory.createKey(info);
    return new AsymmetricKey(type, algorithm, parameters);
  }

  private static String type(AlgorithmIdentifier algorithm) {
    String type = KeyTypes.name(algorithm.getAlgorithm());
    if (type == null) {
      throw OpenSslError.unsupported();
    }
    return type;
  }

  static AlgorithmIdentifier rsaAlgorithm() {
    return new AlgorithmIdentifier(KeyTypes.oid("rsa"), DERNull.INSTANCE);
  }

  static AsymmetricKey ofRsa(RSAPrivateKey key) {
    return new AsymmetricKey("rsa", rsaAlgorithm(), rsa(key));
  }

  static AsymmetricKey ofRsa(RSAPublicKey key) {
    return new AsymmetricKey("rsa", rsaAlgorithm(), rsa(key));
  }

  // Without the library's search for small factors, which OpenSSL does not do either.
  private static RSAKeyParameters rsa(RSAPrivateKey key) {
    return new RSAPrivateCrtKeyParameters(
        key.getModulus(),
        key.getPublicExponent(),
        key.getPrivateExponent(),
        key.getPrime1(),
        key.getPrime2(),
        key.getExponent1(),
        key.getExponent2(),
        key.getCoefficient(),
        true);
  }

  private static RSAKeyParameters rsa(RSAPublicKey key) {
    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent(), true);
  }

  /** RFC 5915, the curve inside. */
  static AsymmetricKey ofEc(ECPrivateKey key) throws IOException {
    ASN1Encodable curve = key.getParametersObject();
    if (curve == null) {
      throw OpenSslError.unsupported();
    }
    return of(new PrivateKeyInfo(ecAlgorithm(curve), key));
  }

  static AlgorithmIdentifier ecAlgorithm(ASN1Encodable curve) {
    return new AlgorithmIdentifier(KeyTypes.oid("ec"), curve);
  }

  /** What OpenSSL writes as {@code DSA PRIVATE KEY}: 0, p, q, g, y, x. */
  static AsymmetricKey ofDsa(ASN1Sequence key) {
    DSAParameters parameters = new DSAParameters(integer(key, 1), integer(key, 2), integer(key, 3));
    return new AsymmetricKey(
        "dsa", dsaAlgorithm(parameters), new DSAPrivateKeyParameters(integer(key, 5), parameters));
  }

  static AlgorithmIdentifier dsaAlgorithm(DSAParameters parameters) {
    return new AlgorithmIdentifier(
        KeyTypes.oid("dsa"),
        new DSAParameter(parameters.getP(), parameters.getQ(), parameters.getG()));
  }

  private static BigInteger integer(ASN1Sequence sequence, int index) {
    return ASN1Integer.getInstance(sequence.getObjectAt(index)).getPositiveValue();
  }

  /** Whatever of the known structures it is; {@code null} if it is none. */
  static ASN1Sequence sequence(byte[] der) {
    try {
      if (ASN1Primitive.fromByteArray(der) instanceof ASN1Sequence sequence
          && sequence.size() > 1) {
        return sequence;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Not DER at all: the same answer as for an unknown structure.
    }
    throw OpenSslError.unsupported();
  }

  static boolean isOid(ASN1Encodable value) {
    return value.toASN1Primitive() instanceof ASN1ObjectIdentifier;
  }
}
