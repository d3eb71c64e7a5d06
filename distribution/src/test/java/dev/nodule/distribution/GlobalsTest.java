package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Globals and core modules hold what those of Node.js hold, but for what docs/globals.md lists. */
class GlobalsTest {
  @Test
  void nothingDiffersBeyondTheTable() {
    Nodule.Result result =
        Nodule.run(
            Nodule.CHECKOUT,
            Map.of(),
            null,
            Nodule.CHECKOUT.resolve("conformance/globals.cjs").toString());
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
  }
}
