package dev.nodule.core.crypto.keys;

import dev.nodule.api.NodeException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** JSON Web Keys (RFC 7517, 7518, 8037). JavaScript decodes base64url before it comes here. */
final class JsonWebKey {
  private static final Map<String, String> CURVES =
      Map.of(
          "prime256v1", "P-256",
          "secp256k1", "secp256k1",
          "secp384r1", "P-384",
          "secp521r1", "P-521");
  private static final Map<String, String> OKP =
      Map.of("ed25519", "Ed25519", "ed448", "Ed448", "x25519", "X25519", "x448", "X448");

  private JsonWebKey() {}

  static Map<String, Object> write(AsymmetricKey key) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    switch (key.type()) {
      case "rsa" -> writeRsa(jwk, (RSAKeyParameters) key.parameters());
      case "ec" -> writeEc(jwk, (ECKeyParameters) key.parameters());
      case "ed25519", "ed448", "x25519", "x448" -> {
        jwk.put("crv", OKP.getOrDefault(key.type(), ""));
        if (key.isPrivate()) {
          jwk.put("d", text(RawKeys.write(key, "raw-private", false)));
        }
        jwk.put("x", text(RawKeys.write(key.toPublic(), "raw-public", false)));
        jwk.put("kty", "OKP");
      }
      case "ml-dsa-44", "ml-dsa-65", "ml-dsa-87" -> {
        jwk.put("kty", "AKP");
        jwk.put("alg", key.type().toUpperCase(java.util.Locale.ROOT));
        jwk.put("pub", text(RawKeys.write(key.toPublic(), "raw-public", false)));
        if (key.parameters() instanceof MLDSAPrivateKeyParameters ml) {
          if (ml.getSeed() == null) {
            throw new NodeException(
                "ERR_CRYPTO_OPERATION_FAILED", "key does not have an available seed");
          }
          jwk.put("priv", text(ml.getSeed()));
        }
      }
      default ->
          throw new NodeException(
              "ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE", "Unsupported JWK Key Type.");
    }
    return jwk;
  }

  private static void writeRsa(Map<String, Object> jwk, RSAKeyParameters rsa) {
    RSAPublicKey pub = KeyEncoding.rsaPublicKey(rsa);
    jwk.put("kty", "RSA");
    jwk.put("n", text(pub.getModulus()));
    jwk.put("e", text(pub.getPublicExponent()));
    if (rsa instanceof RSAPrivateCrtKeyParameters crt) {
      jwk.put("d", text(crt.getExponent()));
      jwk.put("p", text(crt.getP()));
      jwk.put("q", text(crt.getQ()));
      jwk.put("dp", text(crt.getDP()));
      jwk.put("dq", text(crt.getDQ()));
      jwk.put("qi", text(crt.getQInv()));
    }
  }

  private static void writeEc(Map<String, Object> jwk, ECKeyParameters ec) {
    String name = Curves.name(ec.getParameters());
    String curve = name == null ? null : CURVES.get(name);
    if (curve == null) {
      throw new NodeException(
          "ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", "Unsupported JWK EC curve: " + name + ".");
    }
    ECPublicKeyParameters pub =
        ec instanceof ECPrivateKeyParameters
            ? (ECPublicKeyParameters) PublicHalf.of(ec)
            : (ECPublicKeyParameters) ec;
    jwk.put("kty", "EC");
    jwk.put("x", text(pub.getQ().getAffineXCoord().getEncoded()));
    jwk.put("y", text(pub.getQ().getAffineYCoord().getEncoded()));
    jwk.put("crv", curve);
    if (ec instanceof ECPrivateKeyParameters secret) {
      int length = BigIntegers.getUnsignedByteLength(ec.getParameters().getN());
      jwk.put("d", text(BigIntegers.asUnsignedByteArray(length, secret.getD())));
    }
  }

  private static String text(BigInteger value) {
    return text(BigIntegers.asUnsignedByteArray(value));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** n, e, and for a private key d, p, q, dp, dq, qi. */
  static AsymmetricKey readRsa(byte[][] parts) {
    BigInteger[] numbers = new BigInteger[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = new BigInteger(1, parts[i]);
    }
    return parts.length == 2
        ? KeyStructures.ofRsa(new RSAPublicKey(numbers[0], numbers[1]))
        : KeyStructures.ofRsa(
            new RSAPrivateKey(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7]));
  }

  static AsymmetricKey readEc(String curve, byte[] x, byte[] y, byte @Nullable [] d) {
    ECNamedDomainParameters parameters = Curves.byName(curve);
    if (parameters == null) {
      throw new IllegalArgumentException(curve);
    }
    ECPoint point = parameters.getCurve().validatePoint(new BigInteger(1, x), new BigInteger(1, y));
    ECPublicKeyParameters pub = new ECPublicKeyParameters(point, parameters);
    if (d == null) {
      return new AsymmetricKey("ec", KeyStructures.ecAlgorithm(parameters.getName()), pub);
    }
    ECPrivateKeyParameters secret = new ECPrivateKeyParameters(new BigInteger(1, d), parameters);
    if (!((ECPublicKeyParameters) PublicHalf.of(secret)).getQ().equals(point)) {
      throw new IllegalArgumentException("not a pair");
    }
    return new AsymmetricKey("ec", KeyStructures.ecAlgorithm(parameters.getName()), secret);
  }

  /** An octet key pair, or one of an algorithm of its own: what {@code type} says. */
  static AsymmetricKey readRaw(String type, byte[] pub, byte @Nullable [] secret)
      throws IOException {
    if (secret == null) {
      return RawKeys.read(type, null, "raw-public", pub);
    }
    AsymmetricKey key =
        RawKeys.read(type, null, type.startsWith("ml-") ? "raw-seed" : "raw-private", secret);
    if (!java.util.Arrays.equals(RawKeys.write(key.toPublic(), "raw-public", false), pub)) {
      throw new IllegalArgumentException("not a pair");
    }
    return key;
  }
}
