package dev.nodule.core.tls;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.security.Provider;
import java.security.Security;

/**
 * The native cryptographic provider. Java's TLS asks the list of all providers for its algorithms,
 * so there it goes first; in a container, whose list is not ours, TLS stays with Java's own.
 */
final class NativeCrypto {
  private static final String PROPERTIES = "com.amazon.corretto.crypto.provider.";
  private static final String LIBRARY = "native/libamazonCorrettoCryptoProvider.so";

  private NativeCrypto() {}

  /** Does nothing where the library is not there as a file, or is for another machine. */
  static void install() {
    String home = System.getProperty("nodule.home");
    if (home == null
        || Boolean.getBoolean("nodule.crypto.java")
        || !new File(home, LIBRARY).canRead()) {
      return;
    }
    // As core-crypto sets them: whoever comes first loads it.
    System.setProperty(PROPERTIES + "useExternalLib", "true");
    System.setProperty(PROPERTIES + "registerSecureRandom", "false");
    try {
      Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
        Security.insertProviderAt(provider, 1);
      }
    } catch (LinkageError | RuntimeException e) {
      // Not in this image.
    }
  }
}
