package dev.nodule.npm.semver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Any text is a version or a range, or is none; it is never an exception, and reads back as itself.
 */
class SemverFuzzTest {
  @FuzzTest(maxDuration = "3m")
  void anyTextIsReadOrRefused(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    for (boolean loose : new boolean[] {false, true}) {
      var version = Version.parse(text, loose);
      if (version != null) {
        assertEquals(version, Version.parse(version.toString(), loose), text);
        assertEquals(0, version.compareTo(version), text);
      }
      var range = Range.parse(text, loose, loose);
      if (range != null) {
        range.test(version != null ? version : Version.parse("1.2.3", false));
        range.contains(range);
        range.intersects(range);
        var again = Range.parse(range.toString(), loose, loose);
        assertEquals(range.toString(), String.valueOf(again), text);
      }
    }
  }
}
