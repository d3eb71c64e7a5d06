package dev.nodule.core.os;

import dev.nodule.posix.Libc;

/** getpriority(2) and setpriority(2) for one process. */
final class Priority {
  private static final int PRIO_PROCESS = 0;
  private static final int FAILED = 1000;

  /** What the kernel, other than the C library, gives for a nice value of 0. */
  private static final int KERNEL_BASE = 20;

  private Priority() {}

  /** The nice value, or the negated errno less {@value #FAILED}. */
  static int get(int pid) {
    // -1 is a priority too: the kernel's own answer is never negative.
    int result = Libc.call("syscall", getPriorityNumber(), PRIO_PROCESS, pid);
    return result < 0 ? result - FAILED : KERNEL_BASE - result;
  }

  private static int getPriorityNumber() {
    return System.getProperty("os.arch").equals("aarch64") ? 141 : 140;
  }

  /** 0, or the negated errno less {@value #FAILED}. */
  static int set(int pid, int nice) {
    int result = Libc.call("setpriority", PRIO_PROCESS, pid, nice);
    return result < 0 ? result - FAILED : result;
  }
}
