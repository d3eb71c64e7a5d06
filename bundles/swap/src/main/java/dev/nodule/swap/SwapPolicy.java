package dev.nodule.swap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is demanded of bundles.
 *
 * @param signers every entry must be signed by one of these; empty if signatures are not demanded
 */
public record SwapPolicy(Set<Certificate> signers) {
  private static final String PEM = "-----BEGIN CERTIFICATE-----";
  public static final SwapPolicy OPEN = new SwapPolicy(Set.of());

  public SwapPolicy {
    signers = Set.copyOf(signers);
  }

  /**
   * The certificates of a file in PEM, or of a key store (PKCS #12 or JKS, without a password:
   * certificates are no secrets).
   *
   * @throws UncheckedIOException if it cannot be read, as nothing could be accepted then
   */
  public static SwapPolicy read(Path file) {
    Set<Certificate> certificates;
    try {
      byte[] bytes = Files.readAllBytes(file);
      boolean isText = new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM);
      certificates = isText ? pem(bytes) : keyStore(bytes);
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (certificates.isEmpty()) {
      throw new UncheckedIOException(
          new IOException(file + " holds no certificate that can be read without a password"));
    }
    return new SwapPolicy(certificates);
  }

  private static Set<Certificate> pem(byte[] text) throws GeneralSecurityException {
    return new HashSet<>(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text)));
  }

  private static Set<Certificate> keyStore(byte[] bytes)
      throws GeneralSecurityException, IOException {
    Set<Certificate> certificates = new HashSet<>();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(new ByteArrayInputStream(bytes), null);
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate != null) {
        certificates.add(certificate);
      }
    }
    return certificates;
  }

  boolean accepts(ModuleJar jar) {
    return signers.isEmpty() || accepts(jar.signers());
  }

  /** Whether one of these is, or is vouched for by, somebody whose signature counts. */
  boolean accepts(List<CodeSigner> found) {
    return found.stream()
        .anyMatch(
            signer ->
                signer.getSignerCertPath().getCertificates().stream().anyMatch(signers::contains));
  }
}
