package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code benchmarks/hot-swap}, client and server on Nodule: nothing may be lost,
 * and nothing of a revision may stay.
 */
class HotSwapUnderLoadTest {
  /** What inline caches hold of earlier revisions is a handful, however many swaps there are. */
  private static final int HANDFUL = 8;

  @Test
  void nothingIsLostAndNothingStays() {
    Nodule.Result result =
        Nodule.run(
            Nodule.CHECKOUT,
            Map.of(),
            null,
            "benchmarks/hot-swap",
            "--load=own",
            "--modules=http,net,fs",
            "--swaps=48",
            "--seconds=8",
            "--warmup=1",
            "--heap",
            "--connections=10",
            "--json");
    assertEquals(0, result.exitCode(), () -> result.out() + result.err());
    String last = result.out().strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    for (String none :
        new String[] {"\"failedRequests\":0,", "\"cutConnections\":0,", "\"wrongBytes\":0,"}) {
      assertTrue(last.contains(none), last);
    }
    assertTrue(last.startsWith("{\"swaps\":48,"), last);
    int afterTen = classLoaders(last, "afterTenSwaps");
    int atTheEnd = classLoaders(last, "atTheEnd");
    assertTrue(
        atTheEnd - afterTen <= HANDFUL, () -> "class loaders " + afterTen + " -> " + atTheEnd);
  }

  private static int classLoaders(String json, String when) {
    Matcher matcher =
        Pattern.compile('"' + when + "\":\\{[^}]*\"classLoaders\":(\\d+)").matcher(json);
    assertTrue(matcher.find(), json);
    return Integer.parseInt(matcher.group(1));
  }
}
