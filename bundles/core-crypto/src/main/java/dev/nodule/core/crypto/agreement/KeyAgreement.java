package dev.nodule.core.crypto.agreement;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Providers;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.Curves;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.RawAgreement;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.agreement.X448Agreement;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** The secret of one private and one foreign public key. */
final class KeyAgreement {
  private KeyAgreement() {}

  static byte[] secret(AsymmetricKey own, AsymmetricKey peer) {
    AsymmetricKey shared = peer.toPublic();
    if (!own.type().equals(shared.type())) {
      throw new NodeException(
          "ERR_CRYPTO_INCOMPATIBLE_KEY",
          "Incompatible key types for Diffie-Hellman: " + own.type() + " and " + shared.type());
    }
    return switch (own.type()) {
      case "dh" ->
          dh(
              (DHPrivateKeyParameters) own.parameters(),
              (DHPublicKeyParameters) shared.parameters());
      case "ec" -> ec(own, shared);
      case "x25519" -> raw(new X25519Agreement(), own, shared);
      case "x448" -> raw(new X448Agreement(), own, shared);
      default ->
          throw OpenSslError.of(
              "03000096", "digital envelope routines", "operation not supported for this keytype");
    };
  }

  private static byte[] dh(DHPrivateKeyParameters own, DHPublicKeyParameters peer) {
    BigInteger p = own.getParameters().getP();
    if (!p.equals(peer.getParameters().getP())
        || !own.getParameters().getG().equals(peer.getParameters().getG())) {
      throw mismatch();
    }
    return BigIntegers.asUnsignedByteArray(
        BigIntegers.getUnsignedByteLength(p), peer.getY().modPow(own.getX(), p));
  }

  private static byte[] ec(AsymmetricKey ownKey, AsymmetricKey peerKey) {
    ECPrivateKeyParameters own = (ECPrivateKeyParameters) ownKey.parameters();
    ECPublicKeyParameters peer = (ECPublicKeyParameters) peerKey.parameters();
    if (!own.getParameters().equals(peer.getParameters())) {
      throw mismatch();
    }
    byte[] fast = fastEc(ownKey, peerKey);
    if (fast != null) {
      return fast;
    }
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(own);
    return BigIntegers.asUnsignedByteArray(
        agreement.getFieldSize(), agreement.calculateAgreement(peer));
  }

  /** The native provider's answer; null where it has none. */
  private static byte @Nullable [] fastEc(AsymmetricKey own, AsymmetricKey peer) {
    if (!Curves.isNist(own) || !Providers.isFast("KeyAgreement", "ECDH")) {
      return null;
    }
    try {
      javax.crypto.KeyAgreement agreement = Providers.keyAgreement("ECDH");
      agreement.init(own.jdkKey("EC"));
      agreement.doPhase(peer.jdkKey("EC"), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static byte[] raw(RawAgreement agreement, AsymmetricKey own, AsymmetricKey peer) {
    agreement.init(own.parameters());
    byte[] secret = new byte[agreement.getAgreementSize()];
    try {
      agreement.calculateAgreement(peer.parameters(), secret, 0);
    } catch (IllegalStateException allZero) {
      throw OpenSslError.of("1C80007D", "Provider routines", "failed during derivation");
    }
    return secret;
  }

  private static NodeException mismatch() {
    return OpenSslError.of("1C8000CC", "Provider routines", "mismatching domain parameters");
  }
}
