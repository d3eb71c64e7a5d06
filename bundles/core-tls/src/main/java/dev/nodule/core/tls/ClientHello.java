package dev.nodule.core.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in its first message, read before an engine exists.
 *
 * @param serverName RFC 6066; null if the client names none
 * @param protocols RFC 7301
 */
record ClientHello(@Nullable String serverName, List<String> protocols) {
  private static final int HANDSHAKE = 22;
  private static final int SERVER_NAME = 0;
  private static final int APPLICATION_PROTOCOLS = 16;

  /**
   * Whether the first record is here as a whole (or is none of TLS, which the engine will find
   * out).
   */
  static boolean isComplete(ByteBuffer in) {
    return in.remaining() >= 5
        && (in.get(in.position()) != HANDSHAKE
            || in.remaining() >= 5 + (in.getShort(in.position() + 3) & 0xffff));
  }

  static ClientHello read(ByteBuffer record) {
    ByteBuffer in = record.duplicate();
    String serverName = null;
    List<String> protocols = new ArrayList<>();
    try {
      if (in.get() != HANDSHAKE) {
        return new ClientHello(null, protocols);
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
        int next = in.position() + length;
        if (type == SERVER_NAME && length > 5) {
          skip(in, 3);
          serverName = new String(bytes(in, in.getShort() & 0xffff), StandardCharsets.US_ASCII);
        } else if (type == APPLICATION_PROTOCOLS) {
          skip(in, 2);
          while (in.position() < next) {
            protocols.add(new String(bytes(in, in.get() & 0xff), StandardCharsets.ISO_8859_1));
          }
        }
        in.position(next);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The engine will say what is wrong with it.
    }
    return new ClientHello(serverName, protocols);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }
}
