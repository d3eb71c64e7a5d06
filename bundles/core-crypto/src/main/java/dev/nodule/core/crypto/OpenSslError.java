package dev.nodule.core.crypto;

import dev.nodule.api.NodeException;
import java.util.Locale;
import java.util.Map;

/** Errors in the words, numbers and fields in which OpenSSL's reach users of Node.js. */
public final class OpenSslError {
  /** Libraries whose name is part of the code. */
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("asn1 encoding routines", "ASN1_"),
          Map.entry("bignum routines", "BN_"),
          Map.entry("common libcrypto routines", "CRYPTO_"),
          Map.entry("Diffie-Hellman routines", "DH_"),
          Map.entry("digital envelope routines", "EVP_"),
          Map.entry("dsa routines", "DSA_"),
          Map.entry("elliptic curve routines", "EC_"),
          Map.entry("PEM routines", "PEM_"),
          Map.entry("PKCS12 routines", "PKCS12_"),
          Map.entry("rsa routines", "RSA_"),
          Map.entry("x509 certificate routines", "X509_"));

  private OpenSslError() {}

  /**
   * @param number eight hexadecimal digits, as OpenSSL 3 packs library and reason
   */
  public static NodeException of(String number, String library, String reason) {
    String code =
        "ERR_OSSL_"
            + PREFIXES.getOrDefault(library, "")
            + reason.toUpperCase(Locale.ROOT).replace(' ', '_');
    return new NodeException(
            NodeException.Kind.ERROR, null, "error:" + number + ":" + library + "::" + reason)
        .with("library", library)
        .with("reason", reason)
        .with("code", code);
  }

  /** What no decoder of OpenSSL knows. */
  public static NodeException unsupported() {
    return of("1E08010C", "DECODER routines", "unsupported");
  }

  /** A wrong passphrase or a damaged ciphertext. */
  public static NodeException badDecrypt() {
    return of("1C800064", "Provider routines", "bad decrypt");
  }

  /** A key that is encrypted, and nobody to ask for the passphrase. */
  public static NodeException interrupted() {
    return of("07880109", "common libcrypto routines", "interrupted or cancelled");
  }
}
