package dev.nodule.core.crypto.agreement;

import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.keys.Curves;
import java.math.BigInteger;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** ECDH on a named curve, with keys as bare numbers and points. */
final class EllipticCurveExchange {
  private static final int COMPRESSED = 2;
  private static final int UNCOMPRESSED = 4;

  private EllipticCurveExchange() {}

  private static ECNamedDomainParameters curve(String name) {
    ECNamedDomainParameters curve = Curves.byName(name);
    if (curve == null) {
      throw new IllegalArgumentException(name);
    }
    return curve;
  }

  static byte[] privateKey(String name) {
    ECNamedDomainParameters curve = curve(name);
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve, Randomness.SOURCE));
    BigInteger d = ((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate()).getD();
    return BigIntegers.asUnsignedByteArray(d);
  }

  static boolean isPrivateKey(String name, byte[] key) {
    BigInteger d = new BigInteger(1, key);
    return d.signum() > 0 && d.compareTo(curve(name).getN()) < 0;
  }

  /** The point of a private key, uncompressed. */
  static byte[] publicKey(String name, byte[] key) {
    ECNamedDomainParameters curve = curve(name);
    return new FixedPointCombMultiplier()
        .multiply(curve.getG(), new BigInteger(1, key))
        .normalize()
        .getEncoded(false);
  }

  /** Null for bytes that are no point of the curve. */
  private static @Nullable ECPoint point(ECNamedDomainParameters curve, byte[] bytes) {
    try {
      ECPoint point = curve.getCurve().decodePoint(bytes);
      return point.isInfinity() || !point.isValid() ? null : point;
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * @param form OpenSSL's number of the form; hybrid is what is neither compressed nor not
   * @return null for bytes that are no point of the curve
   */
  static byte @Nullable [] convert(String name, byte[] bytes, int form) {
    ECPoint point = point(curve(name), bytes);
    if (point == null) {
      return null;
    }
    byte[] encoded = point.normalize().getEncoded(form == COMPRESSED);
    if (form != COMPRESSED && form != UNCOMPRESSED) {
      encoded[0] = (byte) (6 | (encoded[encoded.length - 1] & 1));
    }
    return encoded;
  }

  /** Null for bytes that are no point of the curve. */
  static byte @Nullable [] secret(String name, byte[] key, byte[] peer) {
    ECNamedDomainParameters curve = curve(name);
    ECPoint point = point(curve, peer);
    if (point == null) {
      return null;
    }
    ECPoint product = point.multiply(new BigInteger(1, key)).normalize();
    return product.isInfinity() ? null : product.getAffineXCoord().getEncoded();
  }
}
