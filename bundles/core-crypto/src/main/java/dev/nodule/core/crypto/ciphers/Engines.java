package dev.nodule.core.crypto.ciphers;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ARIAEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.SM4Engine;

/** Block ciphers by name. */
final class Engines {
  private Engines() {}

  static BlockCipher of(String name) {
    return switch (name) {
      case "AES" -> AESEngine.newInstance();
      case "ARIA" -> new ARIAEngine();
      case "Camellia" -> new CamelliaEngine();
      case "SM4" -> new SM4Engine();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
