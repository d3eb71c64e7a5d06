package dev.nodule.core.crypto.keys;

import dev.nodule.core.crypto.DigestIdentifiers;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.Providers;
import dev.nodule.core.crypto.Randomness;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.KeyGenerationParameters;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.generators.DSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed448KeyPairGenerator;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.SLHDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.X25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.X448KeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.Ed448KeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.X25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.X448KeyGenerationParameters;
import org.jspecify.annotations.Nullable;

/** New private keys of every type; the public ones follow from them. */
final class KeyPairs {
  private static final int JDK_MINIMUM = 512;
  private static final int CERTAINTY = 100;

  private KeyPairs() {}

  static AsymmetricKey rsa(int bits, long exponent) {
    BigInteger e = BigInteger.valueOf(exponent);
    if (exponent < 3 || !e.testBit(0)) {
      throw OpenSslError.of("020000B2", "rsa routines", "pub exponent out of range");
    }
    if (bits < JDK_MINIMUM) {
      throw OpenSslError.of("02000078", "rsa routines", "key size too small");
    }
    try {
      KeyPairGenerator generator = Providers.keyPairGenerator("RSA", bits % 128 == 0);
      generator.initialize(new RSAKeyGenParameterSpec(bits, e), Randomness.SOURCE);
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      return KeyStructures.ofRsa(
          new RSAPrivateKey(
              key.getModulus(),
              key.getPublicExponent(),
              key.getPrivateExponent(),
              key.getPrimeP(),
              key.getPrimeQ(),
              key.getPrimeExponentP(),
              key.getPrimeExponentQ(),
              key.getCrtCoefficient()));
    } catch (GeneralSecurityException tooUnusual) {
      RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
      generator.init(new RSAKeyGenerationParameters(e, Randomness.SOURCE, bits, CERTAINTY));
      return new AsymmetricKey(
          "rsa", KeyStructures.rsaAlgorithm(), generator.generateKeyPair().getPrivate());
    }
  }

  /** Without any of the three the key may be used with all hashes and salts. */
  static AsymmetricKey rsaPss(
      int bits,
      long exponent,
      @Nullable HashAlgorithm hash,
      @Nullable HashAlgorithm mgf1Hash,
      int saltLength) {
    RSAPrivateCrtKeyParameters rsa = (RSAPrivateCrtKeyParameters) rsa(bits, exponent).parameters();
    ASN1Encodable restrictions = null;
    if (hash != null || mgf1Hash != null || saltLength >= 0) {
      AlgorithmIdentifier digest = hash == null ? null : DigestIdentifiers.identifier(hash);
      AlgorithmIdentifier mask = mgf1Hash == null ? digest : DigestIdentifiers.identifier(mgf1Hash);
      int salt = saltLength >= 0 ? saltLength : hash == null ? 20 : hash.bytes();
      restrictions =
          new RSASSAPSSparams(
              digest == null ? RSASSAPSSparams.DEFAULT_HASH_ALGORITHM : digest,
              mask == null
                  ? RSASSAPSSparams.DEFAULT_MASK_GEN_FUNCTION
                  : new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, mask),
              new ASN1Integer(salt),
              RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }
    return new AsymmetricKey(
        "rsa-pss", new AlgorithmIdentifier(KeyTypes.oid("rsa-pss"), restrictions), rsa);
  }

  static AsymmetricKey dsa(int bits, int divisorBits) {
    DSAParameters parameters = DsaDomain.generate(bits, divisorBits);
    return make(
        "dsa",
        KeyStructures.dsaAlgorithm(parameters),
        new DSAKeyPairGenerator(),
        new DSAKeyGenerationParameters(Randomness.SOURCE, parameters));
  }

  /**
   * @param explicit whether the curve is written out in encodings of the key, not named
   */
  static AsymmetricKey ec(String curve, boolean explicit) {
    ECNamedDomainParameters named = Curves.byName(curve);
    if (named == null) {
      throw new IllegalArgumentException(curve);
    }
    BigInteger fast = explicit ? null : fastSecret(curve);
    if (fast != null) {
      return new AsymmetricKey(
          "ec",
          KeyStructures.ecAlgorithm(named.getName()),
          new ECPrivateKeyParameters(fast, named));
    }
    ECDomainParameters parameters = named;
    ASN1Encodable algorithm = named.getName();
    if (explicit) {
      X9ECParameters x9 = org.bouncycastle.asn1.x9.ECNamedCurveTable.getByOID(named.getName());
      parameters = new ECDomainParameters(x9);
      algorithm = x9;
    }
    return make(
        "ec",
        KeyStructures.ecAlgorithm(algorithm),
        new ECKeyPairGenerator(),
        new ECKeyGenerationParameters(parameters, Randomness.SOURCE));
  }

  /** The number that is the key, by the native provider; null where it has not the curve. */
  private static @Nullable BigInteger fastSecret(String curve) {
    if (!Curves.isNist(curve) || !Providers.isFast("KeyPairGenerator", "EC")) {
      return null;
    }
    try {
      KeyPairGenerator generator = Providers.keyPairGenerator("EC", true);
      generator.initialize(new ECGenParameterSpec(Curves.nistName(curve)), Randomness.SOURCE);
      return ((ECPrivateKey) generator.generateKeyPair().getPrivate()).getS();
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  static AsymmetricKey dh(BigInteger prime, BigInteger generator) {
    return make(
        "dh",
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.dhKeyAgreement, new DHParameter(prime, generator, 0)),
        new DHBasicKeyPairGenerator(),
        new DHKeyGenerationParameters(Randomness.SOURCE, new DHParameters(prime, generator)));
  }

  /** The types without parameters. */
  static AsymmetricKey plain(String type) {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(KeyTypes.oid(type));
    MLKEMParameters kem = KeyTypes.mlKem(type);
    MLDSAParameters dsa = KeyTypes.mlDsa(type);
    SLHDSAParameters slh = KeyTypes.slhDsa(type);
    var random = Randomness.SOURCE;
    if (kem != null) {
      return make(
          type,
          algorithm,
          new MLKEMKeyPairGenerator(),
          new MLKEMKeyGenerationParameters(random, kem));
    }
    if (dsa != null) {
      return make(
          type,
          algorithm,
          new MLDSAKeyPairGenerator(),
          new MLDSAKeyGenerationParameters(random, dsa));
    }
    if (slh != null) {
      return make(
          type,
          algorithm,
          new SLHDSAKeyPairGenerator(),
          new SLHDSAKeyGenerationParameters(random, slh));
    }
    return switch (type) {
      case "ed25519" ->
          make(
              type,
              algorithm,
              new Ed25519KeyPairGenerator(),
              new Ed25519KeyGenerationParameters(random));
      case "ed448" ->
          make(
              type,
              algorithm,
              new Ed448KeyPairGenerator(),
              new Ed448KeyGenerationParameters(random));
      case "x25519" ->
          make(
              type,
              algorithm,
              new X25519KeyPairGenerator(),
              new X25519KeyGenerationParameters(random));
      case "x448" ->
          make(
              type, algorithm, new X448KeyPairGenerator(), new X448KeyGenerationParameters(random));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static AsymmetricKey make(
      String type,
      AlgorithmIdentifier algorithm,
      AsymmetricCipherKeyPairGenerator generator,
      KeyGenerationParameters parameters) {
    generator.init(parameters);
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return new AsymmetricKey(type, algorithm, pair.getPrivate());
  }
}
