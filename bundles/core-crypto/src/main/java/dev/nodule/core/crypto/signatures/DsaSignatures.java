package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.Randomness;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.Curves;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;
import org.bouncycastle.crypto.DSA;
import org.bouncycastle.crypto.params.DSAKeyParameters;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSAEncoding;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/**
 * DSA and ECDSA (FIPS 186-5) of a digest. The curves of NIST are the JDK's, which has compiled code
 * for them; the others are Bouncy Castle's.
 */
final class DsaSignatures {
  private static final Set<String> JDK_CURVES = Set.of("prime256v1", "secp384r1", "secp521r1");

  private DsaSignatures() {}

  static byte[] sign(AsymmetricKey key, byte[] digest, boolean plain) {
    if (jdkKey(key) instanceof PrivateKey secret) {
      try {
        Signature fast = jdk(plain);
        fast.initSign(secret, Randomness.SOURCE);
        fast.update(digest);
        return fast.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    DSA signer = signer(key);
    signer.init(true, new ParametersWithRandom(key.parameters(), Randomness.SOURCE));
    BigInteger[] numbers = signer.generateSignature(digest);
    try {
      return encoding(plain).encode(order(key), numbers[0], numbers[1]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean verify(AsymmetricKey key, byte[] digest, byte[] signature, boolean plain) {
    AsymmetricKey shared = key.toPublic();
    if (jdkKey(shared) instanceof PublicKey known) {
      try {
        Signature fast = jdk(plain);
        fast.initVerify(known);
        fast.update(digest);
        return fast.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
    try {
      BigInteger[] numbers = encoding(plain).decode(order(shared), signature);
      DSA signer = signer(shared);
      signer.init(false, shared.parameters());
      return signer.verifySignature(digest, numbers[0], numbers[1]);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static @Nullable Key jdkKey(AsymmetricKey key) {
    if (!(key.parameters() instanceof ECKeyParameters ec)) {
      return null;
    }
    String curve = Curves.name(ec.getParameters());
    return curve != null && JDK_CURVES.contains(curve) ? key.jdkKey("EC") : null;
  }

  private static Signature jdk(boolean plain) {
    try {
      return Signature.getInstance(plain ? "NONEwithECDSAinP1363Format" : "NONEwithECDSA");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DSA signer(AsymmetricKey key) {
    return key.type().equals("ec") ? new ECDSASigner() : new DSASigner();
  }

  private static DSAEncoding encoding(boolean plain) {
    return plain ? PlainDSAEncoding.INSTANCE : StandardDSAEncoding.INSTANCE;
  }

  private static BigInteger order(AsymmetricKey key) {
    return key.parameters() instanceof ECKeyParameters ec
        ? ec.getParameters().getN()
        : ((DSAKeyParameters) key.parameters()).getParameters().getQ();
  }
}
