package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code benchmarks/soak/run}, client and server on Nodule: nothing is lost, and
 * what is there when the load has gone is what was there before most of it. Slopes need a longer
 * run.
 */
@Tag("image")
class SoakTest {
  private static final long TIMEOUT_SECONDS = 900;

  @Test
  void nothingIsLostAndNothingStays() {
    Nodule.Result result =
        Nodule.run(
            TIMEOUT_SECONDS,
            Nodule.CHECKOUT,
            Map.of(),
            null,
            "benchmarks/soak/run",
            "--seconds=40",
            "--sample=10",
            "--swap=4",
            "--no-trend",
            "--json");
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
    assertTrue(result.out().contains("\"lost\":0,"), result::out);
    assertTrue(result.out().contains("\"defects\":[]"), result::out);
  }
}
