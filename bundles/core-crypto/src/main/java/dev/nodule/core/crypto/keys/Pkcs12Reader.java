package dev.nodule.core.crypto.keys;

import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.jspecify.annotations.Nullable;

/** PKCS #12 (RFC 7292): the first private key, its certificate, and the others in their order. */
final class Pkcs12Reader {
  private final byte[] passphrase;
  private final List<byte[]> certificates = new ArrayList<>();
  private @Nullable AsymmetricKey key;

  private Pkcs12Reader(byte[] passphrase) {
    this.passphrase = passphrase;
  }

  /**
   * @param passphrase null for none, which some writers take for an empty one
   * @return the key's encoding or null, its certificate or null, an array of the others
   */
  static @Nullable Object[] read(byte[] file, byte @Nullable [] passphrase) throws IOException {
    Pfx pfx;
    byte[] content;
    ContentInfo[] safes;
    try {
      pfx = Pfx.getInstance(ASN1Sequence.getInstance(file));
      content = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
      safes = AuthenticatedSafe.getInstance(ASN1Sequence.getInstance(content)).getContentInfo();
    } catch (RuntimeException e) {
      throw new NodeException(
          "ERR_CRYPTO_OPERATION_FAILED", "Input is not a valid PKCS#12 structure");
    }
    MacData mac = pfx.getMacData();
    if (mac != null && !isGenuine(mac, content, passphrase)) {
      throw OpenSslError.of("11800071", "PKCS12 routines", "mac verify failure");
    }
    Pkcs12Reader reader = new Pkcs12Reader(passphrase == null ? new byte[0] : passphrase);
    for (ContentInfo safe : safes) {
      reader.readBags(reader.bagsOf(safe));
    }
    return reader.result();
  }

  private static boolean isGenuine(MacData data, byte[] content, byte @Nullable [] passphrase) {
    HashAlgorithm hash = DigestIdentifiers.algorithm(data.getMac().getAlgorithmId().getAlgorithm());
    if (hash == null) {
      return false;
    }
    byte[] words =
        PBEParametersGenerator.PKCS12PasswordToBytes(
            new String(passphrase == null ? new byte[0] : passphrase, StandardCharsets.UTF_8)
                .toCharArray());
    // Of an empty one the library makes nothing, where others write its end.
    return isGenuine(data, hash, content, words)
        || (words.length == 0 && isGenuine(data, hash, content, new byte[2]));
  }

  private static boolean isGenuine(
      MacData data, HashAlgorithm hash, byte[] content, byte[] password) {
    Digest digest = DigestIdentifiers.bouncyCastle(hash);
    PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(digest);
    generator.init(password, data.getSalt(), data.getIterationCount().intValueExact());
    HMac mac = new HMac(DigestIdentifiers.bouncyCastle(hash));
    mac.init(generator.generateDerivedMacParameters(hash.bytes() * 8));
    mac.update(content, 0, content.length);
    byte[] code = new byte[mac.getMacSize()];
    mac.doFinal(code, 0);
    return MessageDigest.isEqual(code, data.getMac().getDigest());
  }

  private ASN1Sequence bagsOf(ContentInfo safe) throws IOException {
    if (safe.getContentType().equals(PKCSObjectIdentifiers.data)) {
      return ASN1Sequence.getInstance(ASN1OctetString.getInstance(safe.getContent()).getOctets());
    }
    if (!safe.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
      throw OpenSslError.unsupported();
    }
    EncryptedData sealed = EncryptedData.getInstance(safe.getContent());
    byte[] wrapped =
        new EncryptedPrivateKeyInfo(
                sealed.getEncryptionAlgorithm(), sealed.getContent().getOctets())
            .getEncoded("DER");
    return ASN1Sequence.getInstance(PrivateKeyEncryption.open(wrapped, passphrase));
  }

  private void readBags(ASN1Sequence bags) throws IOException {
    for (ASN1Encodable each : bags) {
      SafeBag bag = SafeBag.getInstance(each);
      ASN1Encodable value = bag.getBagValue();
      if (bag.getBagId().equals(PKCSObjectIdentifiers.safeContentsBag)) {
        readBags(ASN1Sequence.getInstance(value));
      } else if (bag.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
        CertBag certificate = CertBag.getInstance(value);
        if (certificate.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
          certificates.add(ASN1OctetString.getInstance(certificate.getCertValue()).getOctets());
        }
      } else if (key == null && bag.getBagId().equals(PKCSObjectIdentifiers.keyBag)) {
        key = KeyStructures.of(PrivateKeyInfo.getInstance(value));
      } else if (key == null && bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
        byte[] der = value.toASN1Primitive().getEncoded("DER");
        key = KeyStructures.of(PrivateKeyEncryption.decrypt(der, passphrase));
      }
    }
  }

  private @Nullable Object[] result() throws IOException {
    AsymmetricKey found = key;
    byte[] own = null;
    if (found != null) {
      byte[] shared = KeyEncoding.of(found.toPublic());
      for (byte[] der : certificates) {
        Certificate certificate = Certificate.getInstance(der);
        if (Arrays.equals(shared, certificate.getSubjectPublicKeyInfo().getEncoded("DER"))) {
          own = der;
          break;
        }
      }
      certificates.remove(own);
    }
    return new @Nullable Object[] {
      found == null ? null : KeyEncoding.of(found), own, certificates.toArray()
    };
  }
}
