package dev.nodule.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an address, and how it is written. */
class IpTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "1.20.3.100"})
  void fourNumbersAreVersion4(String text) {
    assertEquals(4, IpText.version(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "1:2:3:4:5:6:1.2.3.4",
        "ABCD:ef01::",
      })
  void groupsAreVersion6(String text) {
    assertEquals(6, IpText.version(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "256.1.1.1",
        "1.2.3.",
        "1..2.3",
        "1.2.3.4 ",
        "1.2.3.x",
        "٣.2.3.4",
        ":",
        ":::",
        ":1",
        "1:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1::2::3",
        "12345::",
        "g::",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1%",
        "::1%a b",
        "[::1]",
        "localhost",
      })
  void otherTextIsNoAddress(String text) {
    assertEquals(0, IpText.version(text));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "255.0.0.1, 255.0.0.1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:0:1:0:0:0:0, 0:0:0:1::",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::1.2.3.4, ::1.2.3.4",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304",
  })
  void addressesAreWrittenCanonically(String text, String canonical) {
    assertEquals(canonical, IpText.of(IpText.parse(text).getAddress()));
  }

  @Test
  void anIpv4AddressInIpv6StaysIpv6() {
    assertEquals(16, IpText.parse("::ffff:1.2.3.4").getAddress().length);
    assertEquals(4, IpText.parse("1.2.3.4").getAddress().length);
  }

  @Test
  void aZoneThatDoesNotExistIsLeftOut() {
    assertEquals("fe80::1", IpText.of(IpText.parse("fe80::1%nowhere0").getAddress()));
    assertThrows(IllegalArgumentException.class, () -> IpText.parse("1:2:3:4:5:6:7:8:9"));
  }

  @Test
  void noAddressHasNoText() {
    assertNull(IpText.of((InetSocketAddress) null));
    assertEquals(
        "1.2.3.4",
        Objects.requireNonNull(IpText.of(new InetSocketAddress(IpText.parse("1.2.3.4"), 1))));
  }
}
