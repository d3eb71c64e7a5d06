package dev.nodule.core.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The keys and certificate chains of a secure context; the first whose kind fits is used. */
final class OwnKeys extends X509ExtendedKeyManager {
  private record Identity(PrivateKey key, X509Certificate[] chain) {}

  private final List<Identity> identities = new ArrayList<>();

  void add(PrivateKey key, List<X509Certificate> chain) {
    identities.add(new Identity(key, chain.toArray(new X509Certificate[0])));
  }

  /** The certificate to show first; null without any. */
  @Nullable X509Certificate certificate() {
    return identities.isEmpty() ? null : identities.getFirst().chain()[0];
  }

  private @Nullable String choose(String keyType) {
    for (int i = 0; i < identities.size(); i++) {
      if (keyType.startsWith(identities.get(i).key().getAlgorithm())) {
        return String.valueOf(i);
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
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
  public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
