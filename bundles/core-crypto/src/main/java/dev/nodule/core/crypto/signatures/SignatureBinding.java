package dev.nodule.core.crypto.signatures;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.KeyTable;
import org.jspecify.annotations.Nullable;

/** What JavaScript may do with signatures and with RSA as a cipher. */
public final class SignatureBinding {
  private final ModuleContext context;
  private final KeyTable keys;

  public SignatureBinding(ModuleContext context, KeyTable keys) {
    this.context = context;
    this.keys = keys;
  }

  public void install(Binding binding) {
    binding
        .function("signsWhole", 1, arguments -> Signatures.signsWhole(keys.get(arguments, 0)))
        .function("sign", 8, this::sign)
        .function("verify", 9, this::verify)
        .function(
            "signDigest",
            6,
            arguments ->
                Signatures.signDigest(
                    keys.get(arguments, 0),
                    hash(arguments, 1),
                    arguments.bytes(2).copy(),
                    options(arguments, 3)))
        .function(
            "verifyDigest",
            7,
            arguments ->
                Signatures.verifyDigest(
                    keys.get(arguments, 0),
                    hash(arguments, 1),
                    arguments.bytes(2).copy(),
                    arguments.bytes(7).copy(),
                    options(arguments, 3)))
        .function("rsaCipher", 8, this::rsaCipher);
  }

  private static HashAlgorithm hash(Arguments arguments, int index) {
    HashAlgorithm hash = HashAlgorithm.of(arguments.string(index));
    if (hash == null) {
      throw new IllegalArgumentException(arguments.string(index));
    }
    return hash;
  }

  private static @Nullable HashAlgorithm hashOrNull(Arguments arguments, int index) {
    return arguments.isNullish(index) ? null : hash(arguments, index);
  }

  /** Padding, salt length, whether plain, context. */
  private static SignatureOptions options(Arguments arguments, int index) {
    return new SignatureOptions(
        arguments.int32(index),
        arguments.isNullish(index + 1) ? SignatureOptions.UNSET : arguments.int32(index + 1),
        arguments.bool(index + 2),
        arguments.isNullish(index + 3) ? null : arguments.bytes(index + 3).copy());
  }

  private @Nullable Object sign(Arguments arguments) {
    AsymmetricKey key = keys.get(arguments, 0);
    HashAlgorithm hash = hashOrNull(arguments, 1);
    byte[] message = arguments.bytes(2).copy();
    SignatureOptions options = options(arguments, 3);
    return context.blocking(
        arguments.callbackOrNull(7), () -> Signatures.sign(key, hash, message, options));
  }

  private @Nullable Object verify(Arguments arguments) {
    AsymmetricKey key = keys.get(arguments, 0);
    HashAlgorithm hash = hashOrNull(arguments, 1);
    byte[] message = arguments.bytes(2).copy();
    SignatureOptions options = options(arguments, 3);
    byte[] signature = arguments.bytes(7).copy();
    return context.blocking(
        arguments.callbackOrNull(8),
        () -> Signatures.verify(key, hash, message, signature, options));
  }

  /** Key, data, padding, hash, label, whether the public key serves, whether to encrypt. */
  private @Nullable Object rsaCipher(Arguments arguments) {
    AsymmetricKey given = keys.get(arguments, 0);
    byte[] data = arguments.bytes(1).copy();
    int padding = arguments.int32(2);
    HashAlgorithm hash = hashOrNull(arguments, 3);
    byte[] label = arguments.isNullish(4) ? null : arguments.bytes(4).copy();
    AsymmetricKey key = arguments.bool(5) ? given.toPublic() : given;
    boolean encrypt = arguments.bool(6);
    return context.blocking(
        arguments.callbackOrNull(7),
        () ->
            encrypt
                ? RsaEncryption.encrypt(key, data, padding, hash, label)
                : RsaEncryption.decrypt(key, data, padding, hash, label));
  }
}
