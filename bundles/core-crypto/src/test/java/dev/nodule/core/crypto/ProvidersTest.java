package dev.nodule.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The native provider computes what the JDK's do, and they stand in for what it lacks. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ProvidersTest {
  private static final byte[] DATA = new byte[100_003];

  static {
    for (int i = 0; i < DATA.length; i++) {
      DATA[i] = (byte) (i * 31);
    }
  }

  @Test
  void itIsThere() {
    assertNotNull(Providers.fast());
    assertTrue(Providers.isFast("MessageDigest", "SHA-256"));
    assertFalse(Providers.isFast("MessageDigest", "SHA3-256"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-256"})
  void digests(String name) throws Exception {
    byte[] expected = MessageDigest.getInstance(name, "SUN").digest(DATA);
    assertArrayEquals(expected, Providers.digest(name).digest(DATA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HmacMD5", "HmacSHA1", "HmacSHA224", "HmacSHA256", "HmacSHA512"})
  void macs(String name) throws Exception {
    SecretKeySpec key = new SecretKeySpec(new byte[20], name);
    Mac java = Mac.getInstance(name, "SunJCE");
    java.init(key);
    Mac mac = Providers.mac(name);
    mac.init(key);
    assertArrayEquals(java.doFinal(DATA), mac.doFinal(DATA));
  }

  @ParameterizedTest
  @CsvSource({"16, 12", "24, 12", "32, 12", "32, 1", "32, 60"})
  void galoisCounterMode(int keyBytes, int ivBytes) throws Exception {
    SecretKeySpec key = new SecretKeySpec(new byte[keyBytes], "AES");
    GCMParameterSpec parameters = new GCMParameterSpec(128, new byte[ivBytes]);
    Cipher java = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    java.init(Cipher.ENCRYPT_MODE, key, parameters);
    Cipher cipher = Providers.cipher("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, key, parameters);
    assertArrayEquals(java.doFinal(DATA), cipher.doFinal(DATA));
  }

  @Test
  void whatItLacksIsTheJdks() throws Exception {
    Cipher cipher =
        Providers.cipher(
            "AES/CTR/NoPadding",
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(new byte[16], "AES"),
            new javax.crypto.spec.IvParameterSpec(new byte[16]));
    assertFalse(Providers.isFast(cipher));
    assertEquals("SunJCE", cipher.getProvider().getName());
  }
}
