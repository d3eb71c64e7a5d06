package dev.nodule.core.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to servers on the loopback interface. */
@Timeout(120)
class DnsQueryTest {
  /** A service that nobody runs, below the ports that systems give away. */
  private static final int TCPMUX = 1;

  /** Longer than a busy machine takes for an answer. */
  private static final int WAIT = 60_000;

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<DatagramSocket> servers = new CopyOnWriteArrayList<>();
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private InetSocketAddress silent;

  @BeforeEach
  void openSilentServer() throws IOException {
    silent = server(id -> List.of());
  }

  @AfterEach
  void close() {
    servers.forEach(DatagramSocket::close);
  }

  /** A server that answers the question of an id with these messages. */
  private InetSocketAddress server(IntFunction<List<byte[]>> answers) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    servers.add(socket);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              byte[] buffer = new byte[512];
              try {
                while (true) {
                  DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                  socket.receive(packet);
                  asked.add(socket.getLocalPort());
                  int id = (buffer[0] & 255) << 8 | buffer[1] & 255;
                  for (byte[] answer : answers.apply(id)) {
                    socket.send(
                        new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                  }
                }
              } catch (IOException e) {
                // Closed.
              }
            });
    return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
  }

  private static byte[] address(int id, int last) {
    return new MessageBuilder()
        .header(id, 0x8180, 1, 1)
        .question("a.example", 1)
        .answer(1, 60, new MessageBuilder().u8(192, 0, 2, last))
        .bytes();
  }

  private static byte[] failure(int id, int code) {
    return new MessageBuilder().header(id, 0x8180 | code, 1, 0).question("a.example", 1).bytes();
  }

  private static DnsQuery query(int timeout, int tries, InetSocketAddress... addresses) {
    return new DnsQuery(List.of(addresses), timeout, 0, tries, null, null);
  }

  private static String code(DnsQuery query) {
    return assertThrows(DnsQuery.FailedException.class, () -> query.ask("a.example", 1))
        .getMessage();
  }

  private static byte[] first(DnsMessage message) {
    return (byte[]) RecordData.A.read(message.answers().getFirst());
  }

  @Test
  void theFirstServerThatAnswersCounts() throws Exception {
    InetSocketAddress refusing = server(id -> List.of(failure(id, 5)));
    InetSocketAddress good = server(id -> List.of(address(id, 1)));
    DnsMessage answer = query(WAIT, 1, refusing, good).ask("a.example", 1);
    assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, first(answer));
    assertEquals(List.of(refusing.getPort(), good.getPort()), asked, "in turn");
  }

  @Test
  void answersToOtherQuestionsAreNotTaken() throws Exception {
    InetSocketAddress confused =
        server(id -> List.of(address(id + 1 & 0xffff, 66), new byte[3], address(id, 2)));
    DnsMessage answer = query(WAIT, 1, confused).ask("a.example", 1);
    assertArrayEquals(new byte[] {(byte) 192, 0, 2, 2}, first(answer));
  }

  @Test
  void aServerThatSaysNoIsBelieved() throws IOException {
    InetSocketAddress good = server(id -> List.of(address(id, 1)));
    assertEquals("ENOTFOUND", code(query(WAIT, 2, server(id -> List.of(failure(id, 3))), good)));
    assertEquals("EFORMERR", code(query(WAIT, 2, server(id -> List.of(failure(id, 1))), good)));
    assertEquals(
        "EBADRESP",
        code(
            query(
                WAIT,
                2,
                server(id -> List.of(new MessageBuilder().u16(id, 0x8180, 1, 1, 0, 0).bytes())))));
  }

  @Test
  void failuresHaveTheNamesOfTheResolver() throws IOException {
    assertEquals("ESERVFAIL", code(query(WAIT, 1, server(id -> List.of(failure(id, 2))))));
    assertEquals("ENOTIMP", code(query(WAIT, 1, server(id -> List.of(failure(id, 4))))));
    assertEquals("EREFUSED", code(query(WAIT, 1, server(id -> List.of(failure(id, 5))))));
    assertEquals("ETIMEOUT", code(query(30, 2, silent)));
    assertEquals(2, asked.stream().filter(port -> port == silent.getPort()).count());
    assertEquals(
        "EBADNAME",
        assertThrows(DnsQuery.FailedException.class, () -> query(9, 1, silent).ask("a..b", 1))
            .getMessage());
  }

  @Test
  void aClosedPortRefuses() throws IOException {
    // Not one that was free a moment ago: any other process may have got it meanwhile.
    InetSocketAddress closed = new InetSocketAddress(LOOPBACK, TCPMUX);
    assertEquals("ECONNREFUSED", code(query(WAIT, 1, closed)));
  }

  @Test
  void aTruncatedAnswerIsFetchedAsAStream() throws Exception {
    try (ServerSocket stream = new ServerSocket(0, 1, LOOPBACK);
        DatagramSocket datagrams = new DatagramSocket(stream.getLocalPort(), LOOPBACK)) {
      Thread server =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      byte[] buffer = new byte[512];
                      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                      datagrams.receive(packet);
                      byte[] cut = failure((buffer[0] & 255) << 8 | buffer[1] & 255, 0);
                      cut[2] |= 2;
                      datagrams.send(
                          new DatagramPacket(cut, cut.length, packet.getSocketAddress()));
                      try (Socket socket = stream.accept()) {
                        DataInputStream in = new DataInputStream(socket.getInputStream());
                        byte[] question = new byte[in.readUnsignedShort()];
                        in.readFully(question);
                        byte[] answer = address((question[0] & 255) << 8 | question[1] & 255, 7);
                        socket
                            .getOutputStream()
                            .write(new MessageBuilder().u16(answer.length).bytes());
                        socket.getOutputStream().write(answer);
                      }
                    } catch (IOException e) {
                      // The assertion below says that nothing came.
                    }
                  });
      DnsMessage answer =
          query(WAIT, 1, new InetSocketAddress(LOOPBACK, stream.getLocalPort()))
              .ask("a.example", 1);
      assertArrayEquals(new byte[] {(byte) 192, 0, 2, 7}, first(answer));
      server.join();
    }
  }

  @Test
  void aQuestionCanBeCancelledFromAnotherThread() throws Exception {
    DnsQuery query = query(WAIT, 1, silent);
    Thread canceller =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (asked.isEmpty()) {
                    Thread.onSpinWait();
                  }
                  query.cancel();
                });
    assertEquals("ECANCELLED", code(query));
    canceller.join();
  }

  @Test
  void whatWasCancelledBeforeItBeganIsNotAsked() {
    DnsQuery query = query(WAIT, 1, silent);
    query.cancel();
    assertEquals("ECANCELLED", code(query));
  }
}
