package dev.nodule.core.crypto.keys;

import dev.nodule.api.NodeException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PublicKeyParameters;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Keys that are plain bytes: points, scalars and seeds. */
final class RawKeys {
  private RawKeys() {}

  /**
   * @param format {@code raw-public}, {@code raw-private} or {@code raw-seed}
   * @throws IllegalArgumentException if the bytes are no such key
   */
  static AsymmetricKey read(String type, @Nullable String curve, String format, byte[] bytes) {
    boolean secret = !format.equals("raw-public");
    ASN1Encodable of = null;
    AsymmetricKeyParameter parameters;
    if (type.equals("ec")) {
      ECNamedDomainParameters ec = curve == null ? null : Curves.byName(curve);
      if (ec == null) {
        throw new NodeException(
            NodeException.Kind.TYPE_ERROR, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
      }
      of = ec.getName();
      parameters =
          secret
              ? ecPrivate(ec, bytes)
              : new ECPublicKeyParameters(ec.getCurve().decodePoint(bytes), ec);
    } else {
      parameters = secret ? secret(type, format, bytes) : shared(type, bytes);
    }
    return new AsymmetricKey(type, new AlgorithmIdentifier(KeyTypes.oid(type), of), parameters);
  }

  private static ECPrivateKeyParameters ecPrivate(ECNamedDomainParameters ec, byte[] bytes) {
    if (bytes.length != BigIntegers.getUnsignedByteLength(ec.getN())) {
      throw new IllegalArgumentException("length");
    }
    return new ECPrivateKeyParameters(new BigInteger(1, bytes), ec);
  }

  private static AsymmetricKeyParameter shared(String type, byte[] bytes) {
    MLKEMParameters kem = KeyTypes.mlKem(type);
    MLDSAParameters dsa = KeyTypes.mlDsa(type);
    SLHDSAParameters slh = KeyTypes.slhDsa(type);
    if (kem != null) {
      return new MLKEMPublicKeyParameters(kem, bytes);
    }
    if (dsa != null) {
      return new MLDSAPublicKeyParameters(dsa, checked(bytes, dsaPublicBytes(type)));
    }
    if (slh != null) {
      return new SLHDSAPublicKeyParameters(slh, bytes);
    }
    return switch (type) {
      case "ed25519" -> new Ed25519PublicKeyParameters(checked(bytes, 32));
      case "ed448" -> new Ed448PublicKeyParameters(checked(bytes, 57));
      case "x25519" -> new X25519PublicKeyParameters(checked(bytes, 32));
      case "x448" -> new X448PublicKeyParameters(checked(bytes, 56));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static int dsaPublicBytes(String type) {
    return switch (type) {
      case "ml-dsa-44" -> 1312;
      case "ml-dsa-65" -> 1952;
      default -> 2592;
    };
  }

  private static AsymmetricKeyParameter secret(String type, String format, byte[] bytes) {
    MLKEMParameters kem = KeyTypes.mlKem(type);
    MLDSAParameters dsa = KeyTypes.mlDsa(type);
    SLHDSAParameters slh = KeyTypes.slhDsa(type);
    if (kem != null && format.equals("raw-seed")) {
      return new MLKEMPrivateKeyParameters(kem, checked(bytes, 64));
    }
    if (dsa != null && format.equals("raw-seed")) {
      return new MLDSAPrivateKeyParameters(dsa, checked(bytes, 32));
    }
    if (slh != null && format.equals("raw-private")) {
      return new SLHDSAPrivateKeyParameters(slh, bytes);
    }
    return switch (type) {
      case "ed25519" -> new Ed25519PrivateKeyParameters(checked(bytes, 32));
      case "ed448" -> new Ed448PrivateKeyParameters(checked(bytes, 57));
      case "x25519" -> new X25519PrivateKeyParameters(checked(bytes, 32));
      case "x448" -> new X448PrivateKeyParameters(checked(bytes, 56));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static byte[] checked(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException("length");
    }
    return bytes;
  }

  static byte[] write(AsymmetricKey key, String format, boolean compressed) {
    if (format.equals("raw-public")) {
      AsymmetricKeyParameter shared = key.toPublic().parameters();
      return shared instanceof ECPublicKeyParameters ec
          ? ec.getQ().getEncoded(compressed)
          : KeyEncoding.rawPublic(shared);
    }
    return switch (key.parameters()) {
      case ECPrivateKeyParameters ec ->
          BigIntegers.asUnsignedByteArray(
              BigIntegers.getUnsignedByteLength(ec.getParameters().getN()), ec.getD());
      case Ed25519PrivateKeyParameters ed -> ed.getEncoded();
      case Ed448PrivateKeyParameters ed -> ed.getEncoded();
      case X25519PrivateKeyParameters x -> x.getEncoded();
      case X448PrivateKeyParameters x -> x.getEncoded();
      case MLKEMPrivateKeyParameters ml -> seed(ml.getSeed());
      case MLDSAPrivateKeyParameters ml -> seed(ml.getSeed());
      case SLHDSAPrivateKeyParameters slh -> slh.getEncoded();
      default ->
          throw new NodeException(
              "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS",
              "The selected key encoding "
                  + format
                  + " is not supported for "
                  + key.type()
                  + " keys.");
    };
  }

  private static byte[] seed(byte @Nullable [] seed) {
    if (seed == null) {
      throw new NodeException("ERR_CRYPTO_OPERATION_FAILED", "key does not have an available seed");
    }
    return seed;
  }
}
