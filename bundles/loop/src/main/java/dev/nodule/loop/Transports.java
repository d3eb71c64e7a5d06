package dev.nodule.loop;

import dev.nodule.api.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Chooses the family of channels: epoll where the native library loads, NIO elsewhere or with
 * {@code nodule.transport=nio}.
 */
record Transports(Transport transport, IoHandlerFactory handlers) {
  static Transports choose() {
    if (!"nio".equals(System.getProperty("nodule.transport")) && Epoll.isAvailable()) {
      return new Transports(
          new Transport(
              "epoll",
              EpollSocketChannel.class,
              EpollServerSocketChannel.class,
              EpollDatagramChannel.class,
              EpollDomainSocketChannel.class,
              EpollServerDomainSocketChannel.class),
          EpollIoHandler.newFactory());
    }
    return new Transports(
        new Transport(
            "nio",
            NioSocketChannel.class,
            NioServerSocketChannel.class,
            NioDatagramChannel.class,
            NioDomainSocketChannel.class,
            NioServerDomainSocketChannel.class),
        NioIoHandler.newFactory());
  }
}
