package dev.nodule.core.crypto.ciphers;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.OCBBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated mode of Bouncy Castle's. The library wants the tag behind the ciphertext; here
 * it comes apart, and goes in at the end. CCM takes its message as one piece and answers at once.
 */
final class AuthenticatedCipher implements RunningCipher {
  private final boolean wholeMessage;
  private final boolean encrypting;
  private final AEADBlockCipher cipher;
  private final int tagBytes;
  private byte @Nullable [] tag;
  private boolean forged;
  private boolean done;

  AuthenticatedCipher(
      String engine, String mode, boolean encrypting, byte[] key, byte[] iv, int tagBytes) {
    this.encrypting = encrypting;
    this.tagBytes = tagBytes;
    wholeMessage = mode.equals("CCM");
    cipher =
        switch (mode) {
          case "CCM" -> CCMBlockCipher.newInstance(Engines.of(engine));
          case "OCB" -> new OCBBlockCipher(Engines.of(engine), Engines.of(engine));
          default -> GCMBlockCipher.newInstance(Engines.of(engine));
        };
    cipher.init(encrypting, new AEADParameters(new KeyParameter(key), tagBytes * 8, iv));
  }

  @Override
  public void setPadding(boolean on) {
    // There is none.
  }

  @Override
  public void setTag(byte[] expected) {
    tag = expected;
  }

  @Override
  public byte[] tag() {
    byte[] made = tag;
    return made == null ? new byte[0] : made;
  }

  @Override
  public void authenticate(byte[] bytes, int offset, int length) {
    cipher.processAADBytes(bytes, offset, length);
  }

  @Override
  public byte[] update(byte[] bytes, int offset, int length) {
    byte[] out = new byte[cipher.getUpdateOutputSize(length)];
    int count = cipher.processBytes(bytes, offset, length, out, 0);
    if (!wholeMessage) {
      return Arrays.copyOf(out, count);
    }
    byte[][] message = new byte[1][];
    forged = end(message) != Failure.NONE;
    done = true;
    return forged ? new byte[0] : message[0];
  }

  @Override
  public Failure finish(byte[][] out) {
    if (wholeMessage) {
      out[0] = new byte[0];
      return forged ? Failure.AUTHENTICATION : done ? Failure.NONE : Failure.TAG_NOT_SET;
    }
    return end(out);
  }

  private Failure end(byte[][] out) {
    try {
      int before = 0;
      byte[] last;
      byte[] expected = tag;
      if (!encrypting) {
        if (expected == null || expected.length != tagBytes) {
          return Failure.AUTHENTICATION;
        }
        last = new byte[cipher.getOutputSize(tagBytes)];
        before = cipher.processBytes(expected, 0, tagBytes, last, 0);
      } else {
        last = new byte[cipher.getOutputSize(0)];
      }
      int count = before + cipher.doFinal(last, before);
      if (encrypting) {
        tag = Arrays.copyOfRange(last, count - tagBytes, count);
        count -= tagBytes;
      }
      out[0] = Arrays.copyOf(last, count);
      return Failure.NONE;
    } catch (InvalidCipherTextException e) {
      return Failure.AUTHENTICATION;
    }
  }
}
