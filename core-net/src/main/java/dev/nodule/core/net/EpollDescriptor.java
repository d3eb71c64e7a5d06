package dev.nodule.core.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.internal.PlatformDependent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of Linux in the loop's epoll set, edge-triggered: it is entered once for both
 * directions, so that neither reading nor writing costs a further call as long as both sides keep
 * up.
 */
final class EpollDescriptor implements Descriptor, EpollIoHandle {
  private static final EpollIoOps OPS =
      EpollIoOps.EPOLLIN
          .with(EpollIoOps.EPOLLOUT)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);
  private static final int IN = EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLRDHUP.value();
  private static final int OUT = EpollIoOps.EPOLLOUT.value();
  private static final int HANGUP = 0x10;
  private static final int ERROR = EpollIoOps.EPOLLERR.value() | HANGUP;

  private static final int ENOTSOCK = 88;
  private static final int IPPROTO_IP = 0;
  private static final int IP_TOS = 1;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_TCLASS = 67;

  private final IoEventLoop loop;
  private final FileDescriptor file;

  /** The same, or null for pipes and terminals. */
  private final @Nullable Socket socket;

  private @Nullable Readiness target;
  private @Nullable IoRegistration registration;
  private int acceptError;

  private EpollDescriptor(IoEventLoop loop, FileDescriptor file) {
    this.loop = loop;
    this.file = file;
    this.socket = file instanceof Socket ofNetwork ? ofNetwork : null;
  }

  static EpollDescriptor stream(IoEventLoop loop, boolean ipv6) {
    return new EpollDescriptor(loop, LinuxSocket.newSocketStream(ipv6));
  }

  static EpollDescriptor domain(IoEventLoop loop) {
    return new EpollDescriptor(loop, LinuxSocket.newSocketDomain());
  }

  /**
   * A descriptor that is open already and does not block; {@code isSocket} is false for pipes and
   * terminals.
   */
  static EpollDescriptor of(IoEventLoop loop, int fd, boolean isSocket) {
    return new EpollDescriptor(loop, isSocket ? new Socket(fd) : new FileDescriptor(fd));
  }

  private Socket socket() throws IOException {
    if (socket == null) {
      throw new NativeIoException("socket", -ENOTSOCK, false);
    }
    return socket;
  }

  @Override
  public FileDescriptor fd() {
    return file;
  }

  @Override
  public int number() {
    return file.intValue();
  }

  @Override
  public void register(Readiness newTarget) {
    target = newTarget;
  }

  private void arm() {
    IoRegistration current = registration;
    if (current == null) {
      current = registration = loop.register(this).getNow();
    }
    current.submit(OPS);
  }

  @Override
  public void wantRead() {
    arm();
  }

  @Override
  public void stopRead() {
    // An edge that comes meanwhile is not lost: wantRead asks anew.
  }

  @Override
  public void wantWrite() {
    if (registration == null) {
      arm();
    }
  }

  @Override
  public void stopWrite() {
    // Edges cost nothing.
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    int ops = ((EpollIoEvent) event).ops().value();
    boolean failed = (ops & ERROR) != 0;
    Readiness current = target;
    if (current != null) {
      current.ready(failed || (ops & IN) != 0, failed || (ops & OUT) != 0);
    }
  }

  @Override
  public int read(ByteBuffer into, int limit) {
    long address = PlatformDependent.directBufferAddress(into);
    try {
      int count =
          socket != null
              ? socket.recvAddress(address, 0, limit)
              : file.readAddress(address, 0, limit);
      return count < 0 ? EOF : count;
    } catch (IOException | NotYetConnectedException e) {
      return errno(e);
    }
  }

  @Override
  public int write(ByteBuffer from, int length) {
    long address = PlatformDependent.directBufferAddress(from);
    try {
      return socket != null
          ? socket.sendAddress(address, 0, length)
          : file.writeAddress(address, 0, length);
    } catch (IOException | NotYetConnectedException e) {
      return errno(e);
    }
  }

  @Override
  public int connect(SocketAddress address) {
    try {
      socket().connect(address);
      return 0;
    } catch (IOException | AlreadyConnectedException e) {
      return errno(e);
    }
  }

  @Override
  public int connectResult() {
    try {
      return -socket().getSoError();
    } catch (IOException e) {
      return errno(e);
    }
  }

  @Override
  public int bind(SocketAddress address, boolean ipv6Only, boolean reusePort) {
    if (address instanceof DomainSocketAddress domain) {
      return PosixDescriptor.bind(number(), domain.path());
    }
    try {
      if (address instanceof InetSocketAddress inet) {
        socket().setReuseAddress(true);
        if (reusePort) {
          socket().setReusePort(true);
        }
        if (ipv6Only && inet.getAddress() instanceof java.net.Inet6Address) {
          socket().setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
        }
      }
      socket().bind(address);
      return 0;
    } catch (IOException e) {
      return errno(e);
    }
  }

  @Override
  public int listen(int backlog) {
    try {
      socket().listen(backlog);
      return 0;
    } catch (IOException e) {
      return errno(e);
    }
  }

  @Override
  public @Nullable Descriptor accept() {
    acceptError = 0;
    try {
      int fd = socket().accept(new byte[26]);
      return fd < 0 ? null : new EpollDescriptor(loop, new Socket(fd));
    } catch (IOException e) {
      acceptError = errno(e);
      return null;
    }
  }

  @Override
  public int acceptError() {
    return acceptError;
  }

  @Override
  public int shutdownOutput() {
    if (socket == null) {
      return 0;
    }
    try {
      socket.shutdown(false, true);
      return 0;
    } catch (IOException | NotYetConnectedException e) {
      return errno(e);
    }
  }

  @Override
  public int setNoDelay(boolean enable) {
    return attempt(() -> socket().setTcpNoDelay(enable));
  }

  @Override
  public int setKeepAlive(boolean enable, int seconds, int interval, int count) {
    return attempt(
        () -> {
          socket().setKeepAlive(enable);
          if (enable && seconds > 0) {
            socket().setIntOpt(IPPROTO_TCP, TCP_KEEPIDLE, seconds);
            socket().setIntOpt(IPPROTO_TCP, TCP_KEEPINTVL, interval);
            socket().setIntOpt(IPPROTO_TCP, TCP_KEEPCNT, count);
          }
        });
  }

  @Override
  public int setTypeOfService(int value) {
    boolean ipv6 = isIpv6();
    return attempt(
        () ->
            socket()
                .setIntOpt(ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_TCLASS : IP_TOS, value));
  }

  @Override
  public int typeOfService() {
    boolean ipv6 = isIpv6();
    try {
      return socket().getIntOpt(ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_TCLASS : IP_TOS);
    } catch (IOException e) {
      return errno(e);
    }
  }

  private boolean isIpv6() {
    InetSocketAddress local = localAddress();
    return local != null && local.getAddress() instanceof java.net.Inet6Address;
  }

  @Override
  public int linger0() {
    return attempt(() -> socket().setSoLinger(0));
  }

  @Override
  public @Nullable InetSocketAddress localAddress() {
    return socket != null && socket.isOpen() ? socket.localAddress() : null;
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return socket != null && socket.isOpen() ? socket.remoteAddress() : null;
  }

  @Override
  public @Nullable String localPath() {
    DomainSocketAddress address =
        socket != null && socket.isOpen() ? socket.localDomainSocketAddress() : null;
    return address == null ? null : address.path();
  }

  @Override
  public void close() {
    release();
    attempt(file::close);
  }

  @Override
  public int release() {
    target = null;
    IoRegistration current = registration;
    if (current != null) {
      current.cancel();
      registration = null;
    }
    return file.intValue();
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static int attempt(Attempt attempt) {
    try {
      attempt.run();
      return 0;
    } catch (IOException | NotYetConnectedException e) {
      return errno(e);
    }
  }

  /** Netty's exceptions back to negated error numbers. */
  private static int errno(Exception exception) {
    return switch (exception) {
      case NativeIoException e -> e.expectedErr();
      case ClosedChannelException e -> -9;
      case NotYetConnectedException e -> -107;
      case AlreadyConnectedException e -> -106;
      case FileNotFoundException e -> -2;
      case NoRouteToHostException e -> -101;
      case ConnectException e -> numberIn(e.getMessage());
      default -> -5;
    };
  }

  /** The number in "connect(..) failed with error(-111): ...". */
  private static int numberIn(@Nullable String message) {
    int start = message == null ? -1 : message.indexOf("error(");
    if (message == null || start < 0) {
      return -111;
    }
    return Integer.parseInt(message.substring(start + 6, message.indexOf(')', start)));
  }
}
