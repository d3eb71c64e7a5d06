package dev.nodule.api;

/**
 * What a new revision must hold in its first seconds; else the one before comes back by itself.
 * Both limits are against what the old revision did under the same load.
 *
 * @param seconds how long it is watched; 0 for not at all
 * @param errorShare how much the share of calls that throw may grow, from 0 to 1
 * @param lagMillis how much the loop's lag may grow, in milliseconds; {@link Double#MAX_VALUE} for
 *     no limit. With a limit the old revision is watched for a second before the change
 */
public record HealthGate(double seconds, double errorShare, double lagMillis) {
  public static final HealthGate OFF = new HealthGate(0, 1, Double.MAX_VALUE);
  public static final HealthGate DEFAULT = new HealthGate(10, 0.05, Double.MAX_VALUE);

  /** Whether lag counts. */
  public boolean limitsLag() {
    return lagMillis < Double.MAX_VALUE;
  }

  /**
   * @throws IllegalArgumentException for values out of range
   */
  public HealthGate {
    if (!(seconds >= 0) || !(errorShare >= 0 && errorShare <= 1) || !(lagMillis >= 0)) {
      throw new IllegalArgumentException(
          "a health gate takes seconds from 0, an error share from 0 to 1 and milliseconds from 0");
    }
  }
}
