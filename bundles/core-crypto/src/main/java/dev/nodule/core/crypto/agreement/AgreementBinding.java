package dev.nodule.core.crypto.agreement;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.core.crypto.keys.AsymmetricKey;
import dev.nodule.core.crypto.keys.KeyTable;
import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** What JavaScript may do with shared secrets and primes. Numbers are big-endian bytes. */
public final class AgreementBinding {
  private final ModuleContext context;
  private final KeyTable keys;

  public AgreementBinding(ModuleContext context, KeyTable keys) {
    this.context = context;
    this.keys = keys;
  }

  public void install(Binding binding) {
    binding
        .function("agree", 3, this::agree)
        .function("encapsulate", 2, this::encapsulate)
        .function("decapsulate", 3, this::decapsulate)
        .function("generatePrime", 5, this::generatePrime)
        .function("checkPrime", 3, this::checkPrime)
        .function(
            "diffieHellmanGroup",
            1,
            arguments -> bytes(DiffieHellmanGroups.prime(arguments.string(0))))
        .function(
            "diffieHellmanPrime",
            2,
            arguments ->
                bytes(DiffieHellmanExchange.prime(arguments.int32(0), number(arguments, 1))))
        .function(
            "diffieHellmanCheck",
            2,
            arguments -> DiffieHellmanExchange.check(number(arguments, 0), number(arguments, 1)))
        .function(
            "diffieHellmanPrivate",
            2,
            arguments ->
                bytes(DiffieHellmanExchange.privateKey(number(arguments, 0), number(arguments, 1))))
        .function("modPow", 3, AgreementBinding::modPow)
        .function("compare", 2, arguments -> number(arguments, 0).compareTo(number(arguments, 1)))
        .function(
            "ecPrivate", 1, arguments -> EllipticCurveExchange.privateKey(arguments.string(0)))
        .function(
            "ecIsPrivate",
            2,
            arguments ->
                EllipticCurveExchange.isPrivateKey(arguments.string(0), arguments.bytes(1).copy()))
        .function(
            "ecPublic",
            2,
            arguments ->
                EllipticCurveExchange.publicKey(arguments.string(0), arguments.bytes(1).copy()))
        .function(
            "ecConvert",
            3,
            arguments ->
                EllipticCurveExchange.convert(
                    arguments.string(0), arguments.bytes(1).copy(), arguments.int32(2)))
        .function(
            "ecSecret",
            3,
            arguments ->
                EllipticCurveExchange.secret(
                    arguments.string(0), arguments.bytes(1).copy(), arguments.bytes(2).copy()));
  }

  private static BigInteger number(Arguments arguments, int index) {
    return new BigInteger(1, arguments.bytes(index).copy());
  }

  private static byte @Nullable [] bytes(@Nullable BigInteger number) {
    return number == null ? null : BigIntegers.asUnsignedByteArray(number);
  }

  /** Base, exponent and modulus; the result has the modulus's length. */
  private static byte[] modPow(Arguments arguments) {
    BigInteger modulus = number(arguments, 2);
    BigInteger result = number(arguments, 0).modPow(number(arguments, 1), modulus);
    return BigIntegers.asUnsignedByteArray(BigIntegers.getUnsignedByteLength(modulus), result);
  }

  private @Nullable Object agree(Arguments arguments) {
    AsymmetricKey own = keys.get(arguments, 0);
    AsymmetricKey peer = keys.get(arguments, 1);
    return context.blocking(arguments.callbackOrNull(2), () -> KeyAgreement.secret(own, peer));
  }

  private @Nullable Object encapsulate(Arguments arguments) {
    AsymmetricKey key = keys.get(arguments, 0);
    return context.blocking(
        arguments.callbackOrNull(1), () -> (Object[]) Encapsulation.encapsulate(key));
  }

  private @Nullable Object decapsulate(Arguments arguments) {
    AsymmetricKey key = keys.get(arguments, 0);
    byte[] ciphertext = arguments.bytes(1).copy();
    return context.blocking(
        arguments.callbackOrNull(2), () -> Encapsulation.decapsulate(key, ciphertext));
  }

  private @Nullable Object generatePrime(Arguments arguments) {
    int bits = arguments.int32(0);
    boolean safe = arguments.bool(1);
    BigInteger add = arguments.isNullish(2) ? null : number(arguments, 2);
    BigInteger rem = arguments.isNullish(3) ? null : number(arguments, 3);
    return context.blocking(
        arguments.callbackOrNull(4),
        () ->
            BigIntegers.asUnsignedByteArray((bits + 7) / 8, Primes.generate(bits, safe, add, rem)));
  }

  private @Nullable Object checkPrime(Arguments arguments) {
    BigInteger candidate = number(arguments, 0);
    int checks = arguments.int32(1);
    return context.blocking(arguments.callbackOrNull(2), () -> Primes.check(candidate, checks));
  }
}
