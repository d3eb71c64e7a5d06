package dev.nodule.core.process;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Errno;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output and error: what they are, and writing to them at once. */
final class StandardStreams {
  private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);
  private static final FileOutputStream ERROR = new FileOutputStream(FileDescriptor.err);

  /** PIPE (also for sockets), TTY, FILE, or UNKNOWN for a closed descriptor. */
  String kind(int fd) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
      if (target.startsWith("pipe:") || target.startsWith("socket:")) {
        return "PIPE";
      }
      if (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console")) {
        return "TTY";
      }
      // A FIFO with a name.
      return Files.readAttributes(Path.of("/proc/self/fd/" + fd), "unix:mode").get("mode") instanceof Integer mode
              && (mode & 0170000) == 0010000
          ? "PIPE"
          : "FILE";
    } catch (IOException | RuntimeException e) {
      return "UNKNOWN";
    }
  }

  /** Writes the second argument, bytes or a string; 0 or the negated errno. */
  int write(int fd, Arguments arguments) {
    FileOutputStream stream = fd == 2 ? ERROR : OUTPUT;
    try {
      if (arguments.isString(1)) {
        stream.write(arguments.string(1).getBytes(StandardCharsets.UTF_8));
      } else {
        Bytes bytes = arguments.bytes(1);
        stream.write(bytes.array(), bytes.offset(), bytes.length());
      }
      return 0;
    } catch (IOException e) {
      return -errno(e).number();
    }
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
    if (text.contains("Resource temporarily unavailable")) {
      return Errno.EAGAIN;
    }
    return Errno.EIO;
  }
}
