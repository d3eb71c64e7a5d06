package dev.nodule.core.process;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The title that ps(1) shows: it stands in the memory where the system put the command line. */
final class ProcessTitle {
  /** Of /proc/self/stat, counted from the field after the name in parentheses. */
  private static final int ARG_START = 45;

  private ProcessTitle() {}

  static void set(String title) {
    byte[] bytes = title.getBytes(StandardCharsets.UTF_8);
    try {
      Files.writeString(Path.of("/proc/self/comm"), title);
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long start = Long.parseLong(fields[ARG_START]);
      long size = Long.parseLong(fields[ARG_START + 1].trim()) - start;
      if (start == 0 || size < 2) {
        return;
      }
      MemorySegment memory = MemorySegment.ofAddress(start).reinterpret(size).fill((byte) 0);
      int length = (int) Math.min(bytes.length, size - 1);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, length);
    } catch (IOException | RuntimeException e) {
      // The title is what process.title says, all the same.
    }
  }
}
