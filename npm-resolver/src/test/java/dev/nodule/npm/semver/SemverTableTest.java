package dev.nodule.npm.semver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shared table of node-semver's answers: range, version, flags, result, normalised range. */
class SemverTableTest {
  @Test
  void agreesWithNodeSemver() throws IOException {
    var mismatches = new ArrayList<String>();
    int rows = 0;
    try (var in = SemverTableTest.class.getResourceAsStream("/semver-cases.tsv")) {
      for (String row : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] f = row.split("\t", -1);
        boolean loose = f[2].contains("l");
        var range = Range.parse(f[0], loose, f[2].contains("p"));
        boolean answer = range != null && range.test(Version.parse(f[1], loose));
        if (answer != Boolean.parseBoolean(f[3]) || !String.valueOf(range).equals(f[4])) {
          mismatches.add(row + " but was " + answer + " " + range);
        }
        rows++;
      }
    }
    assertEquals(6002, rows);
    assertEquals(List.of(), mismatches);
  }
}
