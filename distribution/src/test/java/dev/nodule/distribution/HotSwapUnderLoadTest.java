package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code benchmarks/hot-swap}, client and server on Nodule: nothing may be lost.
 */
class HotSwapUnderLoadTest {
  @Test
  void nothingIsLost() {
    Nodule.Result result =
        Nodule.run(
            Nodule.CHECKOUT,
            Map.of(),
            null,
            "benchmarks/hot-swap",
            "--load=own",
            "--swaps=20",
            "--seconds=4",
            "--warmup=1",
            "--connections=10",
            "--json");
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
    String last = result.out().strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    for (String none :
        new String[] {"\"failedRequests\":0,", "\"cutConnections\":0,", "\"wrongBytes\":0,"}) {
      assertTrue(last.contains(none), last);
    }
    assertTrue(last.startsWith("{\"swaps\":20,"), last);
  }
}
