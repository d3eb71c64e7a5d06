package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.Providers;
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
 * DSA and ECDSA (FIPS 186-5) of a digest. The curves of NIST are the native provider's or the
 * JDK's, which have fast code for them; the others are Bouncy Castle's.
 */
final class DsaSignatures {
  private DsaSignatures() {}

  static byte[] sign(AsymmetricKey key, byte[] digest, boolean plain) {
    if (jdkKey(key) instanceof PrivateKey secret) {
      try {
        Signature fast = Providers.signature("NONEwithECDSA");
        fast.initSign(secret, Randomness.SOURCE);
        fast.update(digest);
        byte[] standard = fast.sign();
        return plain ? reencoded(key, standard, encoding(false), encoding(true)) : standard;
      } catch (GeneralSecurityException | IOException e) {
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
        Signature fast = Providers.signature("NONEwithECDSA");
        fast.initVerify(known);
        fast.update(digest);
        return fast.verify(
            plain ? reencoded(shared, signature, encoding(true), encoding(false)) : signature);
      } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
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
    return Curves.isNist(key) ? key.jdkKey("EC") : null;
  }

  private static byte[] reencoded(
      AsymmetricKey key, byte[] signature, DSAEncoding from, DSAEncoding to) throws IOException {
    BigInteger order = order(key);
    BigInteger[] numbers = from.decode(order, signature);
    return to.encode(order, numbers[0], numbers[1]);
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
