package dev.nodule.npm.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets installs in one folder go one after the other, whichever processes or threads they run in.
 */
final class InstallLock implements AutoCloseable {
  private static final int MAX_SIZE = 1 << 16;

  private final Path file;
  private final FileChannel channel;

  private InstallLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Waits for the lock; {@code waiting} runs once when another install holds it. */
  static InstallLock acquire(Path folder, Runnable waiting) throws IOException {
    Path file = folder.resolve(".nodule.lock");
    boolean told = false;
    while (true) {
      Files.createDirectories(folder);
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel) != null && isCurrent(file, channel)) {
          return new InstallLock(file, channel);
        }
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file); // locked, but it could not be written to
        channel.close();
        throw e;
      }
      channel.close();
      if (!told) {
        waiting.run();
        told = true;
      }
      try {
        Thread.sleep(30);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while another install runs");
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * The former holder deletes the file: a lock on a file that no longer has this name protects
   * nothing. Which file has the name is told by a size that only we know, and not by reading it:
   * where locks are POSIX's, closing a second descriptor of a file gives up the lock on it.
   */
  private static boolean isCurrent(Path file, FileChannel channel) throws IOException {
    int size = 1 + ThreadLocalRandom.current().nextInt(MAX_SIZE);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(new byte[1]), size - 1L);
    try {
      return Files.size(file) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
