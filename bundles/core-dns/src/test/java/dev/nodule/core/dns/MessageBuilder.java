package dev.nodule.core.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what a server sends. */
final class MessageBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  MessageBuilder header(int id, int flags, int questions, int answers) {
    return u16(id, flags, questions, answers, 0, 0);
  }

  MessageBuilder u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  MessageBuilder u16(int... values) {
    for (int value : values) {
      u8(value >> 8, value);
    }
    return this;
  }

  MessageBuilder u32(long value) {
    return u16((int) (value >> 16), (int) value);
  }

  MessageBuilder text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  MessageBuilder name(String name) {
    for (String label : name.split("\\.")) {
      text(label);
    }
    return u8(0);
  }

  MessageBuilder question(String name, int type) {
    return name(name).u16(type, 1);
  }

  /** A record whose name is the question's. */
  MessageBuilder answer(int type, long ttl, MessageBuilder data) {
    byte[] bytes = data.bytes();
    u16(0xc00c, type, 1).u32(ttl).u16(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
