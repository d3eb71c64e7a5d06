package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real packages, installed by Nodule and used as their READMEs show: those of {@code
 * conformance/packages} that say that they are fast.
 */
class PackagesTest {
  private static final long TIMEOUT_SECONDS = 600;

  @TempDir Path work;

  @Test
  void fastSubset() {
    Nodule.Result result =
        Nodule.run(
            TIMEOUT_SECONDS,
            work,
            Map.of(),
            null,
            Nodule.CHECKOUT.resolve("conformance/packages/run.mjs").toString(),
            "--fast",
            "--work",
            work.toString());
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
    assertTrue(result.out().contains("12 of 12 pass"), result::out);
  }
}
