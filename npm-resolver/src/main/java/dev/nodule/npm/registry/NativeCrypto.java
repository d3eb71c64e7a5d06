package dev.nodule.npm.registry;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.security.Security;

/**
 * Ciphers and hashes from a native library, for a program that is over before the JDK's own are
 * compiled. Java's TLS takes them from the list of all providers, which belongs to the program: so
 * only a program asks for this, and where the library is not there, or not for this machine, the
 * JDK's stay.
 */
public final class NativeCrypto {
  private static final String PROPERTIES = "com.amazon.corretto.crypto.provider.";
  private static final String LIBRARY = "native/libamazonCorrettoCryptoProvider.so";
  private static volatile boolean wanted;

  private NativeCrypto() {}

  /** From now on {@link #prefer} puts it first. */
  public static void allow() {
    wanted = true;
  }

  /** Called before the first cipher or hash: many commands need neither. */
  public static void prefer() {
    if (wanted) {
      install();
    }
  }

  private static synchronized void install() {
    String home = System.getProperty("nodule.home");
    if (!wanted
        || home == null
        || Boolean.getBoolean("nodule.crypto.java")
        || !new File(home, LIBRARY).canRead()) {
      return;
    }
    // The launcher has put the library's folder on the path, so it need not be unpacked at each
    // start.
    System.setProperty(PROPERTIES + "useExternalLib", "true");
    System.setProperty(PROPERTIES + "registerSecureRandom", "false");
    try {
      if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
        Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
      }
    } catch (LinkageError | RuntimeException e) {
      // not in this image
    }
    wanted = false;
  }
}
