package dev.nodule.core.childprocess;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.nodule.api.Callback;
import dev.nodule.api.Errno;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One end of the socket pair between a parent and a child: bytes in their order, and beside them
 * descriptors (SCM_RIGHTS), which is why no ordinary socket does. A thread waits for what arrives;
 * what the system takes at once is written on the loop's thread, the rest by a second one.
 */
final class MessageChannel {
  private static final MemorySegment POLL = Libc.function("poll");

  private static final int CHUNK = 65536;
  private static final int OUT_CHUNK = 1 << 18;
  private static final int MAX_DESCRIPTORS = 8;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SHUT_RDWR = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int EPIPE = 32;
  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int STACK_BYTES = 1 << 17;
  // Sizes and offsets of msghdr and cmsghdr on 64-bit Linux.
  private static final int MSGHDR_BYTES = 56;
  private static final int CMSG_HEADER = 16;
  private static final int CMSG_LENGTH_OF_ONE = CMSG_HEADER + 4;
  private static final int CMSG_SPACE_OF_ONE = CMSG_HEADER + 8;

  private static final class Write {
    final byte[] bytes;
    final int descriptor;
    final @Nullable Callback done;
    int written;

    Write(byte[] bytes, int descriptor, @Nullable Callback done) {
      this.bytes = bytes;
      this.descriptor = descriptor;
      this.done = done;
    }
  }

  private final EventLoop loop;
  private final Handle handle;
  private final int fd;
  private final Callback onRead;
  private final Semaphore delivered = new Semaphore(1);
  private final Deque<Write> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean writing;
  private boolean ending;
  private boolean closed;

