package dev.nodule.core.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the server learns before it answers, from messages that the JDK's own client sends. */
class ClientHelloTest {
  private static byte[] hello(@Nullable String serverName, String... protocols) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (serverName != null) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(32 * 1024);
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static ClientHello read(byte[] bytes) {
    return ClientHello.read(ByteBuffer.wrap(bytes));
  }

  @Test
  void nameAndProtocolsAreRead() throws Exception {
    ClientHello hello = read(hello("a.example.org", "h2", "http/1.1"));
    assertEquals("a.example.org", hello.serverName());
    assertEquals(List.of("h2", "http/1.1"), hello.protocols());
  }

  @Test
  void aClientNeedNotNameThem() throws Exception {
    ClientHello hello = read(hello(null));
    assertNull(hello.serverName());
    assertEquals(List.of(), hello.protocols());
  }

  @Test
  void readingDoesNotMoveTheBuffer() throws Exception {
    byte[] bytes = hello("a.example");
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 3).position(3).put(bytes).position(3);
    assertTrue(ClientHello.isComplete(buffer));
    assertEquals("a.example", ClientHello.read(buffer).serverName());
    assertEquals(3, buffer.position());
  }

  @Test
  void aRecordIsCompleteWithItsLastByte() throws Exception {
    byte[] bytes = hello("a.example");
    for (int length = 0; length < bytes.length; length++) {
      assertFalse(ClientHello.isComplete(ByteBuffer.wrap(bytes, 0, length)));
    }
    assertTrue(ClientHello.isComplete(ByteBuffer.wrap(bytes)));
  }

  @Test
  void whatIsNoHandshakeIsLeftToTheEngine() {
    byte[] http = "GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertTrue(ClientHello.isComplete(ByteBuffer.wrap(http)));
    assertNull(read(http).serverName());
  }

  @Test
  void aCutOrBrokenMessageIsNoError() throws Exception {
    byte[] bytes = hello("a.example", "h2");
    for (int length = 0; length < bytes.length; length++) {
      read(Arrays.copyOf(bytes, length));
    }
    for (int i = 5; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] = (byte) 0xff;
      read(changed);
    }
  }
}
