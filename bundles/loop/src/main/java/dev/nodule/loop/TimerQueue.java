package dev.nodule.loop;

import dev.nodule.api.Timer;
import java.util.PriorityQueue;

/** The timers of a loop, ordered by time and then by start. */
final class TimerQueue {
  private final NodeEventLoop loop;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long starts;
  private int running;
  private int referenced;

  TimerQueue(NodeEventLoop loop) {
    this.loop = loop;
  }

  Timer newTimer(Runnable task) {
    return new LoopTimer(task);
  }

  /** Timers that keep the loop alive. */
  int referenced() {
    return referenced;
  }

  /**
   * The time of the earliest running timer in milliseconds of the loop's clock, or {@link
   * Long#MAX_VALUE}.
   */
  long nextTime() {
    dropStale();
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.time;
  }

  /**
   * Runs the timers that are due. One that is started by another's task with no delay left waits
   * for the next turn.
   */
  void runDue() {
    if (running == 0) {
      return;
    }
    long last = starts;
    while (true) {
      dropStale();
      Entry first = entries.peek();
      if (first == null || first.time > loop.now() || first.start > last) {
        return;
      }
      entries.poll();
      LoopTimer timer = first.timer;
      timer.stop();
      timer.task.run();
      loop.updateTime();
    }
  }

  private void dropStale() {
    Entry first = entries.peek();
    while (first != null && first.timer.entry != first) {
      entries.poll();
      first = entries.peek();
    }
    // Stopped and restarted timers leave their old entries behind: never let them outnumber the
    // running ones.
    if (entries.size() > 1024 && entries.size() > 4 * running) {
      entries.removeIf(entry -> entry.timer.entry != entry);
    }
  }

  private static final class Entry implements Comparable<Entry> {
    final LoopTimer timer;
    final long time;
    final long start;

    Entry(LoopTimer timer, long time, long start) {
      this.timer = timer;
      this.time = time;
      this.start = start;
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(start, other.start);
    }
  }

  private final class LoopTimer implements Timer {
    final Runnable task;
    @org.jspecify.annotations.Nullable Entry entry;
    private boolean ref = true;

    LoopTimer(Runnable task) {
      this.task = task;
    }

    @Override
    public void start(long delayMillis) {
      stop();
      // From this moment, and not from the turn's beginning: a timer must not fire early after long
      // work
      loop.updateTime();
      Entry added = new Entry(this, loop.now() + delayMillis, ++starts);
      entry = added;
      entries.add(added);
      running++;
      if (ref) {
        referenced++;
      }
    }

    @Override
    public void stop() {
      if (entry != null) {
        entry = null;
        running--;
        if (ref) {
          referenced--;
        }
      }
    }

    @Override
    public boolean isRunning() {
      return entry != null;
    }

    @Override
    public void ref() {
      if (!ref) {
        ref = true;
        if (entry != null) {
          referenced++;
        }
      }
    }

    @Override
    public void unref() {
      if (ref) {
        ref = false;
        if (entry != null) {
          referenced--;
        }
      }
    }

    @Override
    public boolean hasRef() {
      return ref;
    }
  }
}
