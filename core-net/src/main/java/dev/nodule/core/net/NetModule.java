package dev.nodule.core.net;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.Errno;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.StreamHandle;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The module's binding. Sockets are numbers to JavaScript; a function's first argument is that
 * number. Results below 0 are negated error numbers.
 */
public final class NetModule extends ScriptModule {
  private static final int EBADF = -9;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    new Functions(new Sockets(context)).bind(binding);
  }

  private static final class Functions {
    private final Sockets sockets;
    private final Map<Integer, ListeningSocket> servers = new HashMap<>();
    private int lastServer;

    Functions(Sockets sockets) {
      this.sockets = sockets;
    }

    void bind(Binding binding) {
      binding
          .function("isIP", 1, call -> IpText.version(call.string(0)))
          .function(
              "canonicalAddress", 1, call -> IpText.of(IpText.parse(call.string(0)).getAddress()))
          .function("addressBytes", 1, call -> IpText.parse(call.string(0)).getAddress())
          .function("now", 0, call -> sockets.loop.now())
          .function("descriptorFamily", 1, call -> PosixDescriptor.family(call.int32(0)))
          .function("open", 3, this::open)
          .function("openDescriptor", 4, this::openDescriptor)
          .function("attach", 3, this::attach)
          .function("bind", 3, this::bindLocal)
          .function("connect", 4, this::connect)
          .function("connectPath", 3, this::connectPath)
          .function("readStart", 1, this::readStart)
          .function("readStop", 1, this::readStop)
          .function("readInto", 2, this::readInto)
          .function("write", 3, this::write)
          .function("writeUtf8", 3, this::writeUtf8)
          .function("writeLatin1", 3, this::writeLatin1)
          .function("writev", 3, this::writev)
          .function("shutdown", 2, this::shutdown)
          .function("close", 3, this::close)
          .function("ref", 1, this::ref)
          .function("unref", 1, this::unref)
          .function(
              "hasRef",
              1,
              call -> {
                StreamSocket s = stream(call);
                return s != null && s.handle().hasRef();
              })
          .function(
              "queued",
              1,
              call -> {
                StreamSocket s = stream(call);
                return s == null ? 0 : s.queued();
              })
          .function(
              "bytesRead",
              1,
              call -> {
                StreamSocket s = stream(call);
                return s == null ? 0 : s.bytesRead();
              })
          .function(
              "bytesWritten",
              1,
              call -> {
                StreamSocket s = stream(call);
                return s == null ? 0 : s.bytesWritten();
              })
          .function(
              "lastActivity",
              1,
              call -> {
                StreamSocket s = stream(call);
                return s == null ? 0 : s.lastActivity();
              })
          .function(
              "number",
              1,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? -1 : d.number();
              })
          .function(
              "localAddress",
              1,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? null : address(d.localAddress());
              })
          .function(
              "remoteAddress",
              1,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? null : address(d.remoteAddress());
              })
          .function(
              "setNoDelay",
              2,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? EBADF : d.setNoDelay(call.bool(1));
              })
          .function("setKeepAlive", 5, this::setKeepAlive)
          .function(
              "setTypeOfService",
              2,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? EBADF : d.setTypeOfService(call.int32(1));
              })
          .function(
              "typeOfService",
              1,
              call -> {
                Descriptor d = descriptor(call);
                return d == null ? EBADF : d.typeOfService();
              })
          .function("serverOpen", 6, this::serverOpen)
          .function("serverOpenPath", 3, this::serverOpenPath)
          .function("serverOpenDescriptor", 3, this::serverOpenDescriptor)
          .function("serverListen", 2, call -> server(call).listen(call.int32(1)))
          .function("serverAddress", 1, call -> address(server(call).descriptor().localAddress()))
          .function("serverNumber", 1, call -> server(call).descriptor().number())
          .function("serverClose", 2, this::serverClose)
          .function(
              "suspend",
              1,
              call -> {
                sockets.suspend(call.bool(0));
                return null;
              })
          .function(
              "serverRelease",
              1,
              call -> {
                ListeningSocket server = servers.remove(call.int32(0));
                return server == null ? -1 : server.release();
              })
          .function(
              "serverRef",
              1,
              call -> {
                server(call).handle().ref();
                return null;
              })
          .function(
              "serverUnref",
              1,
              call -> {
                server(call).handle().unref();
                return null;
              })
          .function("serverHasRef", 1, call -> server(call).handle().hasRef());
    }

    private @Nullable StreamSocket stream(Arguments call) {
      StreamHandle stream = sockets.table.get(call.int32(0));
      return stream instanceof StreamSocket socket ? socket : null;
    }

    private @Nullable Descriptor descriptor(Arguments call) {
      StreamSocket socket = stream(call);
      return socket == null ? null : socket.descriptor();
    }

    /** [address, port, family]. */
    private @Nullable Object address(@Nullable InetSocketAddress address) {
      if (address == null) {
        return null;
      }
      boolean ipv6 = address.getAddress().getAddress().length == 16;
      return sockets.javaScript.newArray(
          IpText.of(address), address.getPort(), ipv6 ? "IPv6" : "IPv4");
    }

    private Object open(Arguments call) {
      StreamSocket socket = new StreamSocket(sockets, call.string(0), null);
      socket.attach(call.value(1), call.callback(2));
      return socket.id();
    }

    private Object openDescriptor(Arguments call) {
      int fd =
          call.string(0).equals("TTYWrap") ? PosixDescriptor.reopen(call.int32(3)) : call.int32(3);
      int status = PosixDescriptor.unblock(fd);
      if (status < 0) {
        return status;
      }
      Descriptor descriptor = sockets.ofNumber(fd, PosixDescriptor.isSocket(fd));
      StreamSocket socket = new StreamSocket(sockets, call.string(0), descriptor);
      socket.attach(call.value(1), call.callback(2));
      return socket.id();
    }

    private @Nullable Object attach(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket != null) {
        socket.attach(call.value(1), call.callback(2));
      }
      return null;
    }

    private Object bindLocal(Arguments call) {
      StreamSocket socket = stream(call);
      return socket == null ? EBADF : socket.bind(IpText.parse(call.string(1)), call.int32(2));
    }

    private Object connect(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      socket.connect(
          new InetSocketAddress(IpText.parse(call.string(1)), call.int32(2)), call.callback(3));
      return 0;
    }

    private Object connectPath(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      socket.connect(new DomainSocketAddress(call.string(1)), call.callback(2));
      return 0;
    }

    private Object readStart(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      socket.readStart();
      return 0;
    }

    private Object readStop(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      socket.readStop();
      return 0;
    }

    private @Nullable Object readInto(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket != null) {
        socket.readInto(call.isBytes(1) ? call.bytes(1) : null);
      }
      return null;
    }

    /**
     * write(id, bytes, done): 1 if all was taken at once, 0 if {@code done(status)} follows, or an
     * error.
     */
    private Object write(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      Bytes bytes = call.bytes(1);
      return write(socket, call, bytes.array(), bytes.offset(), bytes.length());
    }

    private Object writeUtf8(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      byte[] bytes = Utf8.encode(call.string(1));
      return write(socket, call, bytes, 0, bytes.length);
    }

    private Object writeLatin1(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      String text = call.string(1);
      byte[] bytes =
          Utf8.isLatin1(text) ? text.getBytes(StandardCharsets.ISO_8859_1) : Utf8.lowBytes(text);
      return write(socket, call, bytes, 0, bytes.length);
    }

    private static Object write(
        StreamSocket socket, Arguments call, byte[] array, int offset, int length) {
      LazySent done = new LazySent(call);
      int status = socket.write(array, offset, length, done);
      done.keep(status == 0);
      return status;
    }

    /** writev(id, done, ...bytes). */
    private Object writev(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket == null) {
        return EBADF;
      }
      for (int i = 2; i < call.length(); i++) {
        if (call.isString(i)) {
          byte[] bytes = Utf8.encode(call.string(i));
          socket.write(bytes, 0, bytes.length);
        } else {
          Bytes bytes = call.bytes(i);
          socket.write(bytes.array(), bytes.offset(), bytes.length());
        }
      }
      Callback done = call.callback(1);
      return socket.flush(error -> done.invoke(status(error))) ? 1 : 0;
    }

    private static int status(@Nullable Errno error) {
      return error == null ? 0 : -error.number();
    }

    /** Makes the callback of a write only when the write has to wait. */
    private static final class LazySent implements StreamHandle.Sent {
      private final Arguments call;
      private @Nullable Callback callback;

      LazySent(Arguments call) {
        this.call = call;
      }

      void keep(boolean wanted) {
        callback = wanted ? call.callback(2) : null;
      }

      @Override
      public void done(@Nullable Errno error) {
        if (callback != null) {
          callback.invoke(status(error));
        }
      }
    }

    private Object shutdown(Arguments call) {
      StreamSocket socket = stream(call);
      return socket == null ? EBADF : socket.shutdown(call.callback(1));
    }

    private @Nullable Object close(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket != null) {
        socket.close(call.bool(1), call.callbackOrNull(2));
      }
      return null;
    }

    private @Nullable Object ref(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket != null) {
        socket.handle().ref();
      }
      return null;
    }

    private @Nullable Object unref(Arguments call) {
      StreamSocket socket = stream(call);
      if (socket != null) {
        socket.handle().unref();
      }
      return null;
    }

    private Object setKeepAlive(Arguments call) {
      Descriptor descriptor = descriptor(call);
      return descriptor == null
          ? EBADF
          : descriptor.setKeepAlive(
              call.bool(1),
              call.int32(2),
              call.isNullish(3) ? 1 : call.int32(3),
              call.isNullish(4) ? 10 : call.int32(4));
    }

    private ListeningSocket server(Arguments call) {
      ListeningSocket server = servers.get(call.int32(0));
      if (server == null) {
        throw new IllegalStateException("the server is closed");
      }
      return server;
    }

    private int add(ListeningSocket server) {
      servers.put(++lastServer, server);
      return lastServer;
    }

    /**
     * serverOpen(address, port, owner, onConnection, ipv6Only, reusePort): a number or an error.
     */
    private Object serverOpen(Arguments call) {
      var address = IpText.parse(call.string(0));
      Descriptor descriptor;
      try {
        descriptor = sockets.newTcp(address.getAddress().length == 16);
      } catch (RuntimeException e) {
        return -Errno.EAFNOSUPPORT.number();
      }
      int status =
          descriptor.bind(
              new InetSocketAddress(address, call.int32(1)), call.bool(4), call.bool(5));
      if (status < 0) {
        descriptor.close();
        return status;
      }
      return add(
          new ListeningSocket(
              sockets,
              "TCPServerWrap",
              "TCPSocketWrap",
              descriptor,
              call.value(2),
              call.callback(3)));
    }

    /** serverOpenPath(path, owner, onConnection). */
    private Object serverOpenPath(Arguments call) {
      Descriptor descriptor = sockets.newDomain();
      int status = descriptor.bind(new DomainSocketAddress(call.string(0)), false, false);
      if (status < 0) {
        descriptor.close();
        return status;
      }
      return add(
          new ListeningSocket(
              sockets, "PipeWrap", "PipeWrap", descriptor, call.value(1), call.callback(2)));
    }

    /** serverOpenDescriptor(fd, owner, onConnection). */
    private Object serverOpenDescriptor(Arguments call) {
      int fd = call.int32(0);
      if (PosixDescriptor.unblock(fd) < 0 || !PosixDescriptor.isSocket(fd)) {
        return -Errno.EINVAL.number();
      }
      return add(
          new ListeningSocket(
              sockets,
              "TCPServerWrap",
              "TCPSocketWrap",
              sockets.ofNumber(fd, true),
              call.value(1),
              call.callback(2)));
    }

    private @Nullable Object serverClose(Arguments call) {
      ListeningSocket server = servers.remove(call.int32(0));
      if (server != null) {
        server.close(call.callbackOrNull(1));
      }
      return null;
    }
  }
}
