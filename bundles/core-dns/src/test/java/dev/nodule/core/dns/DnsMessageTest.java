package dev.nodule.core.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages on the wire. */
class DnsMessageTest {
  private static DnsMessage read(MessageBuilder builder) {
    byte[] bytes = builder.bytes();
    return new DnsMessage(bytes, bytes.length);
  }

  private static Object data(RecordData type, MessageBuilder data) {
    DnsMessage message =
        read(
            new MessageBuilder()
                .header(1, 0x8180, 1, 1)
                .question("a.example", type.number())
                .answer(type.number(), 300, data));
    return type.read(message.answers().getFirst());
  }

  @Test
  void aQuestionAsksForOneNameWithExtensions() {
    byte[] query = DnsMessage.query(0x1234, "ab.example.", 28);
    assertArrayEquals(
        new MessageBuilder()
            .u16(0x1234, 0x0100, 1, 0, 0, 1)
            .question("ab.example", 28)
            .u8(0)
            .u16(41, 1232, 0, 0, 0)
            .bytes(),
        query);
  }

  @Test
  void namesOfOtherScriptsAreAskedForInAscii() {
    byte[] query = DnsMessage.query(1, "bücher.example", 1);
    ByteBuffer buffer = ByteBuffer.wrap(query).position(12);
    assertEquals("xn--bcher-kva.example", DnsMessage.readName(buffer));
  }

  @Test
  void theRootIsAnEmptyName() {
    assertEquals(0, DnsMessage.query(1, ".", 2)[12]);
    assertEquals(0, DnsMessage.query(1, "", 2)[12]);
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    for (String name :
        List.of("a..b", ".a", "x".repeat(64) + ".de", ("x".repeat(62) + ".").repeat(5) + "de")) {
      assertThrows(DnsMessage.BadNameException.class, () -> DnsMessage.query(1, name, 1), name);
    }
    assertEquals(63, DnsMessage.query(1, "x".repeat(63), 1)[12]);
  }

  @Test
  void theHeaderTellsHowItWent() {
    DnsMessage message = read(new MessageBuilder().header(0xfffe, 0x8383, 1, 0).question("a.b", 1));
    assertEquals(0xfffe, message.id());
    assertTrue(message.isTruncated());
    assertEquals(3, message.responseCode());
    assertFalse(read(new MessageBuilder().header(1, 0x8180, 0, 0)).isTruncated());
  }

  @Test
  void answersHaveNameTypeAndTime() {
    DnsMessage message =
        read(
            new MessageBuilder()
                .header(1, 0x8180, 1, 2)
                .question("www.example", 1)
                .answer(5, 0xffffffffL, new MessageBuilder().name("other"))
                .answer(1, 60, new MessageBuilder().u8(192, 0, 2, 255)));
    assertEquals(2, message.answers().size());
    assertEquals("www.example", message.answers().get(0).name());
    assertEquals(5, message.answers().get(0).type());
    assertEquals(4294967295L, message.answers().get(0).ttl());
    assertEquals("other", RecordData.CNAME.read(message.answers().get(0)));
    assertArrayEquals(
        new byte[] {(byte) 192, 0, 2, (byte) 255},
        (byte[]) RecordData.A.read(message.answers().get(1)));
  }

  @Test
  void namesAreCompressedWithinTheWholeMessage() {
    // "mail" and then the question's name at offset 12.
    Object exchange = data(RecordData.MX, new MessageBuilder().u16(10).text("mail").u16(0xc00c));
    assertEquals(Map.of("exchange", "mail.a.example", "priority", 10), exchange);
  }

  @Test
  void namesThatPointForwardsOrToThemselvesAreMalformed() {
    ByteBuffer self = ByteBuffer.wrap(new byte[] {(byte) 0xc0, 0});
    assertThrows(DnsMessage.MalformedException.class, () -> DnsMessage.readName(self));
    ByteBuffer forwards = ByteBuffer.wrap(new byte[] {(byte) 0xc0, 2, 1, 'a', 0});
    assertThrows(DnsMessage.MalformedException.class, () -> DnsMessage.readName(forwards));
    ByteBuffer reserved = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0});
    assertThrows(DnsMessage.MalformedException.class, () -> DnsMessage.readName(reserved));
  }

  @Test
  void everyCutMessageIsMalformed() {
    byte[] bytes =
        new MessageBuilder()
            .header(1, 0x8180, 1, 1)
            .question("a.example", 1)
            .answer(1, 60, new MessageBuilder().u8(1, 2, 3, 4))
            .bytes();
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThrows(
          DnsMessage.MalformedException.class, () -> new DnsMessage(bytes, cut), "at " + cut);
    }
    assertEquals(1, new DnsMessage(bytes, bytes.length).answers().size());
  }

  @Test
  void recordsHaveTheirPropertiesInOrder() {
    assertEquals(
        "{name=srv.x, port=8080, priority=1, weight=65535}",
        data(RecordData.SRV, new MessageBuilder().u16(1, 65535, 8080).name("srv.x")).toString());
    assertEquals(
        "{nsname=ns.x, hostmaster=root.x, serial=4294967295, refresh=1, retry=2, expire=3, minttl=4}",
        data(
                RecordData.SOA,
                new MessageBuilder()
                    .name("ns.x")
                    .name("root.x")
                    .u32(0xffffffffL)
                    .u32(1)
                    .u32(2)
                    .u32(3)
                    .u32(4))
            .toString());
    assertEquals(
        "{flags=s, service=SIP+D2U, regexp=, replacement=sip.x, order=30, preference=100}",
        data(
                RecordData.NAPTR,
                new MessageBuilder().u16(30, 100).text("s").text("SIP+D2U").text("").name("sip.x"))
            .toString());
    assertEquals(
        "{critical=128, issue=ca.x}",
        data(RecordData.CAA, new MessageBuilder().u8(128).text("issue").u8('c', 'a', '.', 'x'))
            .toString());
    assertEquals(
        List.of("one", "two ä"),
        data(RecordData.TXT, new MessageBuilder().text("one").text("two ä")));
  }

  @Test
  void certificateAssociationsCarryTheirBytes() {
    @SuppressWarnings("unchecked")
    Map<String, Object> record =
        (Map<String, Object>) data(RecordData.TLSA, new MessageBuilder().u8(3, 1, 2, 9, 8, 7));
    assertEquals(List.of("certUsage", "selector", "match", "data"), List.copyOf(record.keySet()));
    assertEquals(3, record.get("certUsage"));
    assertArrayEquals(new byte[] {9, 8, 7}, (byte[]) record.get("data"));
  }

  @Test
  void addressesAreAskedForBackwards() {
    assertEquals(
        "4.3.2.255.in-addr.arpa", RecordData.reverseName(new byte[] {(byte) 255, 2, 3, 4}));
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    loopback[0] = (byte) 0xfe;
    assertEquals("1." + "0.".repeat(29) + "e.f.ip6.arpa", RecordData.reverseName(loopback));
  }

  @Test
  void onlyLiteralsAreAddresses() {
    assertArrayEquals(new byte[] {127, 0, 0, 1}, RecordData.address("127.0.0.1"));
    assertEquals(16, RecordData.address("::1").length);
    assertEquals(null, RecordData.address("localhost"));
    assertEquals(null, RecordData.address(""));
  }
}
