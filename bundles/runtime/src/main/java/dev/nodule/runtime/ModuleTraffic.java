package dev.nodule.runtime;

/**
 * What the functions of a module have done until now.
 *
 * @param calls how often they were called
 * @param errors how many of these calls threw
 * @param settled promises of a sample of those that they gave, and that are settled
 * @param rejected how many of these were rejected
 */
public record ModuleTraffic(long calls, long errors, long settled, long rejected) {
  public static final ModuleTraffic NONE = new ModuleTraffic(0, 0, 0, 0);

  public ModuleTraffic plus(ModuleTraffic other) {
    return new ModuleTraffic(
        calls + other.calls,
        errors + other.errors,
        settled + other.settled,
        rejected + other.rejected);
  }

  public ModuleTraffic since(ModuleTraffic earlier) {
    return new ModuleTraffic(
        calls - earlier.calls,
        errors - earlier.errors,
        settled - earlier.settled,
        rejected - earlier.rejected);
  }

  /** The share of calls that threw, from 0 to 1. */
  public double errorShare() {
    return calls == 0 ? 0 : (double) errors / calls;
  }

  /** The share of promises that were rejected, from 0 to 1. */
  public double rejectedShare() {
    return settled == 0 ? 0 : (double) rejected / settled;
  }
}
