package dev.nodule.core.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104). */
interface KeyedHash {
  void update(byte[] bytes, int offset, int length);

  /** The code; afterwards the next one with the same key begins. */
  byte[] finish();

  static KeyedHash of(HashAlgorithm algorithm, byte[] key) {
    String name = algorithm.mac();
    if (name == null) {
      return new Generic(algorithm, key);
    }
    try {
      Mac mac = Providers.mac(name);
      // An empty key, which the JDK refuses, is the same as a zero: keys are padded with zeros.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
      return new Jdk(mac);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      return new Generic(algorithm, key);
    }
  }

  /** One of a provider's. */
  record Jdk(Mac mac) implements KeyedHash {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      mac.update(bytes, offset, length);
    }

    @Override
    public byte[] finish() {
      return mac.doFinal();
    }
  }

  /** The definition, over any hash. */
  final class Generic implements KeyedHash {
    private final HashAlgorithm algorithm;
    private final byte[] innerPad;
    private final byte[] outerPad;
    private Digester inner;

    Generic(HashAlgorithm algorithm, byte[] key) {
      this.algorithm = algorithm;
      byte[] padded = key;
      if (key.length > algorithm.blockBytes()) {
        Digester shortened = Digester.of(algorithm);
        shortened.update(key, 0, key.length);
        padded = shortened.digest(algorithm.bytes());
      }
      innerPad = new byte[algorithm.blockBytes()];
      outerPad = new byte[algorithm.blockBytes()];
      for (int i = 0; i < innerPad.length; i++) {
        byte b = i < padded.length ? padded[i] : 0;
        innerPad[i] = (byte) (b ^ 0x36);
        outerPad[i] = (byte) (b ^ 0x5c);
      }
      inner = start();
    }

    private Digester start() {
      Digester digester = Digester.of(algorithm);
      digester.update(innerPad, 0, innerPad.length);
      return digester;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      inner.update(bytes, offset, length);
    }

    @Override
    public byte[] finish() {
      byte[] first = inner.digest(algorithm.bytes());
      inner = start();
      Digester outer = Digester.of(algorithm);
      outer.update(outerPad, 0, outerPad.length);
      outer.update(first, 0, first.length);
      return outer.digest(algorithm.bytes());
    }
  }
}
