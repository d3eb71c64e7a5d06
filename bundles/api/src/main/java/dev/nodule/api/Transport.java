package dev.nodule.api;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A family of Netty channels (epoll, NIO).
 *
 * @param domainSocket null where the family has no Unix domain sockets
 */
public record Transport(
    String name,
    Class<? extends Channel> socket,
    Class<? extends ServerChannel> serverSocket,
    Class<? extends DatagramChannel> datagram,
    @Nullable Class<? extends Channel> domainSocket,
    @Nullable Class<? extends ServerChannel> domainServerSocket) {}
