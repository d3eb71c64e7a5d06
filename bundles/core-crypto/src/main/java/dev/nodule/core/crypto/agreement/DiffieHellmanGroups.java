package dev.nodule.core.crypto.agreement;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;
import org.jspecify.annotations.Nullable;

/** The groups of RFC 2409 and RFC 3526; their generator is 2. */
public final class DiffieHellmanGroups {
  private static final Map<String, DHParameters> GROUPS =
      Map.of(
          "modp1", DHStandardGroups.rfc2409_768,
          "modp2", DHStandardGroups.rfc2409_1024,
          "modp5", DHStandardGroups.rfc3526_1536,
          "modp14", DHStandardGroups.rfc3526_2048,
          "modp15", DHStandardGroups.rfc3526_3072,
          "modp16", DHStandardGroups.rfc3526_4096,
          "modp17", DHStandardGroups.rfc3526_6144,
          "modp18", DHStandardGroups.rfc3526_8192);

  private DiffieHellmanGroups() {}

  static @Nullable BigInteger prime(String name) {
    DHParameters group = GROUPS.get(name.toLowerCase(Locale.ROOT));
    return group == null ? null : group.getP();
  }

  /** Whether it is the prime of a group, which then needs no check of its own. */
  static boolean isKnown(BigInteger prime) {
    return GROUPS.values().stream().anyMatch(group -> group.getP().equals(prime));
  }
}
