package dev.nodule.api;

/**
 * @param allowOlder whether a version below the current one is taken
 * @param persist whether the choice outlives the process
 */
public record SwapOptions(boolean allowOlder, boolean persist) {
  public static final SwapOptions DEFAULT = new SwapOptions(false, true);
}
