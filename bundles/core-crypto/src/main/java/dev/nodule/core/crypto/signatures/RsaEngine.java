package dev.nodule.core.crypto.signatures;

import dev.nodule.core.crypto.Providers;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.jspecify.annotations.Nullable;

/**
 * The bare function of RSA, which Bouncy Castle's paddings are built around: the native provider's
 * for keys that it takes, and otherwise Bouncy Castle's, which also finds the words for what is
 * wrong with an input.
 */
final class RsaEngine implements AsymmetricBlockCipher {
  private final AsymmetricKey key;
  private final RSABlindedEngine java = new RSABlindedEngine();
  private boolean encrypting;

  /** Works with this key, whatever {@link #init} is told: it is the same. */
  RsaEngine(AsymmetricKey key) {
    this.key = key;
  }

  @Override
  public void init(boolean forEncryption, CipherParameters parameters) {
    encrypting = forEncryption;
    java.init(forEncryption, parameters);
  }

  @Override
  public int getInputBlockSize() {
    return java.getInputBlockSize();
  }

  @Override
  public int getOutputBlockSize() {
    return java.getOutputBlockSize();
  }

  @Override
  public byte[] processBlock(byte[] input, int offset, int length) {
    byte[] whole = compute(input, offset, length);
    if (whole == null) {
      return java.processBlock(input, offset, length);
    }
    // As a number, where padding is to be taken off.
    return encrypting ? whole : withoutZeros(whole);
  }

  private byte @Nullable [] compute(byte[] input, int offset, int length) {
    Key known = key.rsaKey();
    if (known == null || length > RsaSignatures.modulusBytes(key)) {
      return null;
    }
    try {
      return Providers.cipher("RSA/ECB/NoPadding", Cipher.ENCRYPT_MODE, known, null)
          .doFinal(input, offset, length);
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  private static byte[] withoutZeros(byte[] bytes) {
    int first = 0;
    while (first < bytes.length && bytes[first] == 0) {
      first++;
    }
    return Arrays.copyOfRange(bytes, first, bytes.length);
  }
}
