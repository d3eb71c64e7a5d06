package dev.nodule.core.process;

import dev.nodule.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Which C library this is: installers and loaders of programs ask for it by the report. */
final class LibcVersion {
  private static final int CS_GNU_LIBC_VERSION = 2;
  private static final int MAX_LENGTH = 64;
  private static final String NAME = "glibc ";

  private LibcVersion() {}

  /** The version of the GNU C library, or null where it is another one. */
  static @Nullable String glibc() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MAX_LENGTH);
      if (Libc.call("confstr", CS_GNU_LIBC_VERSION, buffer.address(), MAX_LENGTH) <= 0) {
        return null;
      }
      String text = buffer.getString(0);
      return text.startsWith(NAME) ? text.substring(NAME.length()) : null;
    }
  }
}
