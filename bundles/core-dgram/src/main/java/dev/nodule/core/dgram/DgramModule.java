package dev.nodule.core.dgram;

import static dev.nodule.core.dgram.SocketAddresses.EINVAL;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.core.dgram.SocketAddresses.Endpoint;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The module's binding. Sockets are numbers to JavaScript; a function's first argument is that
 * number. Results below 0 are negated error numbers.
 */
public final class DgramModule extends ScriptModule {
  private static final int EBADF = -9;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(context).bind(binding);
  }

  private static final class Functions {
    private final ModuleContext context;
    private final Map<Integer, DatagramSocket> sockets = new HashMap<>();
    private @Nullable Datagrams shared;
    private int last;

    Functions(ModuleContext context) {
      this.context = context;
    }

    /** Made with the first socket. */
    private Datagrams shared() {
      Datagrams current = shared;
      if (current == null) {
        current = shared = new Datagrams(context);
      }
      return current;
    }

    void bind(Binding binding) {
      binding
          .function("create", 3, this::create)
          .function("open", 2, call -> on(call, s -> s.open(call.int32(1))))
          .function(
              "bind",
              4,
              call -> on(call, s -> s.bind(call.string(1), call.int32(2), call.int32(3))))
          .function("connect", 3, call -> on(call, s -> s.connect(call.string(1), call.int32(2))))
          .function("disconnect", 1, call -> on(call, DatagramSocket::disconnect))
          .function("send", 6, this::send)
          .function("receiveStart", 1, call -> on(call, DatagramSocket::receiveStart))
          .function("receiveStop", 1, this::receiveStop)
          .function("endpoint", 2, this::endpoint)
          .function("membership", 4, this::membership)
          .function("sourceMembership", 5, this::sourceMembership)
          .function(
              "setMulticastInterface",
              2,
              call ->
                  onOpen(
                      call, s -> shared().multicast.setInterface(s.descriptor(), call.string(1))))
          .function("setMulticastTTL", 2, this::setMulticastTtl)
          .function(
              "setMulticastLoopback",
              2,
              call ->
                  setByFamily(
                      call,
                      SocketOptions.IP_MULTICAST_LOOP,
                      SocketOptions.IPV6_MULTICAST_LOOP,
                      call.bool(1) ? 1 : 0))
          .function("setBroadcast", 2, this::setBroadcast)
          .function("setTTL", 2, this::setTtl)
          .function("bufferSize", 3, this::bufferSize)
          .function("queuedBytes", 1, call -> socket(call) == null ? 0 : queuedBytes(call))
          .function("queuedCount", 1, call -> on(call, DatagramSocket::queuedCount))
          .function("number", 1, call -> on(call, DatagramSocket::descriptor))
          .function("socketType", 1, call -> socketType(call.int32(0)))
          .function("ref", 2, this::ref)
          .function("hasRef", 1, this::hasRef)
          .function("close", 2, this::close);
    }

    private interface Operation {
      int apply(DatagramSocket socket);
    }

    private @Nullable DatagramSocket socket(Arguments call) {
      return sockets.get(call.int32(0));
    }

    private int on(Arguments call, Operation operation) {
      DatagramSocket socket = socket(call);
      return socket == null ? EBADF : operation.apply(socket);
    }

    /** Also needs a descriptor. */
    private int onOpen(Arguments call, Operation operation) {
      DatagramSocket socket = socket(call);
      return socket == null || socket.descriptor() < 0 ? EBADF : operation.apply(socket);
    }

    private long queuedBytes(Arguments call) {
      DatagramSocket socket = socket(call);
      return socket == null ? 0 : socket.queuedBytes();
    }

    /** create(ipv6, owner, onMessage). */
    private Object create(Arguments call) {
      sockets.put(
          ++last, new DatagramSocket(shared(), call.bool(0), call.value(1), call.callback(2)));
      return last;
    }

    /** send(id, address, port, tryNow, done, ...chunks). */
    private Object send(Arguments call) {
      return on(
          call,
          socket ->
              socket.send(
                  join(call, 5),
                  call.stringOrNull(1),
                  call.int32(2),
                  call.bool(3),
                  call.callback(4)));
    }

    private static byte[] join(Arguments call, int first) {
      if (call.length() == first + 1) {
        return call.bytes(first).copy();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = first; i < call.length(); i++) {
        Bytes bytes = call.bytes(i);
        out.write(bytes.array(), bytes.offset(), bytes.length());
      }
      return out.toByteArray();
    }

    private @Nullable Object receiveStop(Arguments call) {
      DatagramSocket socket = socket(call);
      if (socket != null) {
        socket.receiveStop();
      }
      return null;
    }

    /** endpoint(id, remote): [address, port, family], or undefined. */
    private @Nullable Object endpoint(Arguments call) {
      DatagramSocket socket = socket(call);
      Endpoint endpoint = socket == null ? null : socket.endpoint(call.bool(1));
      return endpoint == null
          ? null
          : shared()
              .javaScript
              .newArray(endpoint.address(), endpoint.port(), endpoint.ipv6() ? "IPv6" : "IPv4");
    }

    /** membership(id, group, interface, join). */
    private Object membership(Arguments call) {
      return on(
          call,
          socket -> {
            Boolean ipv6 = shared().multicast.isIpv6(call.string(1));
            if (ipv6 == null) {
              return EINVAL;
            }
            int status = socket.bindIfUnbound(DatagramSocket.REUSE_ADDRESS);
            return status < 0
                ? status
                : shared()
                    .multicast
                    .membership(
                        socket.descriptor(),
                        ipv6,
                        call.string(1),
                        call.stringOrNull(2),
                        call.bool(3));
          });
    }

    /** sourceMembership(id, source, group, interface, join). */
    private Object sourceMembership(Arguments call) {
      return on(
          call,
          socket -> {
            Boolean ipv6 = shared().multicast.isIpv6(call.string(2));
            if (ipv6 == null) {
              return EINVAL;
            }
            int status = socket.bindIfUnbound(DatagramSocket.REUSE_ADDRESS);
            return status < 0
                ? status
                : shared()
                    .multicast
                    .sourceMembership(
                        socket.descriptor(),
                        ipv6,
                        call.string(1),
                        call.string(2),
                        call.stringOrNull(3),
                        call.bool(4));
          });
    }

    private int setByFamily(Arguments call, int option4, int option6, int value) {
      return onOpen(
          call,
          socket ->
              socket.isIpv6()
                  ? SocketOptions.set(
                      socket.descriptor(), SocketOptions.IPPROTO_IPV6, option6, value)
                  : SocketOptions.set(
                      socket.descriptor(), SocketOptions.IPPROTO_IP, option4, value));
    }

    private Object setMulticastTtl(Arguments call) {
      int ttl = call.int32(1);
      return ttl < 0 || ttl > 255
          ? EINVAL
          : setByFamily(
              call, SocketOptions.IP_MULTICAST_TTL, SocketOptions.IPV6_MULTICAST_HOPS, ttl);
    }

    private Object setTtl(Arguments call) {
      int ttl = call.int32(1);
      return ttl < 1 || ttl > 255
          ? EINVAL
          : setByFamily(call, SocketOptions.IP_TTL, SocketOptions.IPV6_UNICAST_HOPS, ttl);
    }

    private Object setBroadcast(Arguments call) {
      return onOpen(
          call,
          socket ->
              SocketOptions.set(
                  socket.descriptor(),
                  SocketOptions.SOL_SOCKET,
                  SocketOptions.SO_BROADCAST,
                  call.bool(1) ? 1 : 0));
    }

    /** bufferSize(id, size, receive): sets it if that is not 0; the size then, or an error. */
    private Object bufferSize(Arguments call) {
      int option = call.bool(2) ? SocketOptions.SO_RCVBUF : SocketOptions.SO_SNDBUF;
      double size = call.number(1);
      return onOpen(
          call,
          socket -> {
            if (size > Integer.MAX_VALUE) {
              return EINVAL;
            }
            int fd = socket.descriptor();
            if (size == 0) {
              return SocketOptions.get(fd, SocketOptions.SOL_SOCKET, option);
            }
            int status = SocketOptions.set(fd, SocketOptions.SOL_SOCKET, option, (int) size);
            return status < 0 ? status : (int) size;
          });
    }

    /** PIPE, TCP or UDP, as libuv calls what a socket is. */
    private static String socketType(int fd) {
      int domain = SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_DOMAIN);
      if (domain == SocketOptions.AF_UNIX) {
        return "PIPE";
      }
      if (domain != SocketAddresses.AF_INET && domain != SocketAddresses.AF_INET6) {
        return "UNKNOWN";
      }
      int type = SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_TYPE);
      return type == SocketOptions.SOCK_DGRAM ? "UDP" : "TCP";
    }

    private @Nullable Object ref(Arguments call) {
      DatagramSocket socket = socket(call);
      if (socket != null && call.bool(1)) {
        socket.handle().ref();
      } else if (socket != null) {
        socket.handle().unref();
      }
      return null;
    }

    private Object hasRef(Arguments call) {
      DatagramSocket socket = socket(call);
      return socket != null && socket.handle().hasRef();
    }

    private @Nullable Object close(Arguments call) {
      DatagramSocket socket = sockets.remove(call.int32(0));
      if (socket != null) {
        socket.close(call.callbackOrNull(1));
      }
      return null;
    }
  }
}
