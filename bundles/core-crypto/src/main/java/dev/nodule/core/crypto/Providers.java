package dev.nodule.core.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Who computes: the native provider for what it has, where it is there and loads on this machine;
 * otherwise the JDK's. It is loaded with the first algorithm that is asked for, once for the
 * process: it belongs to the class path, and not to a revision of this module.
 */
public final class Providers {
  private static final String PROPERTIES = "com.amazon.corretto.crypto.provider.";
  private static final String LIBRARY = "libamazonCorrettoCryptoProvider.so";

  private Providers() {}

  /** Made at first use. */
  private static final class Native {
    static final @Nullable Provider PROVIDER = load();

    private Native() {}

    private static @Nullable Provider load() {
      if (Boolean.getBoolean("nodule.crypto.java")) {
        return null;
      }
      String home = System.getProperty("nodule.home");
      // As a file it need not be unpacked; the launcher has put its folder on the library path.
      if (home != null && new File(home, "native/" + LIBRARY).canRead()) {
        System.setProperty(PROPERTIES + "useExternalLib", "true");
      }
      // Random values are the JDK's: a program that wants nothing else pays nothing.
      System.setProperty(PROPERTIES + "registerSecureRandom", "false");
      try {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        return provider.getLoadingError() == null ? provider : null;
      } catch (LinkageError | RuntimeException e) {
        // Not in this image, or not for this machine.
        return null;
      }
    }
  }

  /** The native one; null where the JDK has to do. */
  public static @Nullable Provider fast() {
    return Native.PROVIDER;
  }

  private static @Nullable Provider with(String type, String algorithm) {
    Provider fast = Native.PROVIDER;
    return fast != null && fast.getService(type, algorithm) != null ? fast : null;
  }

  /** Whether the native one has an algorithm. */
  public static boolean isFast(String type, String algorithm) {
    return with(type, algorithm) != null;
  }

  public static MessageDigest digest(String algorithm) throws NoSuchAlgorithmException {
    Provider fast = with("MessageDigest", algorithm);
    return fast == null
        ? MessageDigest.getInstance(algorithm)
        : MessageDigest.getInstance(algorithm, fast);
  }

  public static Mac mac(String algorithm) throws NoSuchAlgorithmException {
    Provider fast = with("Mac", algorithm);
    return fast == null ? Mac.getInstance(algorithm) : Mac.getInstance(algorithm, fast);
  }

  /** A cipher that is ready; the native one may refuse a key or an IV that the JDK's takes. */
  public static Cipher cipher(
      String transformation, int mode, Key key, @Nullable AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    // Of CBC the provider tells the paddings when it is asked for one.
    String service = transformation.startsWith("AES/CBC/") ? "AES" : transformation;
    Provider fast = with("Cipher", service);
    if (fast != null) {
      try {
        Cipher cipher = Cipher.getInstance(transformation, fast);
        cipher.init(mode, key, parameters);
        return cipher;
      } catch (GeneralSecurityException refused) {
        // The JDK's then, or its word for what is wrong.
      }
    }
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, key, parameters);
    return cipher;
  }

  /** Whether a cipher is the native one's. */
  public static boolean isFast(Cipher cipher) {
    return cipher.getProvider() == Native.PROVIDER;
  }

  public static Signature signature(String algorithm) throws NoSuchAlgorithmException {
    Provider fast = with("Signature", algorithm);
    return fast == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, fast);
  }

  public static KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
    Provider fast = with("KeyFactory", algorithm);
    return fast == null
        ? KeyFactory.getInstance(algorithm)
        : KeyFactory.getInstance(algorithm, fast);
  }

  /**
   * A generator.
   *
   * @param ordinary whether its size is one that the native provider makes exactly
   */
  public static KeyPairGenerator keyPairGenerator(String algorithm, boolean ordinary)
      throws NoSuchAlgorithmException {
    Provider fast = ordinary ? with("KeyPairGenerator", algorithm) : null;
    return fast == null
        ? KeyPairGenerator.getInstance(algorithm)
        : KeyPairGenerator.getInstance(algorithm, fast);
  }

  public static KeyAgreement keyAgreement(String algorithm) throws NoSuchAlgorithmException {
    Provider fast = with("KeyAgreement", algorithm);
    return fast == null
        ? KeyAgreement.getInstance(algorithm)
        : KeyAgreement.getInstance(algorithm, fast);
  }
}
