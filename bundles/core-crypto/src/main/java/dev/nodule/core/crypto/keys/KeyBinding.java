package dev.nodule.core.crypto.keys;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.core.crypto.HashAlgorithm;
import dev.nodule.core.crypto.OpenSslError;
import dev.nodule.core.crypto.agreement.Primes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What JavaScript may do with keys. Keys come and go as the bytes of {@link KeyEncoding}. */
public final class KeyBinding {
  private final ModuleContext context;
  private final JavaScript javaScript;
  private final KeyTable keys;

  public KeyBinding(ModuleContext context, KeyTable keys) {
    this.context = context;
    this.javaScript = context.javaScript();
    this.keys = keys;
  }

  public void install(Binding binding) {
    binding
        .function("readPrivateKey", 4, arguments -> KeyEncoding.of(readPrivate(arguments)))
        .function("readPkcs12", 2, KeyBinding::readPkcs12)
        .function("readPublicKey", 4, arguments -> KeyEncoding.of(readPublic(arguments)))
        .function("publicKeyOf", 1, arguments -> KeyEncoding.of(keys.get(arguments, 0).toPublic()))
        .function("writeKey", 5, this::write)
        .function("writeJwk", 1, arguments -> JsonWebKey.write(keys.get(arguments, 0)))
        .function("readRsaJwk", 8, arguments -> orNothing(() -> JsonWebKey.readRsa(all(arguments))))
        .function("readEcJwk", 4, arguments -> orNothing(() -> readEcJwk(arguments)))
        .function("readRawJwk", 3, arguments -> orNothing(() -> readRawJwk(arguments)))
        .function("readRawKey", 4, arguments -> orNothing(() -> readRaw(arguments)))
        .function(
            "writeRawKey",
            3,
            arguments ->
                RawKeys.write(keys.get(arguments, 0), arguments.string(1), arguments.bool(2)))
        .function("keyType", 1, arguments -> keys.get(arguments, 0).type())
        .function("keyDetails", 1, arguments -> KeyDetails.of(keys.get(arguments, 0)))
        .function(
            "isPassphraseCipher", 1, arguments -> PassphraseCipher.of(arguments.string(0)) != null)
        .function("curves", 0, arguments -> Curves.names())
        .function("isCurve", 1, arguments -> Curves.oid(arguments.string(0)) != null)
        .function("curveName", 1, KeyBinding::curveName)
        .function("generateKeyPair", 3, this::generate);
  }

  /** The canonical name of a curve that may have been given by NIST's. */
  private static @Nullable Object curveName(Arguments arguments) {
    var parameters = Curves.byName(arguments.string(0));
    return parameters == null ? null : Curves.name(parameters);
  }

  private static byte @Nullable [] bytesOrNull(Arguments arguments, int index) {
    return arguments.isNullish(index) ? null : arguments.bytes(index).copy();
  }

  private static Object readPkcs12(Arguments arguments) {
    try {
      return Pkcs12Reader.read(arguments.bytes(0).copy(), bytesOrNull(arguments, 1));
    } catch (IOException | IllegalArgumentException e) {
      throw OpenSslError.unsupported();
    }
  }

  private static AsymmetricKey readPrivate(Arguments arguments) {
    return KeyReader.readPrivate(
        arguments.bytes(0).copy(),
        arguments.bool(1),
        arguments.stringOrNull(2),
        bytesOrNull(arguments, 3));
  }

  private static AsymmetricKey readPublic(Arguments arguments) {
    return KeyReader.readPublic(
        arguments.bytes(0).copy(),
        arguments.bool(1),
        arguments.stringOrNull(2),
        bytesOrNull(arguments, 3));
  }

  private Object write(Arguments arguments) {
    return KeyWriter.write(
        keys.get(arguments, 0),
        arguments.bool(1),
        arguments.string(2),
        arguments.stringOrNull(3),
        bytesOrNull(arguments, 4));
  }

  /** A key's encoding, or undefined for parts that make no key. */
  private static byte @Nullable [] orNothing(Callable<AsymmetricKey> read) {
    try {
      return KeyEncoding.of(read.call());
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IOException e) {
      return null;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[][] all(Arguments arguments) {
    byte[][] parts = new byte[arguments.length()][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = arguments.bytes(i).copy();
    }
    return parts;
  }

  private static AsymmetricKey readEcJwk(Arguments arguments) {
    return JsonWebKey.readEc(
        arguments.string(0),
        arguments.bytes(1).copy(),
        arguments.bytes(2).copy(),
        bytesOrNull(arguments, 3));
  }

  private static AsymmetricKey readRawJwk(Arguments arguments) throws IOException {
    return JsonWebKey.readRaw(
        arguments.string(0), arguments.bytes(1).copy(), bytesOrNull(arguments, 2));
  }

  private static AsymmetricKey readRaw(Arguments arguments) {
    return RawKeys.read(
        arguments.string(0),
        arguments.stringOrNull(1),
        arguments.string(2),
        arguments.bytes(3).copy());
  }

  /** The new pair's encodings, private first; on the worker pool if there is a callback. */
  private @Nullable Object generate(Arguments arguments) {
    String type = arguments.string(0);
    Callable<AsymmetricKey> work = generator(type, arguments.value(1));
    return context.blocking(
        arguments.callbackOrNull(2),
        () -> {
          AsymmetricKey key = work.call();
          return new Object[] {KeyEncoding.of(key), KeyEncoding.of(key.toPublic())};
        });
  }

  private Callable<AsymmetricKey> generator(String type, Object options) {
    switch (type) {
      case "rsa", "rsa-pss" -> {
        int bits = number(options, "modulusLength").intValue();
        long exponent = number(options, "publicExponent").longValue();
        HashAlgorithm hash = hash(options, "hashAlgorithm");
        HashAlgorithm mgf1Hash = hash(options, "mgf1HashAlgorithm");
        int salt = number(options, "saltLength").intValue();
        return type.equals("rsa")
            ? () -> KeyPairs.rsa(bits, exponent)
            : () -> KeyPairs.rsaPss(bits, exponent, hash, mgf1Hash, salt);
      }
      case "dsa" -> {
        int bits = number(options, "modulusLength").intValue();
        int divisor = number(options, "divisorLength").intValue();
        return () -> KeyPairs.dsa(bits, divisor);
      }
      case "ec" -> {
        String curve = string(options, "namedCurve");
        boolean explicit = "explicit".equals(string(options, "paramEncoding"));
        return () -> KeyPairs.ec(curve, explicit);
      }
      case "dh" -> {
        BigInteger prime = new BigInteger(string(options, "prime"), 16);
        BigInteger generator = new BigInteger(string(options, "generator"), 16);
        int bits = number(options, "primeLength").intValue();
        return () -> KeyPairs.dh(bits > 0 ? Primes.safePrime(bits) : prime, generator);
      }
      default -> {
        return () -> KeyPairs.plain(type);
      }
    }
  }

  private Number number(Object options, String name) {
    return javaScript.get(options, name) instanceof Number number ? number : -1;
  }

  private String string(Object options, String name) {
    return javaScript.toDisplayString(javaScript.get(options, name));
  }

  private @Nullable HashAlgorithm hash(Object options, String name) {
    return HashAlgorithm.of(string(options, name));
  }
}
