package dev.nodule.core.dgram;

import static dev.nodule.core.dgram.SocketAddresses.EINVAL;
import static dev.nodule.core.dgram.SocketAddresses.MAX_BYTES;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.core.dgram.SocketAddresses.Endpoint;
import dev.nodule.posix.Libc;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket in the loop's epoll set, edge-triggered. As in libuv it has no descriptor before it
 * is bound or opened, and results below 0 are negated error numbers.
 */
final class DatagramSocket implements EpollIoHandle {
  static final int IPV6_ONLY = 1;
  static final int REUSE_ADDRESS = 4;
  static final int REUSE_PORT = 8;

  /** Datagrams in a row before others get their turn. */
  private static final int READS_PER_TURN = 32;

  private static final int MAX_DATAGRAM = 65535;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int EAGAIN = -11;
  private static final int EADDRINUSE = -98;
  private static final int EBADF = -9;
  private static final int EMSGSIZE = -90;
  private static final int ENOBUFS = -105;
  private static final int ECANCELED = -125;
  private static final int EAFNOSUPPORT = -97;

  private static final EpollIoOps OPS =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLET);
  private static final int ERROR = EpollIoOps.EPOLLERR.value();
  private static final int IN = EpollIoOps.EPOLLIN.value();
  private static final int OUT = EpollIoOps.EPOLLOUT.value();

  private static final MemorySegment RECVFROM = Libc.function("recvfrom");
  private static final MemorySegment SENDTO = Libc.function("sendto");

  private record Sending(byte[] bytes, @Nullable String address, int port, Callback done) {}

  private final Datagrams shared;
  private final Handle handle;
  private final Object owner;
  private final Callback onMessage;
  private final ArrayDeque<Sending> queue = new ArrayDeque<>();

  private boolean ipv6;
  private @Nullable FileDescriptor file;
  private @Nullable IoRegistration registration;
  private int fd = -1;
  private boolean receiving;
  private boolean flushing;
  private boolean closed;
  private long queuedBytes;

  /** {@code onMessage.call(owner, status, bytes, address, port, isIpv6)} for each datagram. */
  DatagramSocket(Datagrams shared, boolean ipv6, Object owner, Callback onMessage) {
    this.shared = shared;
    this.ipv6 = ipv6;
    this.owner = owner;
    this.onMessage = onMessage;
    this.handle = shared.loop.open("UDPWrap");
    handle.setActive(false);
  }

  Handle handle() {
    return handle;
  }

  int descriptor() {
    return fd;
  }

  boolean isIpv6() {
    return ipv6;
  }

  long queuedBytes() {
    return queuedBytes;
  }

  int queuedCount() {
    return queue.size();
  }

  @Override
  public FileDescriptor fd() {
    FileDescriptor current = file;
    if (current == null) {
      throw new IllegalStateException("the socket is not open");
    }
    return current;
  }

  /** Takes a descriptor that is open already. */
  int open(int number) {
    int domain = SocketOptions.get(number, SocketOptions.SOL_SOCKET, SocketOptions.SO_DOMAIN);
    if (domain < 0) {
      return domain;
    }
    int flags = Libc.call("fcntl", number, 3);
    if (flags >= 0) {
      flags = Libc.call("fcntl", number, 4, flags | SOCK_NONBLOCK);
    }
    if (flags < 0) {
      return flags;
    }
    ipv6 = domain == SocketAddresses.AF_INET6;
    adopt(number);
    return 0;
  }

  private void adopt(int number) {
    fd = number;
    file = new FileDescriptor(number);
  }

  private int create() {
    if (fd >= 0) {
      return 0;
    }
    int number =
        Libc.call(
            "socket",
            ipv6 ? SocketAddresses.AF_INET6 : SocketAddresses.AF_INET,
            SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
            0);
    if (number < 0) {
      return number;
    }
    adopt(number);
    return 0;
  }

  int bind(String address, int port, int flags) {
    if ((flags & IPV6_ONLY) != 0 && !ipv6) {
      return EINVAL;
    }
    MemorySegment at = shared.address;
    int length = shared.addresses.encode(at, ipv6, address, port);
    int status = length < 0 ? length : create();
    if (status == 0 && (flags & REUSE_ADDRESS) != 0) {
      status = SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_REUSEADDR, 1);
    }
    if (status == 0 && (flags & REUSE_PORT) != 0) {
      status = SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_REUSEPORT, 1);
    }
    if (status == 0 && (flags & IPV6_ONLY) != 0) {
      status = SocketOptions.set(fd, SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_V6ONLY, 1);
    }
    if (status == 0) {
      status = Libc.call("bind", fd, at.address(), length);
      return status == EAFNOSUPPORT ? EINVAL : status;
    }
    return status;
  }

  /** Binds to any port, unless the socket is open: what groups and destinations need. */
  int bindIfUnbound(int flags) {
    return fd >= 0 ? 0 : bind(ipv6 ? "::" : "0.0.0.0", 0, flags);
  }

  int connect(String address, int port) {
    int status = bindIfUnbound(0);
    if (status < 0) {
      return status;
    }
    int length = shared.addresses.encode(shared.address, ipv6, address, port);
    return length < 0 ? length : Libc.call("connect", fd, shared.address.address(), length);
  }

  int disconnect() {
    if (fd < 0) {
      return EBADF;
    }
    shared.address.asSlice(0, MAX_BYTES).fill((byte) 0);
    int status = Libc.call("connect", fd, shared.address.address(), 16);
    return status == EAFNOSUPPORT ? 0 : status;
  }

  @Nullable Endpoint endpoint(boolean remote) {
    if (fd < 0) {
      return null;
    }
    shared.length.set(JAVA_INT, 0, MAX_BYTES);
    int status =
        Libc.call(
            remote ? "getpeername" : "getsockname",
            fd,
            shared.address.address(),
            shared.length.address());
    return status < 0 ? null : shared.addresses.decode(shared.address);
  }

  int receiveStart() {
    if (closed) {
      return EBADF;
    }
    int status = bindIfUnbound(0);
    if (status < 0) {
      return status == EADDRINUSE ? EINVAL : status;
    }
    receiving = true;
    handle.setActive(true);
    arm();
    return 0;
  }

  void receiveStop() {
    receiving = false;
    handle.setActive(!queue.isEmpty());
  }

  private void arm() {
    IoRegistration current = registration;
    if (current == null) {
      current = registration = ((IoEventLoop) shared.loop.netty()).register(this).getNow();
    }
    current.submit(OPS);
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    int ops = ((EpollIoEvent) event).ops().value();
    if ((ops & (OUT | ERROR)) != 0) {
      flush();
    }
    if ((ops & (IN | ERROR)) != 0) {
      receive();
    }
  }

  private void receive() {
    MemorySegment into = shared.incoming;
    for (int i = 0; i < READS_PER_TURN; i++) {
      if (!receiving || fd < 0) {
        return;
      }
      shared.length.set(JAVA_INT, 0, MAX_BYTES);
      int count =
          Libc.call(
              RECVFROM,
              fd,
              into.address(),
              into.byteSize(),
              0,
              shared.address.address(),
              shared.length.address());
      if (count == EAGAIN) {
        return;
      }
      if (count < 0) {
        onMessage.invokeOn(owner, count);
        continue;
      }
      byte[] bytes = new byte[count];
      MemorySegment.copy(into, JAVA_BYTE, 0, bytes, 0, count);
      Endpoint from =
          shared.length.get(JAVA_INT, 0) == 0 ? null : shared.addresses.decode(shared.address);
      if (from != null) {
        onMessage.invokeOn(owner, count, bytes, from.address(), from.port(), from.ipv6());
      }
    }
    if (receiving && fd >= 0) {
      arm();
    }
  }

  /**
   * Sends a datagram, to the connected peer without an address: its size and 1 if it is sent, 0 if
   * {@code done(status, size)} follows, or an error.
   */
  int send(byte[] bytes, @Nullable String address, int port, boolean tryNow, Callback done) {
    int status = bindIfUnbound(0);
    if (status < 0) {
      return status;
    }
    if (tryNow && queue.isEmpty()) {
      int count = sendNow(bytes, address, port);
      if (count >= 0) {
        return count + 1;
      }
      if (count != EAGAIN) {
        return count;
      }
    }
    queue.add(new Sending(bytes, address, port, done));
    queuedBytes += bytes.length;
    handle.setActive(true);
    if (tryNow) {
      arm();
    } else {
      EventLoop loop = shared.loop;
      loop.execute(this::flush);
    }
    return 0;
  }

  private int sendNow(byte[] bytes, @Nullable String address, int port) {
    if (bytes.length > MAX_DATAGRAM) {
      return EMSGSIZE;
    }
    int length = 0;
    if (address != null) {
      length = shared.addresses.encode(shared.address, ipv6, address, port);
      if (length < 0) {
        return length;
      }
    }
    MemorySegment.copy(bytes, 0, shared.outgoing, JAVA_BYTE, 0, bytes.length);
    int count =
        Libc.call(
            SENDTO,
            fd,
            shared.outgoing.address(),
            bytes.length,
            0,
            length == 0 ? 0 : shared.address.address(),
            length);
    return count == ENOBUFS ? EAGAIN : count;
  }

  private void flush() {
    if (flushing) {
      return;
    }
    flushing = true;
    try {
      for (Sending next = queue.peek(); next != null && fd >= 0; next = queue.peek()) {
        int count = sendNow(next.bytes, next.address, next.port);
        if (count == EAGAIN) {
          arm();
          return;
        }
        queue.remove();
        queuedBytes -= next.bytes.length;
        next.done.invoke(Math.min(count, 0), next.bytes.length);
      }
    } finally {
      flushing = false;
    }
    if (!closed) {
      handle.setActive(receiving || !queue.isEmpty());
    }
  }

  /** The loop ends. */
  @Override
  public void close() {
    close(null);
  }

  void close(@Nullable Callback done) {
    if (closed) {
      return;
    }
    closed = true;
    receiving = false;
    IoRegistration current = registration;
    if (current != null) {
      current.cancel();
    }
    Libc.close(fd);
    fd = -1;
    handle.close(
        () -> {
          for (Sending next = queue.poll(); next != null; next = queue.poll()) {
            queuedBytes -= next.bytes.length;
            next.done.invoke(ECANCELED, 0);
          }
          if (done != null) {
            done.invoke();
          }
        });
  }
}
