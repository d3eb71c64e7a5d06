package dev.nodule.core.fs;

import dev.nodule.posix.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's change notices for the whole process: one descriptor, read by one daemon thread. The
 * kernel has one watch for each file, whatever the number of those who asked, so watchers of the
 * same file share it.
 */
final class Inotify {
  private static final MemorySegment INIT = Libc.function("inotify_init1");
  private static final MemorySegment ADD = Libc.function("inotify_add_watch");
  private static final MemorySegment REMOVE = Libc.function("inotify_rm_watch");
  private static final int IN_MODIFY = 0x2;
  private static final int IN_ATTRIB = 0x4;
  private static final int IN_MOVED_FROM = 0x40;
  private static final int IN_MOVED_TO = 0x80;
  private static final int IN_CREATE = 0x100;
  private static final int IN_DELETE = 0x200;
  private static final int IN_DELETE_SELF = 0x400;
  private static final int IN_MOVE_SELF = 0x800;
  private static final int IN_IGNORED = 0x8000;
  private static final int WANTED =
      IN_ATTRIB
          | IN_CREATE
          | IN_MODIFY
          | IN_DELETE
          | IN_DELETE_SELF
          | IN_MOVE_SELF
          | IN_MOVED_FROM
          | IN_MOVED_TO;
  private static final int BUFFER = 1 << 14;

  private static @Nullable Inotify instance;

  private final int fd;
  private final Map<Integer, List<Listener>> listeners = new HashMap<>();

  private Inotify() {
    fd = Descriptors.check(Libc.call(INIT, Descriptors.O_CLOEXEC), "inotify_init1");
    Thread reader = new Thread(this::read, "nodule-inotify");
    reader.setDaemon(true);
    reader.start();
  }

  /** Hears of changes, on the reader's thread. */
  interface Listener {
    /**
     * A change.
     *
     * @param renamed whether a name came or went, rather than content or attributes changed
     * @param name the entry of a watched directory; null for the watched file itself
     */
    void changed(boolean renamed, @Nullable String name);
  }

  static synchronized Inotify instance() {
    if (instance == null) {
      instance = new Inotify();
    }
    return instance;
  }

  synchronized int add(FilePath path, Listener listener) {
    int watch = path.check(Libc.call(ADD, fd, path.address(0, "watch"), WANTED), "watch");
    listeners.computeIfAbsent(watch, key -> new ArrayList<>()).add(listener);
    return watch;
  }

  synchronized void remove(int watch, Listener listener) {
    List<Listener> all = listeners.get(watch);
    if (all != null && all.remove(listener) && all.isEmpty()) {
      listeners.remove(watch);
      Libc.call(REMOVE, fd, watch);
    }
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    MemorySegment events = MemorySegment.ofArray(buffer);
    while (true) {
      int size = Descriptors.read(fd, buffer, 0, BUFFER, -1);
      // struct inotify_event: watch 4 bytes, mask 4, cookie 4, length 4, name.
      for (int at = 0; at < size; ) {
        int watch = events.get(ValueLayout.JAVA_INT_UNALIGNED, at);
        int mask = events.get(ValueLayout.JAVA_INT_UNALIGNED, at + 4);
        int length = events.get(ValueLayout.JAVA_INT_UNALIGNED, at + 12);
        int end = at + 16;
        while (end < at + 16 + length && buffer[end] != 0) {
          end++;
        }
        String name =
            length == 0 ? null : new String(buffer, at + 16, end - at - 16, StandardCharsets.UTF_8);
        at += 16 + length;
        List<Listener> told;
        synchronized (this) {
          told = List.copyOf(listeners.getOrDefault(watch, List.of()));
          if ((mask & IN_IGNORED) != 0) {
            // The file is gone, and its number may come back for another.
            listeners.remove(watch);
          }
        }
        boolean renamed = (mask & ~(IN_ATTRIB | IN_MODIFY)) != 0;
        for (Listener listener : told) {
          if ((mask & (IN_ATTRIB | IN_MODIFY)) != 0) {
            listener.changed(false, name);
          }
          if (renamed) {
            listener.changed(true, name);
          }
        }
      }
    }
  }
}
