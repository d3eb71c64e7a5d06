package dev.nodule.core.childprocess;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.nodule.api.Errno;
import dev.nodule.posix.Libc;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A child run from start to end while the caller waits: one poll(2) loop over its pipes and its
 * end.
 */
final class SyncRun {
  private static final MemorySegment POLL = Libc.function("poll");

  private static final int SYS_PIDFD_OPEN = 434;
  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLFD_BYTES = 8;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int CHUNK = 65536;
  private static final int ETIMEDOUT = 110;
  private static final int ENOBUFS = 105;

  private final SpawnedProcess process;
  private final byte[] @Nullable [] inputs;
  private final int[] written;
  private final ByteArrayOutputStream[] outputs;
  private final double maxBuffer;
  private final int killSignal;
  private int error;
  private boolean killed;

  SyncRun(SpawnedProcess process, byte[] @Nullable [] inputs, double maxBuffer, int killSignal) {
    this.process = process;
    this.inputs = inputs;
    this.maxBuffer = maxBuffer;
    this.killSignal = killSignal;
    written = new int[inputs.length];
    outputs = new ByteArrayOutputStream[inputs.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new ByteArrayOutputStream();
    }
  }

  /** The negated errno of what cut the run short (time, size of the output), or 0. */
  int error() {
    return error;
  }

  byte[] output(int fd) {
    return outputs[fd].toByteArray();
  }

  /**
   * Runs to the end of the process and of its pipes.
   *
   * @param timeoutMillis 0 for none
   */
  SpawnedProcess.Exit run(double timeoutMillis) {
    int[] fds = process.parentEnds();
    int pidfd = Libc.call("syscall", SYS_PIDFD_OPEN, process.pid(), 0);
    boolean alive = true;
    long deadline = timeoutMillis > 0 ? System.nanoTime() + (long) (timeoutMillis * 1e6) : 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polls = arena.allocate((fds.length + 1L) * POLLFD_BYTES, 8);
      MemorySegment chunk = arena.allocate(CHUNK);
      while (alive || (!killed && anyOpen(fds))) {
        int timeout = -1;
        if (deadline != 0 && !killed) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            error = -ETIMEDOUT;
            kill(fds);
            continue;
          }
          timeout = (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1);
        }
        for (int i = 0; i < fds.length; i++) {
          boolean writing = inputs[i] != null && written[i] < inputs[i].length;
          if (fds[i] >= 0 && i == 0 && !writing) {
            // The end of its input.
            Libc.close(fds[i]);
            fds[i] = -1;
          }
          set(polls, i, fds[i], i == 0 ? POLLOUT : writing ? POLLIN | POLLOUT : POLLIN);
        }
        set(polls, fds.length, alive ? pidfd : -1, POLLIN);
        if (Libc.callOnce(POLL, polls.address(), fds.length + 1L, timeout) < 0) {
          continue;
        }
        for (int i = 0; i < fds.length && !killed; i++) {
          int events = polls.get(JAVA_SHORT, (long) i * POLLFD_BYTES + 6);
          if (fds[i] >= 0 && events != 0) {
            transfer(fds, i, events, chunk);
          }
        }
        if (alive && polls.get(JAVA_SHORT, (long) fds.length * POLLFD_BYTES + 6) != 0) {
          alive = false;
        }
      }
    } finally {
      closeAll(fds);
      Libc.close(pidfd);
    }
    return process.await();
  }

  private static void set(MemorySegment polls, int index, int fd, int events) {
    polls.set(JAVA_INT, (long) index * POLLFD_BYTES, fd);
    polls.set(JAVA_SHORT, (long) index * POLLFD_BYTES + 4, (short) events);
    polls.set(JAVA_SHORT, (long) index * POLLFD_BYTES + 6, (short) 0);
  }

  private static boolean anyOpen(int[] fds) {
    for (int fd : fds) {
      if (fd >= 0) {
        return true;
      }
    }
    return false;
  }

  private static void closeAll(int[] fds) {
    for (int i = 0; i < fds.length; i++) {
      Libc.close(fds[i]);
      fds[i] = -1;
    }
  }

  private void kill(int[] fds) {
    killed = true;
    Libc.call("kill", process.pid(), killSignal);
    closeAll(fds);
  }

  private void transfer(int[] fds, int i, int events, MemorySegment chunk) {
    byte[] input = inputs[i];
    if (input != null && written[i] < input.length && (events & ~POLLIN) != 0) {
      int length = Math.min(CHUNK, input.length - written[i]);
      MemorySegment.copy(input, written[i], chunk, JAVA_BYTE, 0, length);
      int count = Libc.call("send", fds[i], chunk.address(), length, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count >= 0) {
        written[i] += count;
      } else if (count != -Errno.EAGAIN.number()) {
        // The child does not want it: no error of ours.
        written[i] = input.length;
      }
    }
    if (i == 0 || (events & ~POLLOUT) == 0) {
      return;
    }
    int count = Libc.call("recv", fds[i], chunk.address(), CHUNK, MSG_DONTWAIT);
    if (count == -Errno.EAGAIN.number()) {
      return;
    }
    if (count <= 0) {
      Libc.close(fds[i]);
      fds[i] = -1;
      return;
    }
    ByteArrayOutputStream output = outputs[i];
    int room = (int) Math.min(count, maxBuffer - output.size());
    output.writeBytes(chunk.asSlice(0, count).toArray(JAVA_BYTE));
    if (room < count) {
      error = -ENOBUFS;
      kill(fds);
    }
  }
}
