package dev.nodule.core.crypto.ciphers;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;

/**
 * The key stream of AES-GCM, block by block (NIST SP 800-38D). The JDK holds bytes back until a
 * block is full; who wants them at once takes them from here.
 */
public final class GcmKeyStream {
  private static final int BLOCK = 16;
  private final Cipher aes;
  private final byte[] first;

  public GcmKeyStream(SecretKeySpec key, byte[] iv) throws GeneralSecurityException {
    aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, key);
    first = counter(iv);
  }

  private byte[] counter(byte[] iv) throws GeneralSecurityException {
    if (iv.length == 12) {
      byte[] counter = Arrays.copyOf(iv, BLOCK);
      counter[BLOCK - 1] = 1;
      return counter;
    }
    BasicGCMMultiplier multiplier = new BasicGCMMultiplier();
    multiplier.init(aes.doFinal(new byte[BLOCK]));
    byte[] hash = new byte[BLOCK];
    byte[] padded = Arrays.copyOf(iv, (iv.length + BLOCK - 1) / BLOCK * BLOCK + BLOCK);
    ByteBuffer.wrap(padded).putLong(padded.length - 8, iv.length * 8L);
    for (int i = 0; i < padded.length; i += BLOCK) {
      for (int j = 0; j < BLOCK; j++) {
        hash[j] ^= padded[i + j];
      }
      multiplier.multiplyH(hash);
    }
    return hash;
  }

  /** The stream for one block of the text, counted from 0. */
  public byte[] block(long index) throws GeneralSecurityException {
    byte[] counter = first.clone();
    ByteBuffer last = ByteBuffer.wrap(counter);
    last.putInt(12, last.getInt(12) + 1 + (int) index);
    return aes.doFinal(counter);
  }
}
