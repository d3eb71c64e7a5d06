package dev.nodule.core.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One element of DER (X.690): its tag and its content. */
record Der(int tag, byte[] content) {
  static final int OCTETS = 4;
  static final int OBJECT_IDENTIFIER = 6;
  private static final int UTF8_STRING = 12;
  private static final int BMP_STRING = 30;
  private static final int UNIVERSAL_STRING = 28;

  /** The first element in {@code bytes}. */
  static Der read(byte[] bytes) {
    return all(bytes).getFirst();
  }

  /** The elements inside. */
  List<Der> children() {
    return all(content);
  }

  private static List<Der> all(byte[] bytes) {
    List<Der> elements = new ArrayList<>();
    int at = 0;
    while (at + 2 <= bytes.length) {
      int tag = bytes[at++] & 0xff;
      int length = bytes[at++] & 0xff;
      if (length > 127) {
        int count = length & 0x7f;
        length = 0;
        for (int i = 0; i < count; i++) {
          length = length << 8 | bytes[at++] & 0xff;
        }
      }
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("not enough data");
      }
      elements.add(new Der(tag, Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    return elements;
  }

  /** An object identifier in dotted form. */
  String identifier() {
    StringBuilder dotted = new StringBuilder();
    long value = 0;
    boolean first = true;
    for (byte part : content) {
      value = value << 7 | part & 0x7f;
      if (part >= 0) {
        if (first) {
          long top = Math.min(value / 40, 2);
          dotted.append(top).append('.').append(value - top * 40);
          first = false;
        } else {
          dotted.append('.').append(value);
        }
        value = 0;
      }
    }
    return dotted.toString();
  }

  /** A string, by the encoding of its tag. */
  String text() {
    return switch (tag) {
      case UTF8_STRING -> new String(content, StandardCharsets.UTF_8);
      case BMP_STRING -> new String(content, StandardCharsets.UTF_16BE);
      case UNIVERSAL_STRING -> new String(content, java.nio.charset.Charset.forName("UTF-32BE"));
      default -> new String(content, StandardCharsets.ISO_8859_1);
    };
  }
}
