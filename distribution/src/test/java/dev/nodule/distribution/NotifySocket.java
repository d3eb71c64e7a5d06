package dev.nodule.distribution;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The service manager's side of sd_notify(3): an abstract socket that collects messages. */
final class NotifySocket implements AutoCloseable {
  private final String name =
      "nodule-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  NotifySocket() {
    new Bootstrap()
        .group(group)
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(
                  ChannelHandlerContext context, DomainDatagramPacket packet) {
                messages.add(packet.content().toString(StandardCharsets.UTF_8));
              }
            })
        .bind(new DomainSocketAddress("\0" + name))
        .syncUninterruptibly();
  }

  /** What {@code NOTIFY_SOCKET} says. */
  String address() {
    return "@" + name;
  }

  /** The next message; an empty text after a minute. */
  String next() throws InterruptedException {
    String message = messages.poll(60, TimeUnit.SECONDS);
    return message == null ? "" : message;
  }

  /** The next message but those of the watchdog. */
  String nextState() throws InterruptedException {
    String message = next();
    while (message.equals("WATCHDOG=1")) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
