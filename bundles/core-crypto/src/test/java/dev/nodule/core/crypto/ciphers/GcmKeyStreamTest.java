package dev.nodule.core.crypto.ciphers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream is what the JDK's cipher adds to zeros. */
class GcmKeyStreamTest {
  @ParameterizedTest
  @ValueSource(ints = {12, 1, 8, 16, 60})
  void isTheStreamOfTheJdk(int ivBytes) throws Exception {
    SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    byte[] iv = new byte[ivBytes];
    Arrays.fill(iv, (byte) 7);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
    byte[] sealed = cipher.doFinal(new byte[64]);
    GcmKeyStream stream = new GcmKeyStream(key, iv);
    for (int block = 0; block < 4; block++) {
      assertArrayEquals(
          Arrays.copyOfRange(sealed, block * 16, block * 16 + 16), stream.block(block));
    }
  }
}
