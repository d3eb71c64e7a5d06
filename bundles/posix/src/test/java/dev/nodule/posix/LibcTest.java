package dev.nodule.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results, errors and memory of calls. */
class LibcTest {
  private static final int ENOENT = 2;
  private static final int EBADF = 9;
  private static final int EINVAL = 22;

  @Test
  void aResultIsTheFunctionsOwn() {
    assertEquals(ProcessHandle.current().pid(), Libc.call("getpid"));
    assertEquals(
        ProcessHandle.current().pid(), Libc.call(Libc.function("getpid"), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void aFailureIsTheNegatedErrno() {
    assertEquals(-EBADF, Libc.call("close", -1));
    assertEquals(-EBADF, Libc.callOnce(Libc.function("close"), 1 << 20));
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(-ENOENT, Libc.call("open", arena.allocateFrom("/no/such/file").address(), 0));
      assertEquals(-EINVAL, Libc.call("fcntl", 0, 12345, 0));
    }
  }

  @Test
  void errorsOfThreadsAreTheirOwn() throws InterruptedException {
    Libc.call("close", -1);
    int[] other = new int[1];
    Thread thread = Thread.ofPlatform().start(() -> other[0] = Libc.call("kill", 0x3fffffff, 0));
    thread.join();
    assertEquals(-3, other[0]);
    assertEquals(-EBADF, Libc.call("close", -1));
  }

  @Test
  void pointersAreNullOrNot() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(4096);
      MemorySegment realpath = Libc.function("realpath");
      assertEquals(
          0,
          Libc.callForPointer(realpath, arena.allocateFrom("/usr/..").address(), buffer.address()));
      assertEquals("/", buffer.getString(0));
      assertEquals(
          -ENOENT,
          Libc.callForPointer(realpath, arena.allocateFrom("/none").address(), buffer.address()));
    }
  }

  @Test
  void bytesGoThroughADescriptor() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(8, 4);
      assertEquals(0, Libc.call("pipe", pair.address()));
      int reader = pair.get(ValueLayout.JAVA_INT, 0);
      int writer = pair.get(ValueLayout.JAVA_INT, 4);
      MemorySegment text = arena.allocateFrom("text", StandardCharsets.US_ASCII);
      MemorySegment back = arena.allocate(16);
      assertEquals(4, Libc.call("write", writer, text.address(), 4));
      assertEquals(4, Libc.call("read", reader, back.address(), 16));
      assertEquals("text", back.getString(0));
      Libc.close(writer);
      assertEquals(0, Libc.call("read", reader, back.address(), 16));
      Libc.close(reader);
      assertEquals(-EBADF, Libc.call("read", reader, back.address(), 16));
      Libc.close(-1);
    }
  }

  @Test
  void whatTheLibraryHasNotIsNamed() {
    assertTrue(Libc.has("read"));
    assertFalse(Libc.has("no_such_function"));
    UnsatisfiedLinkError error =
        assertThrows(UnsatisfiedLinkError.class, () -> Libc.call("no_such_function"));
    assertEquals("the C library has no no_such_function", error.getMessage());
  }

  @Test
  void stringsEndInNull() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment array = CStrings.array(arena, List.of("one", "zwölf"));
      assertEquals(3 * ValueLayout.ADDRESS.byteSize(), array.byteSize());
      assertEquals(
          "zwölf",
          array.getAtIndex(ValueLayout.ADDRESS, 1).reinterpret(Long.MAX_VALUE).getString(0));
      assertEquals(MemorySegment.NULL, array.getAtIndex(ValueLayout.ADDRESS, 2));
      assertEquals(1, CStrings.array(arena, List.of()).byteSize() / ValueLayout.ADDRESS.byteSize());
    }
  }
}
