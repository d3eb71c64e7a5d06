package dev.nodule.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How NODE_OPTIONS is split, and that the table of options is sound. */
class NodeOptionsTest {
  @Test
  void wordsAreSplitAtSpaces() {
    assertEquals(List.of("-r", "a", "--check"), NodeOptions.split("  -r a   --check "));
    assertEquals(List.of(), NodeOptions.split("   "));
  }

  @Test
  void quotesKeepSpacesTogether() {
    assertEquals(List.of("-r", "a b.js"), NodeOptions.split("-r \"a b.js\""));
    assertEquals(List.of("--x=a b"), NodeOptions.split("--x=\"a b\""));
    assertEquals(List.of(""), NodeOptions.split("\"\""));
  }

  @Test
  void aBackslashQuotesInsideQuotesAlone() {
    assertEquals(List.of("a\"b\\c"), NodeOptions.split("\"a\\\"b\\\\c\""));
    assertEquals(List.of("a\\b"), NodeOptions.split("a\\b"));
  }

  @Test
  void anOpenQuoteIsAnError() {
    BadOptionException exception =
        assertThrows(BadOptionException.class, () -> NodeOptions.split("-r \"a b"));
    assertEquals("invalid value for NODE_OPTIONS (unterminated string)", exception.getMessage());
  }

  @Test
  void everyAliasLeadsToAnOption() {
    List<String> lost = new ArrayList<>();
    NodeOptions.ALIASES.forEach(
        (alias, option) -> {
          if (!NodeOptions.KINDS.containsKey(option)) {
            lost.add(alias + " -> " + option);
          }
        });
    assertEquals(List.of(), lost);
  }

  @Test
  void namesAreSortedAndComplete() {
    String[] names = NodeOptions.sortedNames();
    List<String> sorted = new ArrayList<>(List.of(names));
    sorted.sort(null);
    assertEquals(sorted, List.of(names));
    assertTrue(sorted.containsAll(List.of("-e", "--eval", "-r", "--require")));
  }
}
