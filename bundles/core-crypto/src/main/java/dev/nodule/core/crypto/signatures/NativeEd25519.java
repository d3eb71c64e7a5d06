package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.Providers;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Signer;
import org.jspecify.annotations.Nullable;

/** Ed25519 (RFC 8032) by the native provider. */
final class NativeEd25519 implements Signer {
  private static final String NAME = "Ed25519";
  private final Signature signature;
  private final AsymmetricKey key;

  private NativeEd25519(Signature signature, AsymmetricKey key) {
    this.signature = signature;
    this.key = key;
  }

  /** Null where there is no such provider, or it does not take the key. */
  static @Nullable NativeEd25519 of(AsymmetricKey key) {
    if (!Providers.isFast("Signature", NAME) || key.jdkKey(NAME) == null) {
      return null;
    }
    try {
      return new NativeEd25519(Providers.signature(NAME), key);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  @Override
  public void init(boolean forSigning, CipherParameters parameters) {
    try {
      if (forSigning) {
        signature.initSign((PrivateKey) key.jdkKey(NAME));
      } else {
        signature.initVerify((PublicKey) key.toPublic().jdkKey(NAME));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void update(byte b) {
    update(new byte[] {b}, 0, 1);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    try {
      signature.update(bytes, offset, length);
    } catch (SignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] generateSignature() {
    try {
      return signature.sign();
    } catch (SignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean verifySignature(byte[] given) {
    try {
      return signature.verify(given);
    } catch (SignatureException e) {
      // Of a wrong length.
      return false;
    }
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException();
  }
}
