package dev.nodule.runtime;

/**
 * What a module has done until now.
 *
 * @param calls of its functions; a call fails if it throws
 * @param promises a sample of those that they gave, and that are settled
 * @param work done for it beside the JavaScript thread, whose callbacks got an error or a result
 */
public record ModuleTraffic(Outcomes calls, Outcomes promises, Outcomes work) {
  public static final ModuleTraffic NONE =
      new ModuleTraffic(Outcomes.NONE, Outcomes.NONE, Outcomes.NONE);

  /** How many there were, and how many of these failed. */
  public record Outcomes(long all, long failed) {
    static final Outcomes NONE = new Outcomes(0, 0);

    Outcomes plus(Outcomes other) {
      return new Outcomes(all + other.all, failed + other.failed);
    }

    Outcomes since(Outcomes earlier) {
      return new Outcomes(all - earlier.all, failed - earlier.failed);
    }

    /** The share of those that failed, from 0 to 1. */
    public double failedShare() {
      return all == 0 ? 0 : (double) failed / all;
    }
  }

  public ModuleTraffic plus(ModuleTraffic other) {
    return new ModuleTraffic(
        calls.plus(other.calls), promises.plus(other.promises), work.plus(other.work));
  }

  public ModuleTraffic since(ModuleTraffic earlier) {
    return new ModuleTraffic(
        calls.since(earlier.calls), promises.since(earlier.promises), work.since(earlier.work));
  }
}
