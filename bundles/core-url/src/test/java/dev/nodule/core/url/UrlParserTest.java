package dev.nodule.core.url;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing, serializing and changing URLs. */
class UrlParserTest {
  private static UrlRecord parse(String text) {
    return Objects.requireNonNull(UrlParser.parse(text, null), text);
  }

  private static @Nullable String resolve(String text, String base) {
    UrlRecord url = UrlParser.parse(text, parse(base));
    return url == null ? null : url.href();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://example.com            | http://example.com/",
        "  HTTP://EXAMPLE.com:80/      | http://example.com/",
        "https://a:443/b?c#d           | https://a/b?c#d",
        "https://a:444                 | https://a:444/",
        "http://a/b/../c/./d           | http://a/c/d",
        "http://a/%2e%2E/b             | http://a/b",
        "http://a\\b\\c                | http://a/b/c",
        "http:a                        | http://a/",
        "http://u:p@h/                 | http://u:p@h/",
        "http://u@v:p@h/               | http://u%40v:p@h/",
        "http://a/ü?ü#ü                | http://a/%C3%BC?%C3%BC#%C3%BC",
        "http://a/'?'                  | http://a/'?%27",
        "x://a/?'                      | x://a/?'",
        "http://1.2.3                  | http://1.2.0.3/",
        "http://0x7f.1                 | http://127.0.0.1/",
        "http://[::1]:8080/            | http://[::1]:8080/",
        "http://[1:0:0:2::]/           | http://[1:0:0:2::]/",
        "http://[::ffff:1.2.3.4]/      | http://[::ffff:102:304]/",
        "http://bücher.example         | http://xn--bcher-kva.example/",
        "file:///C:/x/../..            | file:///C:/",
        "file://localhost/x            | file:///x",
        "file:x                        | file:///x",
        "mailto:a@b.c                  | mailto:a@b.c",
        "data:text/plain,a b#x y       | data:text/plain,a b#x%20y",
        "non-special://H%41/A/../B     | non-special://H%41/B",
        "javascript:alert(1)           | javascript:alert(1)",
        "blob:https://a/b              | blob:https://a/b",
      })
  void parsesAndSerializes(String input, String href) {
    assertEquals(href, parse(input).href());
    assertEquals(href, parse(href).href(), "parsing again changes nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "//a",
        "http://",
        "http:///",
        "http://a:b/",
        "http://a:65536/",
        "http://a b/",
        "http://[::1/",
        "http://[1:2:3]/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://@/x",
        "http://a<b/",
        "http://%zz/",
        "1http://a",
      })
  void failsOnWhatIsNoUrl(String input) {
    assertNull(UrlParser.parse(input, null));
  }

  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g/, http://a/b/c/g/",
    "../../../g, http://a/g",
    "/g, http://a/g",
    "//g, http://g/",
    "?y, http://a/b/c/d;p?y",
    "'', http://a/b/c/d;p?q",
    "'#s', http://a/b/c/d;p?q#s",
    "http:g, http://a/b/c/g",
    "g:h, g:h",
    "\\x, http://a/x",
  })
  void resolvesAgainstABase(String input, String href) {
    assertEquals(href, resolve(input, "http://a/b/c/d;p?q"));
  }

  @Test
  void anOpaquePathTakesFragmentsAlone() {
    assertEquals("mailto:x#a", resolve("#a", "mailto:x"));
    assertNull(resolve("y", "mailto:x"));
  }

  @Test
  void filesKeepTheirDrive() {
    assertEquals("file:///C:/y", resolve("/y", "file:///C:/x/z"));
    assertEquals("file:///C:/x/y", resolve("y", "file:///C:/x/z"));
    assertEquals("file:///D:/y", resolve("/D|/y", "file:///C:/x/z"));
    assertEquals("d:/y", resolve("D:/y", "file:///C:/x/z"), "a scheme");
    assertEquals("file://h/y", resolve("//h/y", "file:///C:/x"));
  }

  @Test
  void tabsAndLineEndsVanish() {
    assertEquals("http://ab/cd", parse("\u0001ht\ntp://a\tb/c\r\nd ").href());
  }

  @Test
  void loneSurrogatesAreReplaced() {
    assertEquals("http://a/%EF%BF%BDb", parse("http://a/\ud800b").href());
    assertEquals("http://a/%F0%9F%98%80", parse("http://a/\ud83d\ude00").href());
  }

  @Test
  void offsetsFindTheParts() {
    UrlRecord url = parse("https://user:pass@host:8080/path?query#hash");
    String href = url.href();
    assertArrayEquals(new int[] {6, 12, 17, 22, 8080, 27, 32, 38}, url.offsets);
    assertEquals("/path", href.substring(url.offsets[5], url.offsets[6]));
    UrlRecord opaque = parse("data:x");
    assertEquals("data:x", opaque.href());
    assertArrayEquals(new int[] {5, 5, 5, 5, -1, 5, -1, -1}, opaque.offsets);
  }

  @Test
  void aPathOfTwoSlashesDoesNotBecomeAHost() {
    UrlRecord url = parse("web+demo:/.//not-a-host/");
    assertEquals("web+demo:/.//not-a-host/", url.href());
    assertNull(url.host);
  }

  private static String set(String href, UrlSetter part, String value) {
    UrlRecord url = parse(href);
    part.apply(url, value);
    return url.href();
  }

  @Test
  void settersChangeTheirPart() {
    String href = "https://u:p@h:81/a?b#c";
    assertEquals("http://u:p@h:81/a?b#c", set(href, UrlSetter.PROTOCOL, "http"));
    assertEquals("https://%3A:p@h:81/a?b#c", set(href, UrlSetter.USERNAME, ":"));
    assertEquals("https://u@h:81/a?b#c", set(href, UrlSetter.PASSWORD, ""));
    assertEquals("https://u:p@x:82/a?b#c", set(href, UrlSetter.HOST, "x:82/ignored"));
    assertEquals("https://u:p@x:81/a?b#c", set(href, UrlSetter.HOSTNAME, "x"));
    assertEquals("https://u:p@h/a?b#c", set(href, UrlSetter.PORT, "443"));
    assertEquals("https://u:p@h/a?b#c", set(href, UrlSetter.PORT, ""));
    assertEquals("https://u:p@h:9/a?b#c", set(href, UrlSetter.PORT, "9x"));
    assertEquals("https://u:p@h:81/x%3Fy?b#c", set(href, UrlSetter.PATHNAME, "x?y"));
    assertEquals("https://u:p@h:81/a?%23#c", set(href, UrlSetter.SEARCH, "?#"));
    assertEquals("https://u:p@h:81/a#c", set(href, UrlSetter.SEARCH, ""));
    assertEquals("https://u:p@h:81/a?b", set(href, UrlSetter.HASH, ""));
    assertEquals("https://u:p@h:81/a?b##", set(href, UrlSetter.HASH, "##"));
  }

  @Test
  void settersRefuseWhatDoesNotFit() {
    assertEquals("https://h/", set("https://h/", UrlSetter.PROTOCOL, "mailto"));
    assertEquals("https://h/", set("https://h/", UrlSetter.HOSTNAME, "x:1"));
    assertEquals("https://h/", set("https://h/", UrlSetter.HOST, ""));
    assertEquals("https://h:1/", set("https://h:1/", UrlSetter.PORT, "70000"));
    assertEquals("file:///a", set("file:///a", UrlSetter.PORT, "1"));
    assertEquals("file:///a", set("file:///a", UrlSetter.USERNAME, "u"));
    assertEquals("mailto:a", set("mailto:a", UrlSetter.PATHNAME, "/b"));
    assertEquals("mailto:a", set("mailto:a", UrlSetter.HOST, "b"));
  }

  @Test
  void theLastSpaceOfAnOpaquePathIsEncoded() {
    assertEquals("data:x %20", set("data:x  #y", UrlSetter.HASH, ""));
  }

  @Test
  void numbersOfSettersFollowTheJavaScript() {
    assertEquals(UrlSetter.PROTOCOL, UrlSetter.of(0));
    assertEquals(UrlSetter.HASH, UrlSetter.of(8));
    assertNotNull(UrlSetter.of(4));
  }
}
