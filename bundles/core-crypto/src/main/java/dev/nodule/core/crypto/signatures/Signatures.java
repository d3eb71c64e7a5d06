package dev.nodule.core.crypto.signatures;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import java.util.Objects;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed25519ctxSigner;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.SLHDSASigner;
import org.jspecify.annotations.Nullable;

/** Signatures of every type of key. */
public final class Signatures {
  private Signatures() {}

  /** Whether the key signs messages as a whole: hashing them first is no choice of the caller. */
  public static boolean signsWhole(AsymmetricKey key) {
    return key.type().startsWith("ed") || key.type().contains("-dsa-");
  }

  /** Signs a message; {@code hash} null is the key's own. */
  static byte[] sign(
      AsymmetricKey key, @Nullable HashAlgorithm hash, byte[] message, SignatureOptions options) {
    if (key.type().startsWith("slh-")) {
      SLHDSASigner signer = new SLHDSASigner();
      signer.init(true, withContext(key, options));
      return signer.generateSignature(message);
    }
    if (signsWhole(key)) {
      Signer signer = whole(key, hash, options);
      signer.init(true, withContext(key, options));
      signer.update(message, 0, message.length);
      try {
        return signer.generateSignature();
      } catch (CryptoException e) {
        throw new IllegalStateException(e);
      }
    }
    HashAlgorithm used = hash == null ? standard() : hash;
    return signDigest(key, used, DigestIdentifiers.digest(used, message), options);
  }

  public static boolean verify(
      AsymmetricKey key,
      @Nullable HashAlgorithm hash,
      byte[] message,
      byte[] signature,
      SignatureOptions options) {
    if (key.type().startsWith("slh-")) {
      SLHDSASigner signer = new SLHDSASigner();
      signer.init(false, withContext(key.toPublic(), options));
      return signer.verifySignature(message, signature);
    }
    if (signsWhole(key)) {
      Signer signer = whole(key, hash, options);
      signer.init(false, withContext(key.toPublic(), options));
      signer.update(message, 0, message.length);
      try {
        return signer.verifySignature(signature);
      } catch (IllegalArgumentException | IllegalStateException e) {
        return false;
      }
    }
    HashAlgorithm used = hash == null ? standard() : hash;
    return verifyDigest(key, used, DigestIdentifiers.digest(used, message), signature, options);
  }

  static byte[] signDigest(
      AsymmetricKey key, HashAlgorithm hash, byte[] digest, SignatureOptions options) {
    return switch (key.type()) {
      case "rsa", "rsa-pss" ->
          isPss(key, options)
              ? PssSignatures.sign(key, hash, digest, options)
              : RsaSignatures.sign(key, hash, digest, options.padding());
      case "ec", "dsa" -> DsaSignatures.sign(key, digest, options.plainEncoding());
      default -> throw notForThisKey();
    };
  }

  static boolean verifyDigest(
      AsymmetricKey key,
      HashAlgorithm hash,
      byte[] digest,
      byte[] signature,
      SignatureOptions options) {
    return switch (key.type()) {
      case "rsa", "rsa-pss" ->
          isPss(key, options)
              ? PssSignatures.verify(key, hash, digest, signature, options)
              : RsaSignatures.verify(key, hash, digest, signature, options.padding());
      case "ec", "dsa" -> DsaSignatures.verify(key, digest, signature, options.plainEncoding());
      default -> throw notForThisKey();
    };
  }

  private static boolean isPss(AsymmetricKey key, SignatureOptions options) {
    if (key.type().equals("rsa-pss")
        && options.padding() != 0
        && options.padding() != SignatureOptions.PSS_PADDING) {
      throw OpenSslError.of("1C8000A5", "Provider routines", "illegal or unsupported padding mode");
    }
    return key.type().equals("rsa-pss") || options.padding() == SignatureOptions.PSS_PADDING;
  }

  private static HashAlgorithm standard() {
    return Objects.requireNonNull(HashAlgorithm.of("sha256"));
  }

  private static Signer whole(
      AsymmetricKey key, @Nullable HashAlgorithm hash, SignatureOptions options) {
    if (hash != null) {
      throw OpenSslError.of("1C800000", "Provider routines", "invalid digest");
    }
    byte[] context = options.context();
    byte[] given = context == null ? new byte[0] : context;
    return switch (key.type()) {
      case "ed25519" -> given.length == 0 ? ed25519(key) : new Ed25519ctxSigner(given);
      case "ed448" -> new Ed448Signer(given);
      default -> new MLDSASigner();
    };
  }

  private static Signer ed25519(AsymmetricKey key) {
    NativeEd25519 fast = NativeEd25519.of(key);
    return fast == null ? new Ed25519Signer() : fast;
  }

  private static CipherParameters withContext(AsymmetricKey key, SignatureOptions options) {
    byte[] context = options.context();
    return context == null || context.length == 0 || key.type().startsWith("ed")
        ? key.parameters()
        : new ParametersWithContext(key.parameters(), context);
  }

  private static NodeException notForThisKey() {
    return OpenSslError.of(
        "03000096", "digital envelope routines", "operation not supported for this keytype");
  }
}
