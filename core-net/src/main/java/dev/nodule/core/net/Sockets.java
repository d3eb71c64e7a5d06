package dev.nodule.core.net;

import dev.nodule.api.Errno;
import dev.nodule.api.EventLoop;
import dev.nodule.api.HandleTable;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import dev.nodule.api.StreamTable;
import io.netty.channel.IoEventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sockets of one realm share: the loop, the table of streams, and the memory that system
 * calls work on.
 */
final class Sockets {
  static final int READ_SIZE = 64 * 1024;
  static final int WRITE_SIZE = 256 * 1024;

  final EventLoop loop;
  final JavaScript javaScript;
  final StreamTable table;

  /** All reads go here first: between two system calls nobody else uses it. */
  final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_SIZE);

  /** The same bytes for a consumer. */
  final byte[] readBytes = new byte[READ_SIZE];

  final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(WRITE_SIZE);

  private static final int HELD = 1;

  /** What waits to be read while all revisions are suspended; no entry if they are not. */
  private final HandleTable<List<Runnable>> suspended;

  Sockets(ModuleContext context) {
    loop = context.loop();
    javaScript = context.javaScript();
    table = StreamTable.of(loop);
    suspended = loop.table("net.suspended");
  }

  /**
   * Keeps what could be read for later, while there is no revision of this module that could take
   * it.
   */
  boolean hold(Runnable reading) {
    List<Runnable> held = suspended.get(HELD);
    if (held == null) {
      return false;
    }
    held.add(reading);
    return true;
  }

  /**
   * From now on nothing is read and nothing accepted, by sockets of earlier revisions either; or
   * that is made up for.
   */
  void suspend(boolean suspend) {
    if (suspend) {
      suspended.put(HELD, new ArrayList<>());
      return;
    }
    List<Runnable> late = suspended.remove(HELD);
    if (late != null) {
      late.forEach(loop::execute);
    }
  }

  private IoEventLoop io() {
    if (!loop.transport().name().equals("epoll")) {
      throw new NodeException(
          NodeException.Kind.ERROR,
          "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM",
          "Sockets need Netty's native epoll library, which does not load here");
    }
    return (IoEventLoop) loop.netty();
  }

  Descriptor newTcp(boolean ipv6) {
    return EpollDescriptor.stream(io(), ipv6);
  }

  Descriptor newDomain() {
    return EpollDescriptor.domain(io());
  }

  Descriptor ofNumber(int fd, boolean isSocket) {
    return EpollDescriptor.of(io(), fd, isSocket);
  }

  static Errno errno(int negative) {
    return Errno.of(-negative);
  }
}
