package dev.nodule.core.v8;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;

/** Figures of the JVM's memory, in bytes. */
final class HeapFigures {
  private HeapFigures() {}

  /** Committed, used and largest heap; used memory beside it, its peak; direct buffers. */
  static Object heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    MemoryUsage other = memory.getNonHeapMemoryUsage();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Object[] {
      number(heap.getCommitted()),
      number(heap.getUsed()),
      number(heap.getMax() < 0 ? Runtime.getRuntime().maxMemory() : heap.getMax()),
      number(other.getUsed()),
      number(other.getCommitted()),
      number(direct)
    };
  }

  /** Name, kind (young, old, code, other), committed and used size of each memory pool. */
  static Object spaces() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .map(
            pool -> {
              MemoryUsage usage = pool.getUsage();
              return new Object[] {
                pool.getName(), kind(pool), number(usage.getCommitted()), number(usage.getUsed())
              };
            })
        .toArray();
  }

  private static String kind(MemoryPoolMXBean pool) {
    String name = pool.getName();
    if (name.startsWith("Code")) {
      return "code";
    }
    if (name.contains("Eden") || name.contains("Survivor")) {
      return "young";
    }
    return name.contains("Old") || name.contains("Tenured") ? "old" : "other";
  }

  private static double number(long bytes) {
    return bytes;
  }
}
