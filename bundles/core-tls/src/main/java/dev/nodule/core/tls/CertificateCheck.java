package dev.nodule.core.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether a chain leads to a trusted certificate, by OpenSSL's names of what is wrong with it. The
 * handshake itself refuses nobody: JavaScript decides by {@code rejectUnauthorized}.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
  private static final int LONGEST_CHAIN = 20;

  private static @Nullable List<X509Certificate> systemRoots;

  private final @Nullable List<X509Certificate> roots;
  private final List<X509CRL> revoked;
  private final boolean partialChains;

  CertificateCheck(
      @Nullable List<X509Certificate> roots, List<X509CRL> revoked, boolean partialChains) {
    this.roots = roots;
    this.revoked = revoked;
    this.partialChains = partialChains;
  }

  /** From now on, these are the ones that are trusted without a choice of the user's. */
  static synchronized void setSystemRoots(List<X509Certificate> certificates) {
    systemRoots = List.copyOf(certificates);
  }

  /** The certificates that the JDK trusts. */
  static synchronized List<X509Certificate> systemRoots() {
    List<X509Certificate> known = systemRoots;
    if (known == null) {
      known = new ArrayList<>();
      try {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509TrustManager x509) {
            known.addAll(Arrays.asList(x509.getAcceptedIssuers()));
          }
        }
      } catch (GeneralSecurityException e) {
        // Then nobody is trusted.
      }
      addExtraRoots(known);
      systemRoots = known;
    }
    return known;
  }

  private static void addExtraRoots(List<X509Certificate> known) {
    String file = System.getenv("NODE_EXTRA_CA_CERTS");
    if (file != null && !file.isEmpty()) {
      try {
        known.addAll(PemReader.certificates(Files.readAllBytes(Path.of(file))));
      } catch (IOException | GeneralSecurityException e) {
        // JavaScript has warned of it.
      }
    }
  }

  /** OpenSSL's name of what is wrong, its last where there is more; null if the chain is good. */
  @Nullable String check(List<X509Certificate> shown) {
    if (shown.isEmpty()) {
      return "UNABLE_TO_GET_ISSUER_CERT";
    }
    List<X509Certificate> trusted = trusted();
    List<X509Certificate> chain = new ArrayList<>();
    String error = build(shown, trusted, chain);
    if (error == null && !revoked.isEmpty()) {
      error = checkRevocation(chain);
    }
    for (X509Certificate certificate : chain.reversed()) {
      String time = checkTime(certificate);
      if (time != null) {
        error = time;
      }
    }
    return error;
  }

  /** Fills the chain from the peer's own certificate up; what is wrong with its end. */
  private @Nullable String build(
      List<X509Certificate> shown, List<X509Certificate> trusted, List<X509Certificate> chain) {
    X509Certificate current = shown.getFirst();
    boolean inTrusted = false;
    while (chain.size() < LONGEST_CHAIN) {
      chain.add(current);
      inTrusted |= trusted.contains(current);
      boolean root = isIssuedBy(current, current);
      if (inTrusted && (root || partialChains)) {
        return null;
      }
      X509Certificate issuer = issuerOf(current, trusted);
      if (issuer != null) {
        inTrusted = true;
      } else if (root) {
        return chain.size() == 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
      } else if (inTrusted && chain.size() > 1) {
        return "UNABLE_TO_GET_ISSUER_CERT";
      } else if (!inTrusted) {
        issuer = issuerOf(current, shown);
      }
      if (issuer == null) {
        return chain.size() == 1
            ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
            : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
      }
      current = issuer;
    }
    return "CERT_CHAIN_TOO_LONG";
  }

  private @Nullable String checkRevocation(List<X509Certificate> chain) {
    for (X509Certificate certificate : chain) {
      boolean covered = false;
      for (X509CRL list : revoked) {
        if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
          covered = true;
          if (list.isRevoked(certificate)) {
            return "CERT_REVOKED";
          }
        }
      }
      if (!covered) {
        return "UNABLE_TO_GET_CRL";
      }
    }
    return null;
  }

  /** The chain as it was shown, and what is missing at its end from the trusted ones. */
  List<X509Certificate> complete(List<X509Certificate> shown) {
    List<X509Certificate> chain = new ArrayList<>();
    if (!shown.isEmpty()) {
      X509Certificate current = shown.getFirst();
      while (current != null && chain.size() < LONGEST_CHAIN) {
        chain.add(current);
        if (isIssuedBy(current, current)) {
          break;
        }
        X509Certificate issuer = issuerOf(current, shown);
        current = issuer != null ? issuer : issuerOf(current, trusted());
      }
    }
    return chain;
  }

  private List<X509Certificate> trusted() {
    return roots != null ? roots : systemRoots();
  }

  private static @Nullable String checkTime(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return null;
    } catch (CertificateExpiredException e) {
      return "CERT_HAS_EXPIRED";
    } catch (CertificateNotYetValidException e) {
      return "CERT_NOT_YET_VALID";
    }
  }

  static @Nullable X509Certificate issuerOf(
      X509Certificate certificate, List<X509Certificate> candidates) {
    for (X509Certificate candidate : candidates) {
      boolean mayIssue = candidate.getVersion() < 3 || candidate.getBasicConstraints() >= 0;
      if (mayIssue && candidate != certificate && isIssuedBy(certificate, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return roots == null ? new X509Certificate[0] : roots.toArray(new X509Certificate[0]);
  }
}
