package dev.nodule.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** What {@code tls.createSecureContext} makes: keys, trusted certificates and protocol versions for many connections. */
final class SecureContext {
  private static final String[] VERSIONS = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};

  private final OwnKeys keys = new OwnKeys();
  private @Nullable List<X509Certificate> roots;
  private String minVersion = "TLSv1.2";
  private String maxVersion = "TLSv1.3";
  private @Nullable SSLContext context;
  private @Nullable CertificateCheck check;

  void addKey(byte[] key, @Nullable String passphrase, byte[] certificates) throws GeneralSecurityException {
    keys.add(PemReader.privateKey(key, passphrase), PemReader.certificates(certificates));
  }

  void addPkcs12(byte[] store, @Nullable String passphrase) throws GeneralSecurityException, IOException {
    char[] password = passphrase == null ? new char[0] : passphrase.toCharArray();
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    keyStore.load(new ByteArrayInputStream(store), password);
    for (String alias : Collections.list(keyStore.aliases())) {
      if (keyStore.getKey(alias, password) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : keyStore.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
        keys.add(key, chain);
      }
    }
  }

  /** From the first on, only these are trusted. */
  void addRoots(byte[] certificates) throws GeneralSecurityException {
    List<X509Certificate> known = roots;
    if (known == null) {
      roots = known = new ArrayList<>();
    }
    known.addAll(PemReader.certificates(certificates));
  }

  /** Trusts these beside the JDK's. */
  void extendRoots(byte[] certificates) throws GeneralSecurityException {
    roots = new ArrayList<>(CertificateCheck.systemRoots());
    addRoots(certificates);
  }

  void setVersions(String min, String max) {
    minVersion = min;
    maxVersion = max;
  }

  CertificateCheck check() {
    CertificateCheck current = check;
    return current != null ? current : (check = new CertificateCheck(roots));
  }

  @Nullable X509Certificate ownCertificate() {
    return keys.certificate();
  }

  SSLEngine newEngine(@Nullable String host, int port) throws GeneralSecurityException {
    SSLContext current = context;
    if (current == null) {
      current = context = SSLContext.getInstance("TLS");
      current.init(new KeyManager[] {keys}, new TrustManager[] {check()}, null);
    }
    SSLEngine engine = host == null ? current.createSSLEngine() : current.createSSLEngine(host, port);
    SSLParameters parameters = engine.getSSLParameters();
    List<String> protocols = new ArrayList<>();
    boolean inRange = false;
    for (String version : VERSIONS) {
      inRange |= version.equals(minVersion);
      if (inRange) {
        protocols.add(version);
      }
      if (version.equals(maxVersion)) {
        break;
      }
    }
    parameters.setProtocols(protocols.toArray(new String[0]));
    engine.setSSLParameters(parameters);
    return engine;
  }
}
