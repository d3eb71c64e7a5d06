package dev.nodule.api;

/**
 * How a swap is done.
 *
 * @param allowOlder whether a version below the current one is taken
 * @param persist whether the choice outlives the process
 * @param gate what the new revision must hold in its first seconds, or the old one comes back
 */
public record SwapOptions(boolean allowOlder, boolean persist, HealthGate gate) {
  public static final SwapOptions DEFAULT = new SwapOptions(false, true, HealthGate.DEFAULT);

  public SwapOptions with(boolean older, boolean keep) {
    return new SwapOptions(older, keep, gate);
  }

  public SwapOptions with(HealthGate other) {
    return new SwapOptions(allowOlder, persist, other);
  }
}
