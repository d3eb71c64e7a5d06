package dev.nodule.core.dns;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to a list of servers, each asked in turn, {@code tries} times round; the timeout
 * doubles with each round. Runs on a thread of its own and can be cancelled from another.
 */
final class DnsQuery {
  /** How a question ends when there is no answer; the names are those of c-ares. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String code) {
      super(code, null, false, false);
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<InetSocketAddress> servers;
  private final int timeout;
  private final int maxTimeout;
  private final int tries;
  private final @Nullable InetAddress local4;
  private final @Nullable InetAddress local6;
  private volatile boolean cancelled;
  private volatile @Nullable Closeable open;

  DnsQuery(
      List<InetSocketAddress> servers,
      int timeout,
      int maxTimeout,
      int tries,
      @Nullable InetAddress local4,
      @Nullable InetAddress local6) {
    this.servers = servers;
    this.timeout = timeout;
    this.maxTimeout = maxTimeout;
    this.tries = tries;
    this.local4 = local4;
    this.local6 = local6;
  }

  /** From any thread. */
  void cancel() {
    cancelled = true;
    Closeable current = open;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // It is to end anyway.
      }
    }
  }

  /** The answer of the first server that has one. */
  DnsMessage ask(String name, int type) throws FailedException {
    int id = RANDOM.nextInt(0x10000);
    byte[] query;
    try {
      query = DnsMessage.query(id, name, type);
    } catch (DnsMessage.BadNameException e) {
      throw new FailedException("EBADNAME");
    }
    String failure = "ECONNREFUSED";
    int wait = timeout;
    for (int round = 0; round < tries; round++) {
      for (InetSocketAddress server : servers) {
        if (cancelled) {
          throw new FailedException("ECANCELLED");
        }
        try {
          DnsMessage answer = askUdp(server, query, id, wait);
          if (answer.isTruncated()) {
            answer = askTcp(server, query, wait);
          }
          switch (answer.responseCode()) {
            case 0 -> {
              return answer;
            }
            case 1 -> throw new FailedException("EFORMERR");
            case 3 -> throw new FailedException("ENOTFOUND");
            case 2 -> failure = "ESERVFAIL";
            case 4 -> failure = "ENOTIMP";
            case 5 -> failure = "EREFUSED";
            default -> failure = "ESERVFAIL";
          }
        } catch (SocketTimeoutException e) {
          failure = "ETIMEOUT";
        } catch (DnsMessage.MalformedException e) {
          throw new FailedException("EBADRESP");
        } catch (IOException e) {
          failure = "ECONNREFUSED";
        }
        if (cancelled) {
          throw new FailedException("ECANCELLED");
        }
      }
      wait = Math.min(wait * 2, maxTimeout > 0 ? maxTimeout : Integer.MAX_VALUE / 4);
    }
    throw new FailedException(failure);
  }

  /** From now on {@link #cancel} closes the socket; one that came just before closes it here. */
  private void opened(Closeable socket) throws IOException {
    open = socket;
    if (cancelled) {
      socket.close();
    }
  }

  private DnsMessage askUdp(InetSocketAddress server, byte[] query, int id, int wait)
      throws IOException {
    InetAddress local = server.getAddress().getAddress().length == 4 ? local4 : local6;
    try (DatagramSocket socket =
        local == null ? new DatagramSocket() : new DatagramSocket(0, local)) {
      opened(socket);
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length, server));
      byte[] buffer = new byte[65535];
      long deadline = System.nanoTime() + wait * 1_000_000L;
      while (true) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (packet.getLength() < 12) {
          continue;
        }
        // What answers another question is nobody's answer here.
        if (((buffer[0] & 255) << 8 | buffer[1] & 255) == id) {
          return new DnsMessage(buffer, packet.getLength());
        }
      }
    } catch (PortUnreachableException e) {
      throw new IOException(e);
    } finally {
      open = null;
    }
  }

  private DnsMessage askTcp(InetSocketAddress server, byte[] query, int wait) throws IOException {
    try (Socket socket = new Socket()) {
      opened(socket);
      socket.setSoTimeout(wait);
      socket.connect(server, wait);
      byte[] framed = new byte[query.length + 2];
      framed[0] = (byte) (query.length >> 8);
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      OutputStream out = socket.getOutputStream();
      out.write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return new DnsMessage(answer, answer.length);
    } finally {
      open = null;
    }
  }
}