  /** {@code onRead(bytes, ...descriptors)} runs on the loop; without arguments at the end. */
  MessageChannel(EventLoop loop, int fd, Callback onRead) {
    this.loop = loop;
    this.fd = fd;
    this.onRead = onRead;
    handle = loop.open("Pipe");
    start("nodule-channel-" + fd, this::read);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  Handle handle() {
    return handle;
  }

  // What arrives

  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 8);
      MemorySegment chunk = arena.allocate(CHUNK);
      MemorySegment control = arena.allocate(CMSG_HEADER + 4L * MAX_DESCRIPTORS, 8);
      MemorySegment header = arena.allocate(MSGHDR_BYTES, 8);
      while (true) {
        await(poll, POLLIN);
        prepare(arena, header, chunk, CHUNK, control, control.byteSize());
        int count = Libc.call("recvmsg", fd, header.address(), MSG_CMSG_CLOEXEC);
        if (count == -Errno.EAGAIN.number()) {
          continue;
        }
        if (count <= 0) {
          break;
        }
        Object[] arguments = arguments(chunk.asSlice(0, count).toArray(JAVA_BYTE), header, control);
        delivered.acquireUninterruptibly();
        loop.execute(
            () -> {
              delivered.release();
              if (!closed) {
                onRead.invoke(arguments);
              }
            });
      }
    }
    loop.execute(
        () -> {
          if (!closed) {
            onRead.invoke();
          }
        });
    awaitClose();
  }

  private static Object[] arguments(byte[] bytes, MemorySegment header, MemorySegment control) {
    long length = header.get(JAVA_LONG, 40);
    int descriptors = 0;
    if (length >= CMSG_LENGTH_OF_ONE && control.get(JAVA_INT, 12) == SCM_RIGHTS) {
      descriptors = (int) (control.get(JAVA_LONG, 0) - CMSG_HEADER) / 4;
    }
    Object[] arguments = new Object[1 + descriptors];
    arguments[0] = bytes;
    for (int i = 0; i < descriptors; i++) {
      arguments[1 + i] = control.get(JAVA_INT, CMSG_HEADER + 4L * i);
    }
    return arguments;
  }

  /** The reader owns the descriptor, so that its number is not another file's while it waits. */
  private synchronized void awaitClose() {
    while (!closed || writing) {
      try {
        wait();
      } catch (InterruptedException e) {
        break;
      }
    }
    Libc.close(fd);
  }

  private static void prepare(
      Arena arena,
      MemorySegment header,
      MemorySegment bytes,
      long length,
      MemorySegment control,
      long controlLength) {
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, bytes);
    vector.set(JAVA_LONG, 8, length);
    header.fill((byte) 0);
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
    if (controlLength > 0) {
      header.set(ADDRESS, 32, control);
      header.set(JAVA_LONG, 40, controlLength);
    }
  }

  private void await(MemorySegment poll, int events) {
    poll.set(JAVA_INT, 0, fd);
    poll.set(JAVA_SHORT, 4, (short) events);
    Libc.callOnce(POLL, poll.address(), 1, -1);
  }

  // What is sent

  /**
   * Sends bytes, and with their first the descriptor, unless it is negative; the number of bytes
   * that wait.
   */
  synchronized long write(byte[] bytes, int descriptor, @Nullable Callback done) {
    Write write = new Write(bytes, descriptor, done);
    if (!writing && advance(write)) {
      return 0;
    }
    queue.add(write);
    queuedBytes += bytes.length;
    if (!writing) {
      writing = true;
      start("nodule-channel-out-" + fd, this::drain);
    }
    return queuedBytes;
  }

  private void drain() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 8);
      while (true) {
        await(poll, POLLOUT);
        synchronized (this) {
          while (!queue.isEmpty() && advance(queue.peek())) {
            queuedBytes -= queue.remove().bytes.length;
          }
          if (queue.isEmpty()) {
            writing = false;
            notifyAll();
            if (ending && !closed) {
              shutDown();
            }
            return;
          }
        }
      }
    }
  }

  /** Whether the write is over, well or not. */
  private boolean advance(Write write) {
    if (closed) {
      finish(write, -EPIPE);
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.min(OUT_CHUNK, write.bytes.length - write.written));
      MemorySegment header = arena.allocate(MSGHDR_BYTES, 8);
      while (write.written < write.bytes.length) {
        int length = (int) Math.min(bytes.byteSize(), write.bytes.length - write.written);
        MemorySegment.copy(write.bytes, write.written, bytes, JAVA_BYTE, 0, length);
        boolean withDescriptor = write.written == 0 && write.descriptor >= 0;
        MemorySegment control =
            withDescriptor ? control(arena, write.descriptor) : MemorySegment.NULL;
        prepare(arena, header, bytes, length, control, withDescriptor ? CMSG_SPACE_OF_ONE : 0);
        int count = Libc.call("sendmsg", fd, header.address(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count == -Errno.EAGAIN.number()) {
          return false;
        }
        if (count < 0) {
          finish(write, count);
          return true;
        }
        write.written += count;
      }
    }
    finish(write, 0);
    return true;
  }

  private static MemorySegment control(Arena arena, int descriptor) {
    MemorySegment control = arena.allocate(CMSG_SPACE_OF_ONE, 8);
    control.set(JAVA_LONG, 0, CMSG_LENGTH_OF_ONE);
    control.set(JAVA_INT, 8, SOL_SOCKET);
    control.set(JAVA_INT, 12, SCM_RIGHTS);
    control.set(JAVA_INT, CMSG_HEADER, descriptor);
    return control;
  }

  private void finish(Write write, int errno) {
    if (write.done != null) {
      loop.execute(() -> write.done.invoke(errno));
    }
  }

  // The end

  /** Ends the channel once what waits has been sent. */
  synchronized void end() {
    ending = true;
    if (!writing && !closed) {
      shutDown();
    }
  }

  private void shutDown() {
    Libc.call("shutdown", fd, SHUT_RDWR);
  }

  /** Nothing is delivered from here on. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      shutDown();
      closed = true;
      notifyAll();
    }
    handle.setActive(false);
    handle.close(() -> {});
  }
}
