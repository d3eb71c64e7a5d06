package dev.nodule.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.nodule.core.crypto.ciphers.RunningCipher.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ciphers that are fed in parts. */
class SymmetricCipherTest {
  private static final byte[] KEY = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");
  private static final byte[] IV = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] TEXT = "The text that is hidden.".getBytes(StandardCharsets.US_ASCII);

  private static SymmetricCipher cipher(String name, boolean encrypting) {
    byte @Nullable [] iv =
        switch (name) {
          case "AES/ECB" -> null;
          case "AES/GCM", "ChaCha20-Poly1305" -> java.util.Arrays.copyOf(IV, 12);
          default -> IV;
        };
    byte[] key = name.startsWith("ChaCha20") ? java.util.Arrays.copyOf(KEY, 32) : KEY;
    return new SymmetricCipher(name, encrypting, key, iv);
  }

  /** Runs the bytes through in parts of five. */
  private static byte[] run(SymmetricCipher cipher, byte[] bytes, Failure expected) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i += 5) {
      out.writeBytes(cipher.update(bytes, i, Math.min(5, bytes.length - i)));
    }
    byte[][] last = {new byte[0]};
    assertSame(expected, cipher.finish(last));
    out.writeBytes(last[0]);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES/CBC", "AES/ECB", "AES/CTR", "AES/GCM", "ChaCha20-Poly1305"})
  void whatWasEncryptedComesBack(String name) {
    SymmetricCipher encryption = cipher(name, true);
    byte[] hidden = run(encryption, TEXT, Failure.NONE);
    assertEquals(name.matches(".*(CBC|ECB)") ? 32 : TEXT.length, hidden.length);
    SymmetricCipher decryption = cipher(name, false);
    decryption.setTag(encryption.tag());
    assertArrayEquals(TEXT, run(decryption, hidden, Failure.NONE));
  }

  @Test
  void blocksAreThoseOfTheStandard() {
    // NIST SP 800-38A, F.2.1
    SymmetricCipher cipher = cipher("AES/CBC", true);
    cipher.setPadding(false);
    byte[] block = HexFormat.of().parseHex("6bc1bee22e409f96e93d7e117393172a");
    assertEquals(
        "7649abac8119b246cee98e9b12e9197d",
        HexFormat.of().formatHex(run(cipher, block, Failure.NONE)));
  }

  @Test
  void withoutPaddingTheLengthMustFit() {
    SymmetricCipher cipher = cipher("AES/CBC", true);
    cipher.setPadding(false);
    run(cipher, TEXT, Failure.WRONG_LENGTH);
  }

  @Test
  void aWrongLastBlockIsABadDecrypt() {
    byte[] hidden = run(cipher("AES/CBC", true), TEXT, Failure.NONE);
    hidden[hidden.length - 1] ^= 1;
    run(cipher("AES/CBC", false), hidden, Failure.BAD_DECRYPT);
    run(cipher("AES/CBC", false), java.util.Arrays.copyOf(hidden, 20), Failure.WRONG_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES/GCM", "ChaCha20-Poly1305"})
  void theTagProtectsTextAndAdditionalData(String name) {
    byte[] aad = {1, 2, 3};
    SymmetricCipher encryption = cipher(name, true);
    encryption.authenticate(aad, 0, 3);
    byte[] hidden = run(encryption, TEXT, Failure.NONE);
    assertEquals(SymmetricCipher.TAG_BYTES, encryption.tag().length);

    SymmetricCipher good = cipher(name, false);
    good.setTag(encryption.tag());
    good.authenticate(aad, 0, 3);
    assertArrayEquals(TEXT, run(good, hidden, Failure.NONE));

    SymmetricCipher otherData = cipher(name, false);
    otherData.setTag(encryption.tag());
    otherData.authenticate(aad, 0, 2);
    run(otherData, hidden, Failure.AUTHENTICATION);

    SymmetricCipher otherText = cipher(name, false);
    otherText.setTag(encryption.tag());
    otherText.authenticate(aad, 0, 3);
    byte[] changed = hidden.clone();
    changed[3] ^= 4;
    run(otherText, changed, Failure.AUTHENTICATION);

    SymmetricCipher noTag = cipher(name, false);
    noTag.authenticate(aad, 0, 3);
    run(noTag, hidden, Failure.AUTHENTICATION);

    SymmetricCipher shortTag = cipher(name, false);
    shortTag.setTag(java.util.Arrays.copyOf(encryption.tag(), 4));
    shortTag.authenticate(aad, 0, 3);
    run(shortTag, hidden, Failure.NONE);
  }

  @Test
  void anEmptyTextHasATagToo() {
    SymmetricCipher encryption = cipher("AES/GCM", true);
    assertEquals(0, run(encryption, new byte[0], Failure.NONE).length);
    SymmetricCipher decryption = cipher("AES/GCM", false);
    decryption.setTag(encryption.tag());
    assertEquals(0, run(decryption, new byte[0], Failure.NONE).length);
  }
}
