package dev.nodule.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  @Test
  void namesLabelsAndNumbersAreWrittenAsTheFormatWants() {
    String text =
        new PrometheusText()
            .family("calls_total", "counter", "Back\\slash and\nline, \"quotes\" stay.")
            .sample(3)
            .sample(0.25, "module", "acme:gpio")
            .sample(1L << 40, "a", "back\\slash", "b", "line\nquote\"")
            .sample(Double.POSITIVE_INFINITY)
            .sample(Double.NaN)
            .toString();
    assertEquals(
        """
        # HELP calls_total Back\\\\slash and\\nline, "quotes" stay.
        # TYPE calls_total counter
        calls_total 3
        calls_total{module="acme:gpio"} 0.25
        calls_total{a="back\\\\slash",b="line\\nquote\\""} 1099511627776
        calls_total +Inf
        calls_total NaN
        """,
        text);
  }

  @Test
  void addressesAreLocalUnlessAHostIsNamed() throws Exception {
    assertEquals("/127.0.0.1:9100", MetricsServer.parse("9100").toString());
    assertEquals("/0.0.0.0:9100", MetricsServer.parse("0.0.0.0:9100").toString());
    assertEquals("/[0:0:0:0:0:0:0:1]:9100", MetricsServer.parse("[::1]:9100").toString());
    for (String wrong : new String[] {"", "x", ":80", "65536", "-1", "::1:80", "host:"}) {
      assertThrows(IllegalArgumentException.class, () -> MetricsServer.parse(wrong), wrong);
    }
  }
}
