package dev.nodule.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables against the rules as the RFCs write them. */
class CharClassTest {
  @Test
  void token() {
    check("[!#$%&'*+\\-.^_`|~0-9A-Za-z]", CharClass.TOKEN);
  }

  @Test
  void fieldValue() {
    check("[\\t \\x21-\\x7e\\x80-\\xff]", CharClass.FIELD_VALUE);
  }

  @Test
  void relaxedFieldValue() {
    check("[^\\x00\\r\\n]", CharClass.RELAXED_FIELD_VALUE);
  }

  @Test
  void quotedText() {
    check("[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]", CharClass.QDTEXT);
  }

  @Test
  void target() {
    check("[\\x21-\\x7e&&[^#?]]", CharClass.TARGET);
  }

  @Test
  void methodsAreFoundByTheirTrie() {
    for (int method = 0; method < Method.NAMES.size(); method++) {
      int node = 0;
      for (char c : Method.NAMES.get(method).toCharArray()) {
        node = Method.step(node, c);
      }
      assertEquals(method, Method.at(node));
    }
  }

  private static void check(String rule, boolean[] table) {
    Pattern pattern = Pattern.compile(rule, Pattern.DOTALL);
    for (int c = 0; c < 256; c++) {
      assertEquals(pattern.matcher(String.valueOf((char) c)).matches(), table[c], "octet " + c);
    }
  }
}
