package dev.nodule.core.childprocess;

import dev.nodule.posix.Libc;

/**
 * The user and group of one thread: the kernel's own calls, which the C library's would apply to
 * all threads.
 */
final class Credentials {
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final int SETGROUPS = ARM ? 159 : 116;
  private static final int SETRESUID = ARM ? 147 : 117;
  private static final int SETRESGID = ARM ? 149 : 119;

  private Credentials() {}

  /** Takes a user and a group for the calling thread (-1: as it is); 0 or the negated errno. */
  static int assume(int user, int group) {
    // Supplementary groups are dropped where that is allowed; who may not drop them has lost
    // nothing.
    Libc.call("syscall", SETGROUPS, 0, 0);
    if (group >= 0) {
      int error = Libc.call("syscall", SETRESGID, group, group, group);
      if (error < 0) {
        return error;
      }
    }
    return user < 0 ? 0 : Libc.call("syscall", SETRESUID, user, user, user);
  }
}
