package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.Providers;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/** One key of a pair: what Bouncy Castle computes with, and what its encodings say of it. */
public final class AsymmetricKey {
  private final String type;
  private final AlgorithmIdentifier algorithm;
  private final AsymmetricKeyParameter parameters;
  private @Nullable Key jdkKey;
  private @Nullable Key rsaKey;
  private boolean rsaKeyTried;
  private @Nullable AsymmetricKey publicHalf;

  /**
   * @param type Node.js's {@code asymmetricKeyType}
   * @param algorithm as its SubjectPublicKeyInfo or PrivateKeyInfo names it
   */
  AsymmetricKey(String type, AlgorithmIdentifier algorithm, AsymmetricKeyParameter parameters) {
    this.type = type;
    this.algorithm = algorithm;
    this.parameters = parameters;
  }

  public String type() {
    return type;
  }

  public AlgorithmIdentifier algorithm() {
    return algorithm;
  }

  public AsymmetricKeyParameter parameters() {
    return parameters;
  }

  public boolean isPrivate() {
    return parameters.isPrivate();
  }

  public boolean isRsa() {
    return type.equals("rsa") || type.equals("rsa-pss");
  }

  /** The public one of the pair: itself, or derived. */
  public synchronized AsymmetricKey toPublic() {
    if (!isPrivate()) {
      return this;
    }
    AsymmetricKey known = publicHalf;
    if (known == null) {
      publicHalf = known = new AsymmetricKey(type, algorithm, PublicHalf.of(parameters));
    }
    return known;
  }

  /** An RSA key for the native provider, by its numbers; null if there is none, or it refuses. */
  public synchronized @Nullable Key rsaKey() {
    if (!rsaKeyTried) {
      rsaKeyTried = true;
      try {
        rsaKey = Providers.isFast("KeyFactory", "RSA") ? rsaKey(Providers.keyFactory("RSA")) : null;
      } catch (GeneralSecurityException | RuntimeException e) {
        rsaKey = null;
      }
    }
    return rsaKey;
  }

  private @Nullable Key rsaKey(KeyFactory keys) throws GeneralSecurityException {
    if (parameters instanceof RSAPrivateCrtKeyParameters rsa) {
      return keys.generatePrivate(
          new RSAPrivateCrtKeySpec(
              rsa.getModulus(),
              rsa.getPublicExponent(),
              rsa.getExponent(),
              rsa.getP(),
              rsa.getQ(),
              rsa.getDP(),
              rsa.getDQ(),
              rsa.getQInv()));
    }
    return parameters instanceof RSAKeyParameters rsa && !rsa.isPrivate()
        ? keys.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getExponent()))
        : null;
  }

  /** The same key for Java's providers; null if they do not take it. */
  public synchronized @Nullable Key jdkKey(String factory) {
    if (jdkKey == null) {
      try {
        KeyFactory keys = Providers.keyFactory(factory);
        byte[] encoding = KeyEncoding.of(this);
        jdkKey =
            isPrivate()
                ? keys.generatePrivate(new PKCS8EncodedKeySpec(encoding))
                : keys.generatePublic(new X509EncodedKeySpec(encoding));
      } catch (GeneralSecurityException e) {
        return null;
      }
    }
    return jdkKey;
  }
}
