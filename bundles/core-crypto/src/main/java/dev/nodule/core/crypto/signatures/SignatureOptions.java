package dev.nodule.core.crypto.signatures;

import org.jspecify.annotations.Nullable;

/**
 * @param padding OpenSSL's number; 0 for the key's own
 * @param saltLength of PSS; {@link #DIGEST} or {@link #MAXIMUM}, which means any when verifying
 * @param plainEncoding whether DSA's two numbers stand side by side (IEEE P1363), not in DER
 * @param context of Ed448, ML-DSA and SLH-DSA
 */
public record SignatureOptions(
    int padding, int saltLength, boolean plainEncoding, byte @Nullable [] context) {
  static final int PSS_PADDING = 6;
  static final int DIGEST = -1;
  static final int MAXIMUM = -2;

  /** The library's choice. */
  public static final int UNSET = -1000;
}
