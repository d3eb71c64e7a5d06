package dev.nodule.loop;

import dev.nodule.api.Check;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The tasks of the check phase. */
final class CheckQueue {
  private ArrayDeque<LoopCheck> waiting = new ArrayDeque<>();
  private ArrayDeque<LoopCheck> spare = new ArrayDeque<>();
  private int referenced;
  private int alive;

  Check add(Runnable task) {
    LoopCheck check = new LoopCheck(task);
    waiting.add(check);
    referenced++;
    alive++;
    return check;
  }

  int referenced() {
    return referenced;
  }

  boolean isEmpty() {
    return alive == 0;
  }

  /** Runs what waits now; what those tasks add waits for the next turn. */
  void run() {
    if (waiting.isEmpty()) {
      return;
    }
    ArrayDeque<LoopCheck> due = waiting;
    waiting = spare;
    spare = due;
    LoopCheck check;
    while ((check = due.poll()) != null) {
      Runnable task = check.task;
      if (task != null) {
        check.cancel();
        task.run();
      }
    }
  }

  private final class LoopCheck implements Check {
    @Nullable Runnable task;
    private boolean ref = true;

    LoopCheck(Runnable task) {
      this.task = task;
    }

    @Override
    public void cancel() {
      if (task != null) {
        task = null;
        alive--;
        if (ref) {
          referenced--;
        }
      }
    }

    @Override
    public void ref() {
      if (!ref && task != null) {
        referenced++;
      }
      ref = true;
    }

    @Override
    public void unref() {
      if (ref && task != null) {
        referenced--;
      }
      ref = false;
    }

    @Override
    public boolean hasRef() {
      return ref;
    }
  }
}
