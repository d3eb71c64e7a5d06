package dev.nodule.core.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The keys and certificate chains of a secure context; the first whose kind fits is used. */
final class OwnKeys extends X509ExtendedKeyManager {
  private record Identity(PrivateKey key, X509Certificate[] chain) {}

  private final List<Identity> identities = new ArrayList<>();
  private final List<List<X509Certificate>> chains = new ArrayList<>();
  private final List<PrivateKey> keys = new ArrayList<>();

  void add(PrivateKey key, List<X509Certificate> chain) {
    identities.add(new Identity(key, chain.toArray(new X509Certificate[0])));
  }

  void addChain(List<X509Certificate> chain) {
    chains.add(chain);
  }

  void addKey(PrivateKey key) {
    keys.add(key);
  }

  /** Brings chains and keys together by kind, as they need not come in the same order. */
  void pair() throws GeneralSecurityException {
    for (List<X509Certificate> chain : chains) {
      PublicKey own = chain.getFirst().getPublicKey();
      boolean sameKind = false;
      boolean found = false;
      for (PrivateKey key : keys) {
        if (key.getAlgorithm().equals(own.getAlgorithm())) {
          sameKind = true;
          if (belongTogether(key, own)) {
            add(key, chain);
            found = true;
            break;
          }
        }
      }
      if (!found && sameKind) {
        throw new GeneralSecurityException(
            "ERR_OSSL_X509_KEY_VALUES_MISMATCH:x509 certificate routines:"
                + "error:05800074:x509 certificate routines::key values mismatch");
      }
      if (!found && !keys.isEmpty() && chains.size() == 1) {
        throw new GeneralSecurityException(
            "ERR_OSSL_X509_KEY_TYPE_MISMATCH:x509 certificate routines:"
                + "error:05800073:x509 certificate routines::key type mismatch");
      }
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey own)
      throws GeneralSecurityException {
    if (key instanceof RSAKey mine && own instanceof RSAKey theirs) {
      return mine.getModulus().equals(theirs.getModulus());
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> key.getAlgorithm();
        };
    byte[] probe = {1};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(own);
    signature.update(probe);
    return signature.verify(signed);
  }

  /** A certificate that was given alone is shown with those above it, where they are known. */
  void completeChains(CertificateCheck check) {
    identities.replaceAll(
        identity -> {
          List<X509Certificate> whole =
              identity.chain().length == 1
                  ? check.complete(List.of(identity.chain()[0]))
                  : List.of();
          return whole.size() < 2
              ? identity
              : new Identity(identity.key(), whole.toArray(new X509Certificate[0]));
        });
  }

  /** The certificate to show first; null without any. */
  @Nullable X509Certificate certificate() {
    return identities.isEmpty() ? null : identities.getFirst().chain()[0];
  }

  private @Nullable String choose(String keyType) {
    for (int i = 0; i < identities.size(); i++) {
      if (keyType.equals(identities.get(i).key().getAlgorithm())) {
        return String.valueOf(i);
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    for (String keyType : keyTypes) {
      String alias = choose(keyType);
      if (alias != null) {
        return alias;
      }
    }
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
