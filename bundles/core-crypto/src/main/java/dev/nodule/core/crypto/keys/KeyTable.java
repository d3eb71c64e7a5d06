package dev.nodule.core.crypto.keys;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Keys by the JavaScript view over their encoding. JavaScript holds a key as bytes, which live
 * through swaps and travel to other realms; what was parsed from them is remembered as long as the
 * view is alive. On the realm's JavaScript thread.
 */
public final class KeyTable {
  private final Map<Object, AsymmetricKey> parsed = new WeakHashMap<>();

  /** The key whose encoding is an argument. */
  public AsymmetricKey get(Arguments arguments, int index) {
    Object view = arguments.value(index);
    AsymmetricKey key = parsed.get(view);
    if (key == null) {
      key = parse(arguments.bytes(index));
      parsed.put(view, key);
    }
    return key;
  }

  private static AsymmetricKey parse(Bytes encoding) {
    try {
      ASN1Sequence sequence = KeyStructures.sequence(encoding.copy());
      return sequence.getObjectAt(0) instanceof ASN1Integer
          ? KeyStructures.of(PrivateKeyInfo.getInstance(sequence))
          : KeyStructures.of(SubjectPublicKeyInfo.getInstance(sequence));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
