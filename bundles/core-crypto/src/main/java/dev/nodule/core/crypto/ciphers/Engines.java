package dev.nodule.core.crypto.ciphers;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ARIAEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.SM4Engine;

/** Block ciphers by name. */
public final class Engines {
  private Engines() {}

  public static BlockCipher of(String name) {
    return switch (name) {
      case "AES" -> AESEngine.newInstance();
      case "ARIA" -> new ARIAEngine();
      case "Camellia" -> new CamelliaEngine();
      case "SM4" -> new SM4Engine();
      case "DESede" -> new DESedeEngine();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
