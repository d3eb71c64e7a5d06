package dev.nodule.core.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys in PEM (RFC 7468): PKCS#8, plain or encrypted, PKCS#1 and SEC 1
 * keys.
 */
final class PemReader {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern OLD_ENCRYPTION =
      Pattern.compile("Proc-Type: 4,ENCRYPTED\\s+DEK-Info: ([A-Z0-9-]+),([0-9A-Fa-f]+)");
  private static final byte[] RSA_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
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
        Certificate certificate =
            factory.generateCertificate(new ByteArrayInputStream(decode(matcher.group(2))));
        certificates.add((X509Certificate) certificate);
      }
    }
    if (certificates.isEmpty()) {
      throw noStartLine();
    }
    return certificates;
  }

  static List<X509CRL> revocationLists(byte[] input) throws GeneralSecurityException {
    List<X509CRL> lists = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Matcher matcher = BLOCK.matcher(new String(input, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).equals("X509 CRL")) {
        lists.add(
            (X509CRL) factory.generateCRL(new ByteArrayInputStream(decode(matcher.group(2)))));
      }
    }
    if (lists.isEmpty()) {
      throw new GeneralSecurityException("ERR_CRYPTO_OPERATION_FAILED::Failed to parse CRL");
    }
    return lists;
  }

  /** The size of a group for Diffie-Hellman, in bits. */
  static int dhParameterBits(byte[] input) throws GeneralSecurityException {
    Matcher matcher = BLOCK.matcher(new String(input, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).equals("DH PARAMETERS")) {
        return new BigInteger(1, Der.read(decode(matcher.group(2))).children().getFirst().content())
            .bitLength();
      }
    }
    throw noStartLine();
  }

  private static GeneralSecurityException noStartLine() {
    return new GeneralSecurityException(
        "ERR_OSSL_PEM_NO_START_LINE:PEM routines:error:0480006C:PEM routines::no start line");
  }

  private static GeneralSecurityException unsupported() {
    return new GeneralSecurityException(
        "ERR_OSSL_UNSUPPORTED:DECODER routines:error:1E08010C:DECODER routines::unsupported");
  }

  private static GeneralSecurityException badDecrypt() {
    return new GeneralSecurityException(
        "ERR_OSSL_BAD_DECRYPT:Provider routines:error:1C800064:Provider routines::bad decrypt");
  }

  private static String required(@Nullable String passphrase) throws GeneralSecurityException {
    if (passphrase == null) {
      throw new GeneralSecurityException(
          "ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED:common libcrypto routines:"
              + "error:07880109:common libcrypto routines::interrupted or cancelled");
    }
    return passphrase;
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  static PrivateKey privateKey(byte[] input, @Nullable String passphrase)
      throws GeneralSecurityException {
    Matcher matcher = BLOCK.matcher(new String(input, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      String body = matcher.group(2);
      Matcher encrypted = OLD_ENCRYPTION.matcher(body);
      byte[] der =
          encrypted.find() ? decryptOld(encrypted, body, required(passphrase)) : decode(body);
      switch (matcher.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(der);
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return pkcs8(decrypt(der, required(passphrase)));
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(wrap(RSA_ALGORITHM, der));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(wrap(tagged(0x30, concat(EC_PUBLIC_KEY, curve(der))), der));
        }
        default -> {
          // Parameters and certificates may stand in the same file.
        }
      }
    }
    throw unsupported();
  }

  /** The encryption of RFC 1421's headers, with OpenSSL's way from a passphrase to a key. */
  private static byte[] decryptOld(Matcher header, String body, String passphrase)
      throws GeneralSecurityException {
    byte[] vector = HexFormat.of().parseHex(header.group(2).toLowerCase(Locale.ROOT));
    String name = header.group(1);
    boolean aes = name.startsWith("AES-");
    int size =
        aes ? Integer.parseInt(name.substring(4, 7)) / 8 : name.startsWith("DES-EDE3") ? 24 : 8;
    byte[] key = new byte[0];
    byte[] last = new byte[0];
    MessageDigest digest = MessageDigest.getInstance("MD5");
    while (key.length < size) {
      digest.update(last);
      digest.update(passphrase.getBytes(StandardCharsets.UTF_8));
      digest.update(vector, 0, 8);
      last = digest.digest();
      key = concat(key, last);
    }
    String algorithm = aes ? "AES" : size == 24 ? "DESede" : "DES";
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(Arrays.copyOf(key, size), algorithm),
        new IvParameterSpec(vector));
    try {
      return cipher.doFinal(decode(body.substring(header.end())));
    } catch (GeneralSecurityException e) {
      throw badDecrypt();
    }
  }

  private static byte[] decrypt(byte[] encrypted, String passphrase)
      throws GeneralSecurityException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
      String algorithm =
          info.getAlgParameters() == null ? info.getAlgName() : info.getAlgParameters().toString();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(passphrase.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw badDecrypt();
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        // The next kind.
      }
    }
    throw unsupported();
  }

  /** PrivateKeyInfo: version 0, the algorithm, the key as an octet string. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(0x30, concat(concat(new byte[] {2, 1, 0}, algorithm), tagged(4, key)));
  }

  /** The curve's object identifier, in the [0] field of a SEC 1 key. */
  private static byte[] curve(byte[] key) throws GeneralSecurityException {
    for (int i = 0; i + 3 < key.length; i++) {
      if ((key[i] & 0xff) == 0xa0
          && key[i + 2] == 6
          && (key[i + 1] & 0xff) == (key[i + 3] & 0xff) + 2) {
        return Arrays.copyOfRange(key, i + 2, i + 4 + key[i + 3]);
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
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
