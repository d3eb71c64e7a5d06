package dev.nodule.core.crypto.keys;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/** One key of a pair: what Bouncy Castle computes with, and what its encodings say of it. */
public final class AsymmetricKey {
  private final String type;
  private final AlgorithmIdentifier algorithm;
  private final AsymmetricKeyParameter parameters;
  private @Nullable Key jdkKey;

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
  public AsymmetricKey toPublic() {
    return isPrivate() ? new AsymmetricKey(type, algorithm, PublicHalf.of(parameters)) : this;
  }

  /** The same key for the JDK's providers; null if they do not take it. */
  public synchronized @Nullable Key jdkKey(String factory) {
    if (jdkKey == null) {
      try {
        KeyFactory keys = KeyFactory.getInstance(factory);
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
