package dev.nodule.core.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in PEM (RFC 7468): PKCS#8, plain or encrypted, PKCS#1 and SEC 1 keys. */
final class PemReader {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
  private static final byte[] RSA_ALGORITHM = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private PemReader() {}

  static List<X509Certificate> certificates(byte[] input) throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Matcher matcher = BLOCK.matcher(new String(input, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).endsWith("CERTIFICATE")) {
        Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(decode(matcher.group(2))));
        certificates.add((X509Certificate) certificate);
      }
    }
    return certificates;
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  static PrivateKey privateKey(byte[] input, @Nullable String passphrase) throws GeneralSecurityException {
    Matcher matcher = BLOCK.matcher(new String(input, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      String body = matcher.group(2);
      if (body.contains("ENCRYPTED")) {
        throw new GeneralSecurityException("keys in the old encrypted form are not supported: convert them to PKCS#8");
      }
      switch (matcher.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(decode(body));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return pkcs8(decrypt(decode(body), passphrase));
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(wrap(RSA_ALGORITHM, decode(body)));
        }
        case "EC PRIVATE KEY" -> {
          byte[] key = decode(body);
          return pkcs8(wrap(tagged(0x30, concat(EC_PUBLIC_KEY, curve(key))), key));
        }
        default -> {
          // Parameters and certificates may stand in the same file.
        }
      }
    }
    throw new GeneralSecurityException("no start line");
  }

  private static byte[] decrypt(byte[] encrypted, @Nullable String passphrase) throws GeneralSecurityException {
    if (passphrase == null) {
      throw new GeneralSecurityException("interrupted or cancelled");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
      String algorithm = info.getAlgParameters() == null ? info.getAlgName() : info.getAlgParameters().toString();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException failure = new GeneralSecurityException("unsupported key");
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** PrivateKeyInfo: version 0, the algorithm, the key as an octet string. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(0x30, concat(concat(new byte[] {2, 1, 0}, algorithm), tagged(4, key)));
  }

  /** The curve's object identifier, in the [0] field of a SEC 1 key. */
  private static byte[] curve(byte[] key) throws GeneralSecurityException {
    for (int i = 0; i + 3 < key.length; i++) {
      if ((key[i] & 0xff) == 0xa0 && key[i + 2] == 6 && (key[i + 1] & 0xff) == (key[i + 3] & 0xff) + 2) {
        return java.util.Arrays.copyOfRange(key, i + 2, i + 4 + key[i + 3]);
      }
    }
    throw new GeneralSecurityException("the key names no curve");
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else {
      int bytes = content.length < 256 ? 1 : content.length < 65536 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
