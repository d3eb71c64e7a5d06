package dev.nodule.core.crypto.keys;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.KeyDerivation;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** Private keys under a passphrase: PKCS #8 with PBES2 (RFC 8018); older schemes are read only. */
final class PrivateKeyEncryption {
  private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
  private static final int ITERATIONS = 2048;
  private static final int SALT_BYTES = 16;

  private PrivateKeyEncryption() {}

  static PrivateKeyInfo decrypt(byte[] der, byte @Nullable [] passphrase) {
    if (passphrase == null) {
      throw OpenSslError.interrupted();
    }
    return PrivateKeyInfo.getInstance(open(der, passphrase));
  }

  /** What is inside of an EncryptedPrivateKeyInfo: a key, or whatever has been put into one. */
  static byte[] open(byte[] der, byte[] passphrase) {
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
      AlgorithmIdentifier algorithm = info.getEncryptionAlgorithm();
      return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
          ? decrypt(
              PBES2Parameters.getInstance(algorithm.getParameters()),
              info.getEncryptedData(),
              passphrase)
          : decryptOld(der, passphrase);
    } catch (GeneralSecurityException e) {
      throw OpenSslError.badDecrypt();
    } catch (IOException e) {
      throw OpenSslError.unsupported();
    }
  }

  private static byte[] decrypt(PBES2Parameters scheme, byte[] data, byte[] passphrase)
      throws GeneralSecurityException {
    PassphraseCipher cipher =
        PassphraseCipher.of(scheme.getEncryptionScheme().getAlgorithm().getId());
    if (cipher == null) {
      throw OpenSslError.unsupported();
    }
    byte[] key = derive(scheme.getKeyDerivationFunc(), passphrase, cipher.keyBytes());
    byte[] iv =
        ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters()).getOctets();
    return cipher.run(Cipher.DECRYPT_MODE, key, iv, data);
  }

  private static byte[] derive(KeyDerivationFunc function, byte[] passphrase, int length) {
    if (function.getAlgorithm().getId().equals(SCRYPT)) {
      // RFC 7914, section 7: salt, N, r, p.
      ASN1Sequence scrypt = ASN1Sequence.getInstance(function.getParameters());
      return KeyDerivation.scrypt(
          passphrase,
          ASN1OctetString.getInstance(scrypt.getObjectAt(0)).getOctets(),
          ASN1Integer.getInstance(scrypt.getObjectAt(1)).intValueExact(),
          ASN1Integer.getInstance(scrypt.getObjectAt(2)).intValueExact(),
          ASN1Integer.getInstance(scrypt.getObjectAt(3)).intValueExact(),
          length);
    }
    PBKDF2Params pbkdf2 = PBKDF2Params.getInstance(function.getParameters());
    return KeyDerivation.pbkdf2(
        prf(pbkdf2.getPrf().getAlgorithm()),
        passphrase,
        pbkdf2.getSalt(),
        pbkdf2.getIterationCount().intValueExact(),
        length);
  }

  // hmacWithSHA1 is 7, hmacWithSHA224 is 8, and so on.
  private static HashAlgorithm prf(ASN1ObjectIdentifier oid) {
    String name =
        switch (oid.getId().substring(oid.getId().lastIndexOf('.') + 1)) {
          case "7" -> "sha1";
          case "8" -> "sha224";
          case "9" -> "sha256";
          case "10" -> "sha384";
          case "11" -> "sha512";
          default -> throw OpenSslError.unsupported();
        };
    return Objects.requireNonNull(HashAlgorithm.of(name));
  }

  /** PBES1 and the schemes of PKCS #12, by the JDK. */
  private static byte[] decryptOld(byte[] der, byte[] passphrase)
      throws IOException, GeneralSecurityException {
    javax.crypto.EncryptedPrivateKeyInfo info = new javax.crypto.EncryptedPrivateKeyInfo(der);
    PBEKeySpec spec = new PBEKeySpec(new String(passphrase, StandardCharsets.UTF_8).toCharArray());
    Cipher cipher = Cipher.getInstance(info.getAlgName());
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec),
        info.getAlgParameters());
    return cipher.doFinal(info.getEncryptedData());
  }

  static byte[] encrypt(PrivateKeyInfo key, String cipherName, byte[] passphrase)
      throws IOException {
    PassphraseCipher cipher = PassphraseCipher.of(cipherName);
    if (cipher == null) {
      throw unknownCipher();
    }
    byte[] salt = Randomness.bytes(SALT_BYTES);
    byte[] iv = Randomness.bytes(cipher.ivBytes());
    HashAlgorithm sha256 = Objects.requireNonNull(HashAlgorithm.of("sha256"));
    byte[] secret = KeyDerivation.pbkdf2(sha256, passphrase, salt, ITERATIONS, cipher.keyBytes());
    PBKDF2Params pbkdf2 =
        new PBKDF2Params(
            salt,
            ITERATIONS,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
    PBES2Parameters scheme =
        new PBES2Parameters(
            new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, pbkdf2),
            new EncryptionScheme(new ASN1ObjectIdentifier(cipher.oid()), new DEROctetString(iv)));
    try {
      byte[] data = cipher.run(Cipher.ENCRYPT_MODE, secret, iv, key.getEncoded("DER"));
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, scheme), data)
          .getEncoded("DER");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static NodeException unknownCipher() {
    return new NodeException("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  }

  static boolean isCipher(String name) {
    return PassphraseCipher.of(name) != null;
  }
}
