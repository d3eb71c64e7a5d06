package dev.nodule.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tls.createSecureContext} makes: keys, trusted certificates and protocol versions for
 * many connections.
 */
final class SecureContext {
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  static {
    NativeCrypto.install();
    // What is allowed is for minVersion and ciphers to say, as with Node.js; broken things stay
    // forbidden.
    Security.setProperty(
        "jdk.tls.disabledAlgorithms",
        "SSLv3, DTLSv1.0, RC4, DES, MD5withRSA, DH keySize < 1024, RSA keySize < 1024, EC keySize <"
            + " 224, NULL, anon, 3DES_EDE_CBC, ECDH");
  }

  private final OwnKeys keys = new OwnKeys();
  private final List<X509CRL> revoked = new ArrayList<>();
  private @Nullable List<X509Certificate> roots;
  private List<String> versions = List.of("TLSv1.2", "TLSv1.3");
  private String @Nullable [] ciphers;
  private String @Nullable [] signatureSchemes;
  private String @Nullable [] groups;
  private boolean partialChains;
  private int sessionSeconds = 300;
  private @Nullable SSLContext context;
  private @Nullable CertificateCheck check;

  static String[] supportedSuites() throws GeneralSecurityException {
    return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
  }

  void addCertificates(byte[] pem) throws GeneralSecurityException {
    keys.addChain(PemReader.certificates(pem));
  }

  void addKey(byte[] pem, @Nullable String passphrase) throws GeneralSecurityException {
    keys.addKey(PemReader.privateKey(pem, passphrase));
  }

  /** Each certificate finds its key; one that does not fit is an error. */
  void pairKeys() throws GeneralSecurityException {
    keys.pair();
  }

  void addPkcs12(byte[] store, @Nullable String passphrase)
      throws GeneralSecurityException, IOException {
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
        // As OpenSSL does: the store's other certificates are trusted.
        if (chain.size() > 1) {
          if (roots == null) {
            roots = new ArrayList<>(CertificateCheck.systemRoots());
          }
          roots.addAll(chain.subList(1, chain.size()));
        }
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

  void addRevoked(byte[] pem) throws GeneralSecurityException {
    revoked.addAll(PemReader.revocationLists(pem));
  }

  void setPartialChains() {
    partialChains = true;
  }

  void setVersions(String min, String max) {
    int from = VERSIONS.indexOf(min);
    int to = VERSIONS.indexOf(max);
    versions = from > to ? List.of() : VERSIONS.subList(from, to + 1);
  }

  void setCiphers(String[] suites) {
    ciphers = suites;
  }

  void setSignatureSchemes(String[] schemes) {
    signatureSchemes = schemes;
  }

  void setGroups(String[] names) {
    groups = names;
  }

  void setSessionSeconds(int seconds) {
    sessionSeconds = seconds;
  }

  CertificateCheck check() {
    CertificateCheck current = check;
    return current != null
        ? current
        : (check = new CertificateCheck(roots, revoked, partialChains));
  }

  @Nullable X509Certificate ownCertificate() {
    return keys.certificate();
  }

  SSLContext sslContext() throws GeneralSecurityException {
    SSLContext current = context;
    if (current == null) {
      if (roots != null) {
        keys.completeChains(check());
      }
      current = context = SSLContext.getInstance("TLS");
      current.init(new KeyManager[] {keys}, new TrustManager[] {check()}, null);
      current.getServerSessionContext().setSessionTimeout(Math.max(1, sessionSeconds));
    }
    return current;
  }

  /** An engine of this context, or with the sessions of another one. */
  SSLEngine newEngine(SSLContext sessions, String peer) {
    SSLEngine engine = sessions.createSSLEngine(peer, 443);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(versions.toArray(new String[0]));
    if (ciphers != null) {
      List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
      parameters.setCipherSuites(
          Arrays.stream(ciphers).filter(supported::contains).toArray(String[]::new));
    }
    if (signatureSchemes != null) {
      parameters.setSignatureSchemes(signatureSchemes);
    }
    if (groups != null) {
      parameters.setNamedGroups(groups);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
