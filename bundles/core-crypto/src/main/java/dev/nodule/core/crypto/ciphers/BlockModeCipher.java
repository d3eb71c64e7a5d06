package dev.nodule.core.crypto.ciphers;

import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.DefaultBufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CFBBlockCipher;
import org.bouncycastle.crypto.modes.OFBBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** One of Bouncy Castle's block ciphers in a classic mode. */
final class BlockModeCipher implements RunningCipher {
  private final String mode;
  private final boolean encrypting;
  private final BlockCipher engine;
  private final CipherParameters parameters;
  private boolean padding = true;
  private @Nullable BufferedBlockCipher cipher;

  BlockModeCipher(
      String engine, String mode, boolean encrypting, byte[] key, byte @Nullable [] iv) {
    this.mode = mode;
    this.encrypting = encrypting;
    this.engine = Engines.of(engine);
    KeyParameter secret = new KeyParameter(key);
    parameters = iv == null ? secret : new ParametersWithIV(secret, iv);
  }

  private BufferedBlockCipher cipher() {
    BufferedBlockCipher current = cipher;
    if (current == null) {
      int bits = engine.getBlockSize() * 8;
      BlockCipher moded =
          switch (mode) {
            case "ECB" -> engine;
            case "CBC" -> CBCBlockCipher.newInstance(engine);
            case "CFB" -> CFBBlockCipher.newInstance(engine, bits);
            case "CFB8" -> CFBBlockCipher.newInstance(engine, 8);
            case "OFB" -> new OFBBlockCipher(engine, bits);
            default -> SICBlockCipher.newInstance(engine);
          };
      boolean blocks = mode.equals("ECB") || mode.equals("CBC");
      current =
          blocks && padding
              ? new PaddedBufferedBlockCipher(moded)
              : new DefaultBufferedBlockCipher(moded);
      current.init(encrypting, parameters);
      cipher = current;
    }
    return current;
  }

  @Override
  public void setPadding(boolean on) {
    padding = on;
  }

  @Override
  public void setTag(byte[] expected) {
    throw new IllegalStateException();
  }

  @Override
  public byte[] tag() {
    throw new IllegalStateException();
  }

  @Override
  public void authenticate(byte[] bytes, int offset, int length) {
    throw new IllegalStateException();
  }

  @Override
  public byte[] update(byte[] bytes, int offset, int length) {
    byte[] out = new byte[cipher().getUpdateOutputSize(length)];
    int count = cipher().processBytes(bytes, offset, length, out, 0);
    return count == out.length ? out : Arrays.copyOf(out, count);
  }

  @Override
  public Failure finish(byte[][] out) {
    try {
      byte[] last = new byte[cipher().getOutputSize(0)];
      int count = cipher().doFinal(last, 0);
      out[0] = Arrays.copyOf(last, count);
      return Failure.NONE;
    } catch (DataLengthException e) {
      return Failure.WRONG_LENGTH;
    } catch (InvalidCipherTextException e) {
      return Failure.BAD_DECRYPT;
    }
  }
}
