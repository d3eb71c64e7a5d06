package dev.nodule.core.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The server's name in the first message of a client (RFC 6066), read before an engine exists. */
final class ClientHello {
  private static final int HANDSHAKE = 22;
  private static final int SERVER_NAME = 0;

  private ClientHello() {}

  /** Whether the first record is here as a whole (or is none of TLS, which the engine will find out). */
  static boolean isComplete(ByteBuffer in) {
    return in.remaining() >= 5
        && (in.get(in.position()) != HANDSHAKE
            || in.remaining() >= 5 + (in.getShort(in.position() + 3) & 0xffff));
  }

  /** Null if the client names none. */
  static @Nullable String serverName(ByteBuffer record) {
    ByteBuffer in = record.duplicate();
    try {
      if (in.get() != HANDSHAKE) {
        return null;
      }
      in.position(in.position() + 4 + 4 + 2 + 32);
      skip(in, in.get() & 0xff);
      skip(in, in.getShort() & 0xffff);
      skip(in, in.get() & 0xff);
      int end = in.getShort() & 0xffff;
      end += in.position();
      while (in.position() < end) {
        int type = in.getShort() & 0xffff;
        int length = in.getShort() & 0xffff;
        if (type != SERVER_NAME) {
          skip(in, length);
          continue;
        }
        in.getShort();
        in.get();
        byte[] name = new byte[in.getShort() & 0xffff];
        in.get(name);
        return new String(name, StandardCharsets.US_ASCII);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The engine will say what is wrong with it.
    }
    return null;
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }
}
