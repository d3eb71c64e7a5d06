package dev.nodule.core.http;

import static dev.nodule.core.http.MessageParser.Kind.REQUEST;
import static dev.nodule.core.http.MessageParser.Kind.RESPONSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nodule.core.http.MessageHandler.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages whole, torn at every place, and octet by octet: the obvious slow way must give what the
 * fast one gives.
 */
class MessageParserTest {
  private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Long:  spaces \t\r\n\r\n";
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "5;name=\"va\\\"lue\"\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: yes\r\n\r\n";

  @Test
  void requestWithoutBody() {
    check(REQUEST, GET, "begin", "head 1 /a?b=c 1.1 keep-alive [Host|x|X-Long|spaces]", "complete");
  }

  @Test
  void pipelinedRequests() {
    check(
        REQUEST,
        GET + "\r\n" + GET,
        "begin",
        "head 1 /a?b=c 1.1 keep-alive [Host|x|X-Long|spaces]",
        "complete",
        "begin",
        "head 1 /a?b=c 1.1 keep-alive [Host|x|X-Long|spaces]",
        "complete");
  }

  @Test
  void chunkedBodyWithExtensionAndTrailer() {
    check(
        REQUEST,
        CHUNKED,
        "begin",
        "head 3 / 1.1 keep-alive [Host|x|Transfer-Encoding|chunked]",
        "body hello world",
        "complete [Trailer|yes]");
  }

  @Test
  void bodyOfLength() {
    check(
        REQUEST,
        "PUT /x HTTP/1.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
        "begin",
        "head 4 /x 1.1 [Content-Length|3|Connection|close]",
        "body abc",
        "complete");
  }

  @Test
  void responseUntilClose() {
    check(
        RESPONSE,
        "HTTP/1.1 200 OK\r\nA: b\r\n\r\nall of it",
        "begin",
        "head 200 OK 1.1 [A|b]",
        "body all of it",
        "complete");
  }

  @Test
  void interimResponses() {
    check(
        RESPONSE,
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "begin",
        "head 100 Continue 1.1 keep-alive []",
        "complete",
        "begin",
        "head 200 OK 1.1 keep-alive [Content-Length|0]",
        "complete");
  }

  @Test
  void connectEndsHttp() {
    check(
        REQUEST,
        "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n\0raw",
        "begin",
        "head 5 a:443 1.1 keep-alive [Host|a]",
        "complete",
        "upgraded");
  }

  @Test
  void upgradeAfterBody() {
    check(
        REQUEST,
        "POST / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n\r\nabraw",
        "begin",
        "head 3 / 1.1 keep-alive [Connection|upgrade|Upgrade|x|Content-Length|2]",
        "body ab",
        "complete",
        "upgraded");
  }

  @Test
  void headResponseHasNoBody() {
    assertEquals(
        List.of("begin", "head 200 OK 1.1 keep-alive [Content-Length|5]", "complete"),
        Recorder.record(
            RESPONSE,
            0,
            Verdict.NO_BODY,
            List.of(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"))));
  }

  @Test
  void foldedLineOnlyWhenLenient() {
    String folded = "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n";
    check(
        REQUEST,
        folded,
        "begin",
        "error HPE_INVALID_HEADER_TOKEN: Unexpected whitespace after header value");
    assertEquals(
        List.of("begin", "head 1 / 1.1 keep-alive [A|b c]", "complete"),
        Recorder.record(REQUEST, Leniency.HEADERS, Verdict.CONTINUE, List.of(bytes(folded))));
  }

  @Test
  void headerLargerThanAllowed() {
    check(
        REQUEST,
        "GET / HTTP/1.1\r\nA: " + "x".repeat(1100) + "\r\n\r\n",
        "begin",
        "error HPE_HEADER_OVERFLOW: Header overflow");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "HPE_INVALID_METHOD, FOO / HTTP/1.1\\r\\n",
        "HPE_INVALID_METHOD, GET\\t/ HTTP/1.1\\r\\n",
        "HPE_INVALID_URL, GET x y HTTP/1.1\\r\\n",
        "HPE_INVALID_CONSTANT, GET / HTTX/1.1\\r\\n",
        "HPE_INVALID_VERSION, GET / HTTP/1.5\\r\\n",
        "HPE_INVALID_HEADER_TOKEN, GET / HTTP/1.1\\r\\nA b: c\\r\\n",
        "HPE_INVALID_HEADER_TOKEN, GET / HTTP/1.1\\r\\nHost : c\\r\\n",
        "HPE_INVALID_HEADER_TOKEN, GET / HTTP/1.1\\r\\nA: b\\0c\\r\\n",
        "HPE_CR_EXPECTED, GET / HTTP/1.1\\r\\nA: b\\nC: d\\r\\n",
        "HPE_LF_EXPECTED, GET / HTTP/1.1\\r\\nA: b\\rC: d\\r\\n",
        "HPE_INVALID_CONTENT_LENGTH, POST / HTTP/1.1\\r\\nContent-Length: 1x\\r\\n\\r\\n",
        "HPE_INVALID_CONTENT_LENGTH, POST / HTTP/1.1\\r\\nContent-Length: \\r\\n\\r\\n",
        "HPE_UNEXPECTED_CONTENT_LENGTH, POST / HTTP/1.1\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n",
        "HPE_INVALID_TRANSFER_ENCODING, POST / HTTP/1.1\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n",
        "HPE_INVALID_CONTENT_LENGTH, POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 1\\r\\n",
        "HPE_INVALID_TRANSFER_ENCODING, POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked; identity\\r\\n\\r\\n",
        "HPE_INVALID_CHUNK_SIZE, POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz",
        "HPE_INVALID_CHUNK_SIZE, POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n11111111111111111\\r\\n",
        "HPE_STRICT, POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\naXX",
        "HPE_CLOSED_CONNECTION, GET / HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\nGET / HTTP/1.1\\r\\n",
        "HPE_INVALID_EOF_STATE, GET / HT",
      })
  void invalidRequests(String code, String escaped) {
    String text =
        escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    List<String> events = torn(REQUEST, text);
    assertEquals(code, events.getLast().substring("error ".length()).split(":", 2)[0]);
  }

  private static void check(MessageParser.Kind kind, String text, String... expected) {
    assertEquals(List.of(expected), torn(kind, text));
  }

  /**
   * What the text gives, whole; the same must come of it torn in two anywhere, and in single
   * octets.
   */
  private static List<String> torn(MessageParser.Kind kind, String text) {
    byte[] bytes = bytes(text);
    List<String> whole = Recorder.record(kind, 0, Verdict.CONTINUE, List.of(bytes));
    for (int at = 1; at < bytes.length; at++) {
      List<byte[]> two =
          List.of(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
      assertEquals(whole, Recorder.record(kind, 0, Verdict.CONTINUE, two), "torn at " + at);
    }
    List<byte[]> octets = new ArrayList<>();
    for (byte octet : bytes) {
      octets.add(new byte[] {octet});
    }
    assertEquals(whole, Recorder.record(kind, 0, Verdict.CONTINUE, octets), "octet by octet");
    return whole;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
