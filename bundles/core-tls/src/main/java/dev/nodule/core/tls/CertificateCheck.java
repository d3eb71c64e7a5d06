package dev.nodule.core.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
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
 * Whether a chain leads to a trusted certificate, by OpenSSL's names of what is wrong with it. The handshake itself refuses
 * nobody: JavaScript decides by {@code rejectUnauthorized}.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
  private static final int LONGEST_CHAIN = 20;

  private static @Nullable List<X509Certificate> systemRoots;

  private final @Nullable List<X509Certificate> roots;

  CertificateCheck(@Nullable List<X509Certificate> roots) {
    this.roots = roots;
  }

  /** The certificates that the JDK trusts. */
  static synchronized List<X509Certificate> systemRoots() {
    List<X509Certificate> known = systemRoots;
    if (known == null) {
      known = new ArrayList<>();
      try {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509TrustManager x509) {
            known.addAll(Arrays.asList(x509.getAcceptedIssuers()));
          }
        }
      } catch (GeneralSecurityException e) {
        // Then nobody is trusted.
      }
      systemRoots = known;
    }
    return known;
  }

  /** OpenSSL's name of the first thing that is wrong; null if the chain is good. */
  @Nullable String check(List<X509Certificate> chain) {
    List<X509Certificate> trusted = roots != null ? roots : systemRoots();
    if (chain.isEmpty()) {
      return "UNABLE_TO_GET_ISSUER_CERT";
    }
    X509Certificate current = chain.getFirst();
    for (int depth = 0; depth < LONGEST_CHAIN; depth++) {
      String time = checkTime(current);
      if (time != null) {
        return time;
      }
      if (trusted.contains(current)) {
        return null;
      }
      X509Certificate issuer = issuerOf(current, trusted);
      if (issuer != null) {
        return checkTime(issuer);
      }
      if (isIssuedBy(current, current)) {
        return depth == 0 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
      }
      issuer = issuerOf(current, chain);
      if (issuer == null) {
        return depth == 0 ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
      }
      current = issuer;
    }
    return "CERT_CHAIN_TOO_LONG";
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

  static @Nullable X509Certificate issuerOf(X509Certificate certificate, List<X509Certificate> candidates) {
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
