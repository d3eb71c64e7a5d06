package dev.nodule.core.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of the process and what it may have, in bytes. */
final class Memory {
  private static final int PAGE = 4096;

  /** What libuv says for "no limit": 2 to the power of 64. */
  private static final double UNLIMITED = 0x1p64;

  private Memory() {}

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Resident, heap, used heap, outside the heap; array buffers are part of the heap here. */
  static Object[] usage() {
    Runtime runtime = Runtime.getRuntime();
    String[] pages = read("/proc/self/statm").split(" ");
    double resident = pages.length > 1 ? Double.parseDouble(pages[1]) * PAGE : 0;
    double total = runtime.totalMemory();
    return new Object[] {
      resident, total, total - runtime.freeMemory(), Math.max(0, resident - total), 0.0
    };
  }

  static double limit() {
    String limit = read("/sys/fs/cgroup/memory.max");
    return limit.isEmpty() || limit.equals("max") ? UNLIMITED : Double.parseDouble(limit);
  }

  static double available() {
    double limit = limit();
    if (limit < UNLIMITED) {
      String current = read("/sys/fs/cgroup/memory.current");
      return current.isEmpty() ? limit : Math.max(0, limit - Double.parseDouble(current));
    }
    return read("/proc/meminfo")
        .lines()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024.0)
        .findFirst()
        .orElse(0);
  }
}
