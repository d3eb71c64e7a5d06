package dev.nodule.core.dns;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** DNS messages on the wire (RFC 1035): queries out, answers in. */
final class DnsMessage {
  /**
   * One resource record; {@link #data} starts where its data does, in a buffer over the whole
   * message.
   */
  record Answer(String name, int type, long ttl, ByteBuffer data, int length) {}

  private static final int HEADER = 12;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int OPT = 41;
  private static final int UDP_SIZE = 1232;

  private final ByteBuffer message;
  private final List<Answer> answers = new ArrayList<>();

  /** An answer as received. Throws {@link MalformedException} if it is none. */
  DnsMessage(byte[] bytes, int length) {
    message = ByteBuffer.wrap(bytes, 0, length);
    try {
      int questions = message.getShort(4) & 0xffff;
      int count = message.getShort(6) & 0xffff;
      message.position(HEADER);
      for (int i = 0; i < questions; i++) {
        readName(message);
        message.position(message.position() + 4);
      }
      for (int i = 0; i < count; i++) {
        String name = readName(message);
        int type = message.getShort() & 0xffff;
        message.getShort();
        long ttl = message.getInt() & 0xffffffffL;
        int size = message.getShort() & 0xffff;
        int start = message.position();
        answers.add(new Answer(name, type, ttl, message.duplicate().position(start), size));
        message.position(start + size);
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MalformedException();
    }
  }

  /** What was received is no DNS message. */
  static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("malformed DNS message", null, false, false);
    }
  }

  /** The name cannot be asked for. */
  static final class BadNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadNameException() {
      super("bad name", null, false, false);
    }
  }

  int id() {
    return message.getShort(0) & 0xffff;
  }

  boolean isTruncated() {
    return (message.getShort(2) & TRUNCATED) != 0;
  }

  int responseCode() {
    return message.getShort(2) & 15;
  }

  List<Answer> answers() {
    return answers;
  }

  static byte[] query(int id, String name, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    put16(out, id);
    put16(out, RECURSION_DESIRED);
    put16(out, 1);
    put16(out, 0);
    put16(out, 0);
    put16(out, 1);
    putName(out, name);
    put16(out, type);
    put16(out, 1);
    out.write(0);
    put16(out, OPT);
    put16(out, UDP_SIZE);
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    return out.toByteArray();
  }

  private static void put16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private static void putName(ByteArrayOutputStream out, String name) {
    String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (!text.isEmpty()) {
      int total = 0;
      for (String label : ascii(text).split("\\.", -1)) {
        byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
        total += bytes.length + 1;
        if (bytes.length == 0 || bytes.length > 63 || total > 254) {
          throw new BadNameException();
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
    }
    out.write(0);
  }

  private static String ascii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 126) {
        try {
          return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
          throw new BadNameException();
        }
      }
    }
    return name;
  }

  /**
   * A name at the buffer's position, which moves behind it; compression is followed backwards only.
   */
  static String readName(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    int end = -1;
    int lowest = in.position();
    while (true) {
      int length = in.get() & 0xff;
      if (length == 0) {
        break;
      }
      if ((length & 0xc0) == 0xc0) {
        int target = (length & 0x3f) << 8 | in.get() & 0xff;
        if (end < 0) {
          end = in.position();
        }
        if (target >= lowest) {
          throw new MalformedException();
        }
        lowest = target;
        in.position(target);
        continue;
      }
      if (length > 63) {
        throw new MalformedException();
      }
      byte[] label = new byte[length];
      in.get(label);
      if (!name.isEmpty()) {
        name.append('.');
      }
      name.append(new String(label, StandardCharsets.ISO_8859_1));
    }
    if (end >= 0) {
      in.position(end);
    }
    return name.toString();
  }
}
