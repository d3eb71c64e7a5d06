package dev.nodule.core.process;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Errno;
import dev.nodule.api.ProcessInfo;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Standard output and error: what they are, and writing to them at once. */
final class StandardStreams {
  private static final long FULL_PIPE_NANOS = 1_000_000;
  private static final FileChannel OUTPUT = new FileOutputStream(FileDescriptor.out).getChannel();
  private static final FileChannel ERROR = new FileOutputStream(FileDescriptor.err).getChannel();

  private final ProcessInfo process;

  StandardStreams(ProcessInfo process) {
    this.process = process;
  }

  /** PIPE (also for sockets), TTY, FILE, or UNKNOWN for a closed descriptor. */
  String kind(int fd) {
    if (process.isShared()) {
      return fd == 0 ? "UNKNOWN" : "PIPE";
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
      if (target.startsWith("pipe:") || target.startsWith("socket:")) {
        return "PIPE";
      }
      if (target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console")) {
        return "TTY";
      }
      // A FIFO with a name.
      return Files.readAttributes(Path.of("/proc/self/fd/" + fd), "unix:mode").get("mode")
                  instanceof Integer mode
              && (mode & 0170000) == 0010000
          ? "PIPE"
          : "FILE";
    } catch (IOException | RuntimeException e) {
      return "UNKNOWN";
    }
  }

  /** Writes the second argument, bytes or a string; 0 or the negated errno. */
  int write(int fd, Arguments arguments) {
    FileChannel channel = fd == 2 ? ERROR : OUTPUT;
    try {
      ByteBuffer buffer = content(arguments);
      OutputStream redirected = process.output(fd);
      if (redirected != null) {
        redirected.write(
            buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        redirected.flush();
        return 0;
      }
      while (buffer.hasRemaining()) {
        // A pipe that somebody has made non-blocking takes nothing while it is full.
        if (channel.write(buffer) == 0) {
          LockSupport.parkNanos(FULL_PIPE_NANOS);
        }
      }
      return 0;
    } catch (IOException e) {
      return -errno(e).number();
    }
  }

  private static ByteBuffer content(Arguments arguments) {
    if (arguments.isString(1)) {
      return ByteBuffer.wrap(arguments.string(1).getBytes(StandardCharsets.UTF_8));
    }
    Bytes bytes = arguments.bytes(1);
    return ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
  }

  /** The JDK tells the C library's text alone. */
  private static Errno errno(IOException exception) {
    String text = String.valueOf(exception.getMessage());
    if (text.contains("Broken pipe")) {
      return Errno.EPIPE;
    }
    if (text.contains("Bad file descriptor")) {
      return Errno.EBADF;
    }
    if (text.contains("No space left")) {
      return Errno.ENOSPC;
    }
    return Errno.EIO;
  }
}
