package dev.nodule.core.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nodule.posix.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of the process, and names of users and groups by the account files. */
final class Credentials {
  private static final int MAX_GROUPS = 65536;

  private Credentials() {}

  /** The supplementary groups, and the effective one if it is not among them. */
  static Object[] groups() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(JAVA_INT, MAX_GROUPS);
      int count = Math.max(0, Libc.call("getgroups", MAX_GROUPS, list.address()));
      int effective = Libc.call("getegid");
      boolean has = false;
      for (int i = 0; i < count; i++) {
        has |= list.getAtIndex(JAVA_INT, i) == effective;
      }
      Object[] result = new Object[has ? count : count + 1];
      for (int i = 0; i < count; i++) {
        result[i] = list.getAtIndex(JAVA_INT, i);
      }
      if (!has) {
        result[count] = effective;
      }
      return result;
    }
  }

  static int setGroups(long[] groups) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(JAVA_INT, Math.max(1, groups.length));
      for (int i = 0; i < groups.length; i++) {
        list.setAtIndex(JAVA_INT, i, (int) groups[i]);
      }
      return Libc.call("setgroups", groups.length, list.address());
    }
  }

  static int initGroups(String user, long group) {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.call("initgroups", arena.allocateFrom(user).address(), group);
    }
  }

  /** The number of a name in /etc/passwd or /etc/group; -1 if it is not there. */
  static int id(String file, String name) {
    for (String line : lines(file)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[0].equals(name)) {
        return Integer.parseInt(fields[2]);
      }
    }
    return -1;
  }

  static @Nullable String name(long user) {
    for (String line : lines("/etc/passwd")) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[2].equals(Long.toString(user))) {
        return fields[0];
      }
    }
    return null;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
