package dev.nodule.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** How the work of a module ended that was done beside the JavaScript thread; of all revisions. */
final class WorkCounters {
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  void ended(boolean hasFailed) {
    done.incrementAndGet();
    if (hasFailed) {
      failed.incrementAndGet();
    }
  }

  ModuleTraffic.Outcomes outcomes() {
    long failures = failed.get();
    return new ModuleTraffic.Outcomes(done.get(), failures);
  }
}
