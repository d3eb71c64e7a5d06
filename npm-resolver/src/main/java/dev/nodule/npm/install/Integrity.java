package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.NativeCrypto;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The strongest hash of an integrity text, or of bytes. */
public record Integrity(String algorithm, String base64) {
  private static final List<String> STRENGTH = List.of("sha512", "sha384", "sha256", "sha1");

  public static @Nullable Integrity parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // One for each package of a tree: no regular expressions.
    Integrity strongest = null;
    for (var parts = new StringTokenizer(text); parts.hasMoreTokens(); ) {
      String part = parts.nextToken();
      int dash = part.indexOf('-');
      int rank = dash < 0 ? -1 : STRENGTH.indexOf(part.substring(0, dash));
      if (rank >= 0 && (strongest == null || rank < STRENGTH.indexOf(strongest.algorithm))) {
        int options = part.indexOf('?', dash);
        strongest =
            new Integrity(
                STRENGTH.get(rank),
                part.substring(dash + 1, options < 0 ? part.length() : options));
      }
    }
    return strongest;
  }

  public static Integrity of(String algorithm, byte[] bytes) {
    NativeCrypto.prefer();
    try {
      String java = algorithm.equals("sha1") ? "SHA-1" : "SHA-" + algorithm.substring(3);
      return new Integrity(
          algorithm,
          Base64.getEncoder().encodeToString(MessageDigest.getInstance(java).digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void check(byte[] bytes, String what) {
    var actual = of(algorithm, bytes);
    if (!actual.base64.equals(base64)) {
      throw new NpmException(
          "EINTEGRITY",
          what
              + ": integrity checksum failed when using "
              + algorithm
              + ": wanted "
              + this
              + " but got "
              + actual
              + ". ("
              + bytes.length
              + " bytes)");
    }
  }

  public String hex() {
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new NpmException("EINTEGRITY", "Not an integrity value: " + this);
    }
  }

  @Override
  public String toString() {
    return algorithm + "-" + base64;
  }
}
