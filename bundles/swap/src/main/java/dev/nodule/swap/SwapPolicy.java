package dev.nodule.swap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What is demanded of bundles.
 *
 * @param signers every entry must be signed by one of these; empty if signatures are not demanded
 */
public record SwapPolicy(Set<Certificate> signers) {
  public static final SwapPolicy OPEN = new SwapPolicy(Set.of());

  public SwapPolicy {
    signers = Set.copyOf(signers);
  }

  /**
   * The certificates of a key store (PKCS #12 or JKS, without a password: certificates are no
   * secrets).
   *
   * @throws UncheckedIOException if it cannot be read, as nothing could be accepted then
   */
  public static SwapPolicy read(Path keyStore) {
    Set<Certificate> certificates = new HashSet<>();
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, null);
      for (String alias : Collections.list(store.aliases())) {
        Certificate certificate = store.getCertificate(alias);
        if (certificate != null) {
          certificates.add(certificate);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (certificates.isEmpty()) {
      throw new UncheckedIOException(
          new IOException(keyStore + " holds no certificate that can be read without a password"));
    }
    return new SwapPolicy(certificates);
  }

  boolean accepts(ModuleJar jar) {
    return signers.isEmpty()
        || jar.signers().stream()
            .anyMatch(
                signer ->
                    signer.getSignerCertPath().getCertificates().stream()
                        .anyMatch(signers::contains));
  }
}
