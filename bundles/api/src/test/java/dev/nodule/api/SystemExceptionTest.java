package dev.nodule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages and properties of failed system calls, as programs read them. */
class SystemExceptionTest {
  @Test
  void theMessageNamesTheCallAlone() {
    SystemException exception = new SystemException(Errno.EBADF, "read");
    assertEquals("EBADF: bad file descriptor, read", exception.getMessage());
    assertEquals(List.of("errno", "code", "syscall"), List.copyOf(exception.properties().keySet()));
  }

  @Test
  void theMessageQuotesThePath() {
    SystemException exception = new SystemException(Errno.ENOENT, "open", "/no'where");
    assertEquals("ENOENT: no such file or directory, open '/no'where'", exception.getMessage());
    assertEquals("/no'where", exception.properties().get("path"));
    assertFalse(exception.properties().containsKey("dest"));
  }

  @Test
  void theMessageShowsBothPaths() {
    SystemException exception = new SystemException(Errno.EXDEV, "rename", "/a", "/b");
    assertEquals(
        "EXDEV: cross-device link not permitted, rename '/a' -> '/b'", exception.getMessage());
    assertEquals(
        List.of("errno", "code", "syscall", "path", "dest"),
        List.copyOf(exception.properties().keySet()));
  }

  @Test
  void theNumberIsNegative() {
    SystemException exception = new SystemException(Errno.EACCES, "open");
    assertEquals(-13, exception.properties().get("errno"));
    assertEquals("EACCES", exception.properties().get("code"));
    assertSame(Errno.EACCES, exception.errno());
    assertSame(NodeException.Kind.ERROR, exception.kind());
  }

  @Test
  void anErrorTakesFurtherProperties() {
    NodeException exception =
        new NodeException(NodeException.Kind.RANGE_ERROR, null, "too much").with("limit", 3);
    assertFalse(exception.properties().containsKey("code"));
    assertEquals(3, exception.properties().get("limit"));
    assertEquals(0, exception.getStackTrace().length, "the stack is JavaScript's");
    assertEquals(
        "ERR_X", new NodeException("ERR_X", "text").with("a", null).properties().get("code"));
  }
}
