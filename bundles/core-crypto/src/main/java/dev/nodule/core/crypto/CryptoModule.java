package dev.nodule.core.crypto;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.core.crypto.agreement.AgreementBinding;
import dev.nodule.core.crypto.certificates.CertificateBinding;
import dev.nodule.core.crypto.ciphers.LibraryCiphers;
import dev.nodule.core.crypto.ciphers.RunningCipher;
import dev.nodule.core.crypto.keys.KeyBinding;
import dev.nodule.core.crypto.keys.KeyTable;
import dev.nodule.core.crypto.signatures.SignatureBinding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Node.js's {@code crypto}. A hash, MAC or cipher under way is one function, whose first argument
 * says what to do.
 */
public final class CryptoModule extends ScriptModule {
  /** Before the name of a cipher that the JDK does not have. */
  private static final String LIBRARY = "library:";

  private static final int UPDATE = 0;
  private static final int FINISH = 1;
  private static final int COPY = 2;
  private static final int SET_PADDING = 2;
  private static final int SET_TAG = 3;
  private static final int AUTHENTICATE = 4;
  private static final int GET_TAG = 5;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    JavaScript javaScript = context.javaScript();
    KeyTable keys = new KeyTable();
    new KeyBinding(context, keys).install(binding);
    new SignatureBinding(context, keys).install(binding);
    new AgreementBinding(context, keys).install(binding);
    new CertificateBinding(keys).install(binding);
    new WholeMessageBinding(context).install(binding);
    binding
        .function(
            "digestBytes",
            1,
            arguments -> {
              HashAlgorithm algorithm = HashAlgorithm.of(arguments.string(0));
              return algorithm == null ? -1 : algorithm.bytes();
            })
        .function("isExtendable", 1, arguments -> algorithm(arguments).extendable())
        .function(
            "createHash",
            2,
            arguments -> hash(javaScript, Digester.of(algorithm(arguments)), arguments.int32(1)))
        .function(
            "createHmac",
            2,
            arguments ->
                mac(javaScript, KeyedHash.of(algorithm(arguments), arguments.bytes(1).copy())))
        .function("createMac", 6, arguments -> mac(javaScript, LibraryMac.of(arguments)))
        .function("hash", 4, CryptoModule::hashOnce)
        .function("randomFill", 2, arguments -> randomFill(context, arguments))
        .function("randomUUID", 0, arguments -> UUID.randomUUID().toString())
        .function(
            "timingSafeEqual",
            2,
            arguments ->
                MessageDigest.isEqual(arguments.bytes(0).copy(), arguments.bytes(1).copy()))
        .function(
            "pbkdf2",
            6,
            arguments -> {
              HashAlgorithm algorithm = algorithm(arguments);
              byte[] password = arguments.bytes(1).copy();
              byte[] salt = arguments.bytes(2).copy();
              int iterations = arguments.int32(3);
              int length = arguments.int32(4);
              return context.blocking(
                  arguments.callbackOrNull(5),
                  () -> KeyDerivation.pbkdf2(algorithm, password, salt, iterations, length));
            })
        .function(
            "hkdf",
            6,
            arguments -> {
              HashAlgorithm algorithm = algorithm(arguments);
              byte[] key = arguments.bytes(1).copy();
              byte[] salt = arguments.bytes(2).copy();
              byte[] info = arguments.bytes(3).copy();
              int length = arguments.int32(4);
              return context.blocking(
                  arguments.callbackOrNull(5),
                  () -> KeyDerivation.hkdf(algorithm, key, salt, info, length));
            })
        .function(
            "scrypt",
            7,
            arguments -> {
              byte[] password = arguments.bytes(0).copy();
              byte[] salt = arguments.bytes(1).copy();
              int cost = arguments.int32(2);
              int blockSize = arguments.int32(3);
              int parallelization = arguments.int32(4);
              int length = arguments.int32(5);
              return context.blocking(
                  arguments.callbackOrNull(6),
                  () ->
                      KeyDerivation.scrypt(
                          password, salt, cost, blockSize, parallelization, length));
            })
        .function("argon2", 10, arguments -> argon2(context, arguments))
        .function("createCipher", 5, arguments -> cipher(javaScript, runningCipher(arguments)));
  }

  private static HashAlgorithm algorithm(Arguments arguments) {
    return Objects.requireNonNull(HashAlgorithm.of(arguments.string(0)));
  }

  /** A string as UTF-8, or the memory of a view. */
  private static Bytes data(Arguments arguments, int index) {
    if (!arguments.isString(index)) {
      return arguments.bytes(index);
    }
    byte[] bytes = arguments.string(index).getBytes(StandardCharsets.UTF_8);
    return new Bytes(bytes, 0, bytes.length);
  }

  /** Text for the two encodings that nearly everyone asks for; else bytes. */
  private static Object encoded(byte[] bytes, @Nullable String encoding) {
    if ("hex".equals(encoding)) {
      return HexFormat.of().formatHex(bytes);
    }
    return "base64".equals(encoding) ? Base64.getEncoder().encodeToString(bytes) : bytes;
  }

  private static Object hashOnce(Arguments arguments) {
    Digester digester = Digester.of(algorithm(arguments));
    Bytes data = data(arguments, 1);
    digester.update(data.array(), data.offset(), data.length());
    return encoded(digester.digest(arguments.int32(3)), arguments.stringOrNull(2));
  }

  private static Object hash(JavaScript javaScript, Digester digester, int length) {
    return javaScript.newFunction(
        "hash",
        2,
        arguments ->
            switch (arguments.int32(0)) {
              case UPDATE -> {
                Bytes data = data(arguments, 1);
                digester.update(data.array(), data.offset(), data.length());
                yield null;
              }
              case FINISH -> encoded(digester.digest(length), arguments.stringOrNull(1));
              case COPY -> hash(javaScript, digester.copy(), arguments.int32(1));
              default -> throw new IllegalArgumentException();
            });
  }

  private static Object mac(JavaScript javaScript, KeyedHash mac) {
    return javaScript.newFunction(
        "hmac",
        2,
        arguments -> {
          if (arguments.int32(0) == FINISH) {
            return encoded(mac.finish(), arguments.stringOrNull(1));
          }
          Bytes data = data(arguments, 1);
          mac.update(data.array(), data.offset(), data.length());
          return null;
        });
  }

  private static @Nullable Object randomFill(ModuleContext context, Arguments arguments) {
    Bytes target = arguments.bytes(0);
    return context.blocking(
        arguments.callbackOrNull(1),
        () -> {
          if (target.offset() == 0 && target.length() == target.array().length) {
            Randomness.SOURCE.nextBytes(target.array());
          } else {
            byte[] bytes = new byte[target.length()];
            Randomness.SOURCE.nextBytes(bytes);
            System.arraycopy(bytes, 0, target.array(), target.offset(), bytes.length);
          }
          return null;
        });
  }

  private static @Nullable Object argon2(ModuleContext context, Arguments arguments) {
    String kind = arguments.string(0);
    byte[] message = arguments.bytes(1).copy();
    byte[] nonce = arguments.bytes(2).copy();
    byte[] secret = arguments.bytes(3).copy();
    byte[] associated = arguments.bytes(4).copy();
    int parallelism = arguments.int32(5);
    int length = arguments.int32(6);
    int memory = arguments.int32(7);
    int passes = arguments.int32(8);
    return context.blocking(
        arguments.callbackOrNull(9),
        () ->
            Argon2.derive(
                kind, message, nonce, secret, associated, parallelism, length, memory, passes));
  }

  /** Implementation, whether to encrypt, key, IV, length of the tag. */
  private static RunningCipher runningCipher(Arguments arguments) {
    String implementation = arguments.string(0);
    boolean encrypting = arguments.bool(1);
    byte[] key = arguments.bytes(2).copy();
    byte[] iv = arguments.isNullish(3) ? null : arguments.bytes(3).copy();
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
        arguments.int32(4));
  }

  private static Object cipher(JavaScript javaScript, RunningCipher cipher) {
    return javaScript.newFunction(
        "cipher",
        2,
        arguments -> {
          switch (arguments.int32(0)) {
            case UPDATE -> {
              Bytes data = data(arguments, 1);
              return cipher.update(data.array(), data.offset(), data.length());
            }
            case FINISH -> {
              byte[][] out = new byte[1][];
              RunningCipher.Failure failure = cipher.finish(out);
              return failure == RunningCipher.Failure.NONE ? out[0] : failure.name();
            }
            case SET_PADDING -> cipher.setPadding(arguments.bool(1));
            case SET_TAG -> cipher.setTag(arguments.bytes(1).copy());
            case AUTHENTICATE -> {
              Bytes data = data(arguments, 1);
              cipher.authenticate(data.array(), data.offset(), data.length());
            }
            case GET_TAG -> {
              return cipher.tag().clone();
            }
            default -> throw new IllegalArgumentException();
          }
          return null;
        });
  }
}
