package dev.nodule.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of error numbers. */
class ErrnoTest {
  @Test
  void everyNumberLeadsBackToItsConstant() {
    Set<Integer> seen = new HashSet<>();
    for (Errno errno : Errno.values()) {
      assertTrue(seen.add(errno.number()), () -> errno + " has the number of another");
      assertSame(errno, Errno.of(errno.number()));
      assertFalse(errno.text().isBlank());
    }
  }

  @Test
  void numbersAreThoseOfLinux() {
    assertSame(Errno.ENOENT, Errno.of(2));
    assertSame(Errno.EAGAIN, Errno.of(11));
    assertSame(Errno.ECONNREFUSED, Errno.of(111));
    assertSame(Errno.EOF, Errno.of(4095));
  }

  @Test
  void whatNobodyKnowsIsUnknown() {
    assertSame(Errno.UNKNOWN, Errno.of(123456));
    assertSame(Errno.UNKNOWN, Errno.of(0));
    assertSame(Errno.UNKNOWN, Errno.of(-2));
  }
}
