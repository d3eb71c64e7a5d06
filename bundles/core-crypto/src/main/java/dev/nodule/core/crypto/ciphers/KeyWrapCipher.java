package dev.nodule.core.crypto.ciphers;

import dev.nodule.core.crypto.OpenSslError;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.engines.DESedeWrapEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** Key wrapping (RFC 3394, RFC 5649, RFC 3217): the key comes and goes in one piece. */
final class KeyWrapCipher implements RunningCipher {
  private final boolean encrypting;
  private final Wrapper wrapper;

  KeyWrapCipher(
      String engine, boolean padded, boolean encrypting, byte[] key, byte @Nullable [] iv) {
    this.encrypting = encrypting;
    CipherParameters secret = new KeyParameter(key);
    if (engine.equals("DESede")) {
      wrapper = new DESedeWrapEngine();
    } else {
      wrapper =
          padded
              ? new RFC5649WrapEngine(Engines.of(engine))
              : new RFC3394WrapEngine(Engines.of(engine));
      secret = iv == null ? secret : new ParametersWithIV(secret, iv);
    }
    wrapper.init(encrypting, secret);
  }

  @Override
  public void setPadding(boolean on) {
    // There is none.
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
    try {
      return encrypting
          ? wrapper.wrap(bytes, offset, length)
          : wrapper.unwrap(bytes, offset, length);
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw OpenSslError.of("1C800000", "Provider routines", "cipher operation failed");
    }
  }

  @Override
  public Failure finish(byte[][] out) {
    out[0] = new byte[0];
    return Failure.NONE;
  }
}
