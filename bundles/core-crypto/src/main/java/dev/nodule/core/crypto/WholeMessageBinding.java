package dev.nodule.core.crypto;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.core.crypto.ciphers.LibraryCiphers;
import dev.nodule.core.crypto.ciphers.RunningCipher;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.macs.KMAC;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Hashes, codes and ciphers of messages that are there as a whole, as the Web Cryptography API has
 * them: one job of the worker pool each.
 */
final class WholeMessageBinding {
  private static final String LIBRARY = "library:";
  private final ModuleContext context;

  WholeMessageBinding(ModuleContext context) {
    this.context = context;
  }

  void install(Binding binding) {
    binding
        .function("digestJob", 4, this::digest)
        .function("hmacJob", 4, this::hmac)
        .function("kmacJob", 6, this::kmac)
        .function("cipherJob", 8, this::cipher);
  }

  private static HashAlgorithm hash(Arguments arguments) {
    return Objects.requireNonNull(HashAlgorithm.of(arguments.string(0)));
  }

  private @Nullable Object digest(Arguments arguments) {
    HashAlgorithm hash = hash(arguments);
    byte[] data = arguments.bytes(1).copy();
    int length = arguments.int32(2);
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          Digester digester = Digester.of(hash);
          digester.update(data, 0, data.length);
          return digester.digest(length);
        });
  }

  private @Nullable Object hmac(Arguments arguments) {
    HashAlgorithm hash = hash(arguments);
    byte[] key = arguments.bytes(1).copy();
    byte[] data = arguments.bytes(2).copy();
    return context.blocking(
        arguments.callbackOrNull(3),
        () -> {
          KeyedHash mac = KeyedHash.of(hash, key);
          mac.update(data, 0, data.length);
          return mac.finish();
        });
  }

  /** Strength, key, customization, data, length in bytes. */
  private @Nullable Object kmac(Arguments arguments) {
    int bits = arguments.int32(0);
    byte[] key = arguments.bytes(1).copy();
    byte[] customization = arguments.bytes(2).copy();
    byte[] data = arguments.bytes(3).copy();
    byte[] result = new byte[arguments.int32(4)];
    return context.blocking(
        arguments.callbackOrNull(5),
        () -> {
          KMAC mac = new KMAC(bits, customization);
          mac.init(new KeyParameter(key));
          mac.update(data, 0, data.length);
          mac.doFinal(result, 0, result.length);
          return result;
        });
  }

  /** Implementation, whether to encrypt, key, IV, length of the tag, additional data, data. */
  private @Nullable Object cipher(Arguments arguments) {
    String implementation = arguments.string(0);
    boolean encrypting = arguments.bool(1);
    byte[] key = arguments.bytes(2).copy();
    byte[] iv = arguments.isNullish(3) ? null : arguments.bytes(3).copy();
    int tagBytes = arguments.int32(4);
    byte[] additional = arguments.isNullish(5) ? new byte[0] : arguments.bytes(5).copy();
    byte[] data = arguments.bytes(6).copy();
    return context.blocking(
        arguments.callbackOrNull(7),
        () ->
            implementation.equals("AES/GCM")
                ? gcm(encrypting, key, Objects.requireNonNull(iv), tagBytes, additional, data)
                : run(implementation, encrypting, key, iv, tagBytes, additional, data));
  }

  /** A provider's own, which wants the tag behind the ciphertext, as the Web does. */
  private static byte[] gcm(
      boolean encrypting, byte[] key, byte[] iv, int tagBytes, byte[] additional, byte[] data)
      throws GeneralSecurityException {
    if (tagBytes < 12) {
      return run("library:AES/GCM", encrypting, key, iv, tagBytes, additional, data);
    }
    Cipher cipher =
        Providers.cipher(
            "AES/GCM/NoPadding",
            encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new GCMParameterSpec(tagBytes * 8, iv));
    cipher.updateAAD(additional);
    return cipher.doFinal(data);
  }

  private static byte[] run(
      String implementation,
      boolean encrypting,
      byte[] key,
      byte @Nullable [] iv,
      int tagBytes,
      byte[] additional,
      byte[] data) {
    RunningCipher cipher = open(implementation, encrypting, key, iv, tagBytes);
    boolean tagged = tagBytes > 0;
    int length = tagged && !encrypting ? data.length - tagBytes : data.length;
    if (length < 0) {
      throw new IllegalArgumentException("shorter than its tag");
    }
    if (tagged) {
      cipher.authenticate(additional, 0, additional.length);
      if (!encrypting) {
        cipher.setTag(java.util.Arrays.copyOfRange(data, length, data.length));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 32);
    out.writeBytes(cipher.update(data, 0, length));
    byte[][] last = new byte[1][];
    if (cipher.finish(last) != RunningCipher.Failure.NONE) {
      throw new IllegalArgumentException("not genuine");
    }
    out.writeBytes(last[0]);
    if (tagged && encrypting) {
      out.write(cipher.tag(), 0, tagBytes);
    }
    return out.toByteArray();
  }

  private static RunningCipher open(
      String implementation, boolean encrypting, byte[] key, byte @Nullable [] iv, int tagBytes) {
    if (!implementation.startsWith(LIBRARY)) {
      return new SymmetricCipher(implementation, encrypting, key, iv);
    }
    int slash = implementation.indexOf('/');
    return LibraryCiphers.of(
        implementation.substring(LIBRARY.length(), slash),
        implementation.substring(slash + 1),
        encrypting,
        key,
        iv,
        tagBytes);
  }
}
