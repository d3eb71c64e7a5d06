package dev.nodule.core.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel tells in small files of /proc. */
final class Kernel {
  private Kernel() {}

  /** A file's text; empty where there is none. */
  static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      return "";
    }
  }

  /** The fields of uname(2): sysname, version, release, machine. */
  static List<String> uname() {
    return List.of(
        read("/proc/sys/kernel/ostype").strip(),
        read("/proc/sys/kernel/version").strip(),
        read("/proc/sys/kernel/osrelease").strip(),
        machine(System.getProperty("os.arch")));
  }

  private static String machine(String architecture) {
    return architecture.equals("amd64") ? "x86_64" : architecture;
  }

  static String hostname() {
    return read("/proc/sys/kernel/hostname").strip();
  }

  /** A field of /proc/meminfo in bytes. */
  static double memory(String field) {
    return read("/proc/meminfo")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024.0)
        .orElse(0.0);
  }

  static List<Double> loadAverage() {
    String[] fields = read("/proc/loadavg").split(" ");
    return fields.length < 3
        ? List.of(0.0, 0.0, 0.0)
        : List.of(Double.valueOf(fields[0]), Double.valueOf(fields[1]), Double.valueOf(fields[2]));
  }

  /** Seconds since boot. */
  static double uptime() {
    String text = read("/proc/uptime");
    return text.isEmpty() ? 0 : Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }
}
