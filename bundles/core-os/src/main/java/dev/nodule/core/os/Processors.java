package dev.nodule.core.os;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processors that are online: model, clock, and the time spent in each state. */
final class Processors {
  /**
   * The kernel counts in hundredths of a second (USER_HZ) on every architecture that Java runs on.
   */
  private static final int MILLIS_PER_TICK = 10;

  private Processors() {}

  /** For each processor: model, MHz, and user, nice, sys, idle and irq milliseconds. */
  static List<Object> list() {
    Map<String, String> models = new HashMap<>();
    Map<String, Integer> speeds = new HashMap<>();
    String processor = "";
    for (String line : Kernel.read("/proc/cpuinfo").split("\n")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip()) {
        case "processor" -> processor = value;
        case "model name" -> models.put(processor, value);
        case "cpu MHz" -> speeds.put(processor, (int) Double.parseDouble(value));
        default -> {}
      }
    }
    List<Object> result = new ArrayList<>();
    for (String line : Kernel.read("/proc/stat").split("\n")) {
      if (!line.startsWith("cpu") || line.startsWith("cpu ")) {
        continue;
      }
      String[] fields = line.split(" ");
      String number = fields[0].substring(3);
      result.add(models.getOrDefault(number, "unknown"));
      result.add(speed(number, speeds));
      for (int field : new int[] {1, 2, 3, 4, 6}) {
        result.add(Double.parseDouble(fields[field]) * MILLIS_PER_TICK);
      }
    }
    return result;
  }

  private static int speed(String number, Map<String, Integer> speeds) {
    String kilohertz =
        Kernel.read("/sys/devices/system/cpu/cpu" + number + "/cpufreq/scaling_cur_freq").strip();
    return kilohertz.isEmpty()
        ? speeds.getOrDefault(number, 0)
        : Integer.parseInt(kilohertz) / 1000;
  }
}
