package dev.nodule.core.crypto.ciphers;

import org.jspecify.annotations.Nullable;

/** Ciphers by the names that JavaScript has for their implementations: {@code Camellia/CBC}. */
public final class LibraryCiphers {
  private LibraryCiphers() {}

  public static RunningCipher of(
      String engine,
      String mode,
      boolean encrypting,
      byte[] key,
      byte @Nullable [] iv,
      int tagBytes) {
    return switch (mode) {
      case "CCM", "OCB", "GCM" ->
          new AuthenticatedCipher(
              engine, mode, encrypting, key, iv == null ? new byte[0] : iv, tagBytes);
      case "WRAP", "WRAPPAD" ->
          new KeyWrapCipher(engine, mode.equals("WRAPPAD"), encrypting, key, iv);
      default -> new BlockModeCipher(engine, mode, encrypting, key, iv);
    };
  }
}
