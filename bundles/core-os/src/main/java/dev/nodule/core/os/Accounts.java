package dev.nodule.core.os;

import org.jspecify.annotations.Nullable;

/** The user whom the process acts for, from /etc/passwd. */
final class Accounts {
  record Account(int uid, int gid, String name, String home, String shell) {}

  private Accounts() {}

  /** The account of the effective user; null if the system does not know it. */
  static @Nullable Account ofProcess() {
    int uid = effectiveUser();
    for (String line : Kernel.read("/etc/passwd").split("\n")) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 7 && fields[2].equals(Integer.toString(uid))) {
        return new Account(uid, Integer.parseInt(fields[3]), fields[0], fields[5], fields[6]);
      }
    }
    return null;
  }

  private static int effectiveUser() {
    return Kernel.read("/proc/self/status")
        .lines()
        .filter(line -> line.startsWith("Uid:"))
        .findFirst()
        .map(line -> Integer.parseInt(line.split("\\s+")[2]))
        .orElse(-1);
  }
}
