package dev.nodule.metrics;

import dev.nodule.api.RealmStatus;

/** {@link RealmStatus} as JMX takes it apart. */
public final class LoopFigures {
  private final RealmStatus status;

  LoopFigures(RealmStatus status) {
    this.status = status;
  }

  public String getName() {
    return status.name();
  }

  public double getLagMillis() {
    return status.lagMillis();
  }

  public double getIdleMillis() {
    return status.idleNanos() / 1e6;
  }

  public int getHandles() {
    return status.handles();
  }
}
