package dev.nodule.core.crypto;

import dev.nodule.api.Arguments;
import dev.nodule.api.NodeException;
import dev.nodule.core.crypto.ciphers.Engines;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.macs.KMAC;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** Message authentication codes of every family, Bouncy Castle's but for HMAC. */
final class LibraryMac {
  private static final int KMAC_LEAST = 4;
  // The library's limit; OpenSSL's is 512.
  private static final int KMAC_MOST = 255;
  private static final int KMAC_CUSTOMIZATION = 512;
  private static final int POLY1305_KEY = 32;
  private static final int SIPHASH_KEY = 16;
  private static final int SIPHASH_SHORT = 8;

  private LibraryMac() {}

  /** Family, key, hash or engine, IV or salt, customization, length. */
  static KeyedHash of(Arguments arguments) {
    String family = arguments.string(0);
    byte[] key = arguments.bytes(1).copy();
    String part = arguments.stringOrNull(2);
    byte[] iv = bytes(arguments, 3);
    byte[] customization = bytes(arguments, 4);
    int length = arguments.int32(5);
    return switch (family) {
      case "hmac" -> KeyedHash.of(Objects.requireNonNull(HashAlgorithm.of(name(part))), key);
      case "cmac" -> {
        CMac mac = new CMac(Engines.of(name(part)));
        mac.init(new KeyParameter(key));
        yield new OfMac(mac);
      }
      case "gmac" -> {
        GMac mac = new GMac(GCMBlockCipher.newInstance(Engines.of(name(part))));
        mac.init(new ParametersWithIV(new KeyParameter(key), iv));
        yield new OfMac(mac);
      }
      case "kmac128" -> kmac(128, key, customization, length);
      case "kmac256" -> kmac(256, key, customization, length);
      case "poly1305" -> {
        if (key.length != POLY1305_KEY) {
          throw keyLength();
        }
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(key));
        yield new OfMac(mac);
      }
      case "siphash" -> siphash(key, length);
      case "blake2bmac" -> {
        checkBlake(key, iv, customization, length, 64);
        yield new OfDigest(
            new Blake2bDigest(key, length, padded(iv, 16), padded(customization, 16)));
      }
      case "blake2smac" -> {
        checkBlake(key, iv, customization, length, 32);
        yield new OfDigest(new Blake2sDigest(key, length, padded(iv, 8), padded(customization, 8)));
      }
      default -> throw new IllegalArgumentException(family);
    };
  }

  private static byte[] bytes(Arguments arguments, int index) {
    return arguments.isNullish(index) ? new byte[0] : arguments.bytes(index).copy();
  }

  private static String name(@Nullable String part) {
    return Objects.requireNonNull(part);
  }

  private static KeyedHash kmac(int bits, byte[] key, byte[] customization, int length) {
    if (key.length < KMAC_LEAST || key.length > KMAC_MOST) {
      throw keyLength();
    }
    if (customization.length > KMAC_CUSTOMIZATION) {
      throw OpenSslError.of("1C80006F", "Provider routines", "invalid custom length");
    }
    KMAC mac = new KMAC(bits, customization);
    mac.init(new KeyParameter(key));
    return new OfKmac(mac, length);
  }

  private static KeyedHash siphash(byte[] key, int length) {
    if (key.length != SIPHASH_KEY || (length != SIPHASH_SHORT && length != 2 * SIPHASH_SHORT)) {
      throw new NodeException("ERR_CRYPTO_OPERATION_FAILED", "Failed to initialize MAC");
    }
    Mac mac = length == SIPHASH_SHORT ? new SipHash() : new SipHash128();
    mac.init(new KeyParameter(key));
    return new OfMac(mac);
  }

  /** The limits of RFC 7693: a salt and a customization have a quarter of the longest key. */
  private static void checkBlake(
      byte[] key, byte[] salt, byte[] customization, int length, int longest) {
    if (key.length == 0 || key.length > longest) {
      throw keyLength();
    }
    if (length < 1 || length > longest) {
      throw OpenSslError.of("1C800071", "Provider routines", "not xof or invalid length");
    }
    if (salt.length > longest / 4) {
      throw OpenSslError.of("1C800070", "Provider routines", "invalid salt length");
    }
    if (customization.length > longest / 4) {
      throw OpenSslError.of("1C80006F", "Provider routines", "invalid custom length");
    }
  }

  private static byte[] padded(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static NodeException keyLength() {
    return OpenSslError.of("1C800069", "Provider routines", "invalid key length");
  }

  private record OfMac(Mac mac) implements KeyedHash {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      mac.update(bytes, offset, length);
    }

    @Override
    public byte[] finish() {
      byte[] code = new byte[mac.getMacSize()];
      mac.doFinal(code, 0);
      return code;
    }
  }

  private record OfKmac(KMAC mac, int length) implements KeyedHash {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      mac.update(bytes, offset, count);
    }

    @Override
    public byte[] finish() {
      byte[] code = new byte[length];
      mac.doFinal(code, 0, length);
      return code;
    }
  }

  private record OfDigest(Digest digest) implements KeyedHash {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] finish() {
      byte[] code = new byte[digest.getDigestSize()];
      digest.doFinal(code, 0);
      return code;
    }
  }
}
