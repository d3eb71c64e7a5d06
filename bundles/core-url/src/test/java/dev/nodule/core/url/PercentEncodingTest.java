package dev.nodule.core.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Percent-encoding by sets. */
class PercentEncodingTest {
  @Test
  void eachSetEncodesItsOwn() {
    String all = " \"#%&'/:;<=>?@[\\]^`{|}~";
    assertEquals(
        "%20%22#%&'/:;%3C=%3E?@[\\]^%60{|}~",
        PercentEncoding.encode(all, PercentEncoding.FRAGMENT));
    assertEquals(
        "%20%22%23%&'/:;%3C=%3E?@[\\]^`{|}~", PercentEncoding.encode(all, PercentEncoding.QUERY));
    assertEquals(
        "%20%22%23%&%27/:;%3C=%3E?@[\\]^`{|}~",
        PercentEncoding.encode(all, PercentEncoding.SPECIAL_QUERY));
    assertEquals(
        "%20%22%23%&'/:;%3C=%3E%3F@[\\]%5E%60%7B|%7D~",
        PercentEncoding.encode(all, PercentEncoding.PATH));
    assertEquals(
        "%20%22%23%&'%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D~",
        PercentEncoding.encode(all, PercentEncoding.USERINFO));
  }

  @Test
  void controlsAndWhatIsBeyondAsciiAreAlwaysEncoded() {
    assertEquals(
        "%00%1F%7F%C2%80",
        PercentEncoding.encode("\0\u001f\u007f\u0080", PercentEncoding.C0_CONTROL));
    assertTrue(PercentEncoding.C0_CONTROL.contains(0x1F600));
    assertFalse(PercentEncoding.C0_CONTROL.contains(' '));
  }

  @Test
  void whatNeedsNothingIsTheSameString() {
    String plain = new String("plain");
    assertSame(plain, PercentEncoding.encode(plain, PercentEncoding.USERINFO));
    assertSame(plain, PercentEncoding.decode(plain));
  }

  @Test
  void decodesWhatIsEncodedCorrectly() {
    assertEquals("a ü\ufffd", PercentEncoding.decode("a%20%c3%BC%ff"));
    assertEquals("100%", PercentEncoding.decode("100%"));
    assertEquals("%2", PercentEncoding.decode("%2"));
    assertEquals("%g0%0g/", PercentEncoding.decode("%g0%0g%2f"));
  }
}
