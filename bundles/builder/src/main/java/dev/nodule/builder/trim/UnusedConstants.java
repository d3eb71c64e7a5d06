package dev.nodule.builder.trim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Empties the entries of a constant pool that nothing in the class refers to any more: what only
 * dropped methods and debugging data named. The places of entries stay, so no index in the code
 * changes (JVM specification, chapter 4).
 */
final class UnusedConstants {
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final byte[] EMPTY_TEXT = {UTF8, 0, 0};
  private static final byte[] ZERO = {INTEGER, 0, 0, 0, 0};

  private final byte[] bytes;
  private final DataInputStream in;
  private int[] starts = new int[0];
  private boolean[] used = new boolean[0];
  private int poolEnd;

  private UnusedConstants(byte[] bytes) {
    this.bytes = bytes;
    in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** A class has an attribute whose references are not known here. */
  private static final class UnknownAttributeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The class without them; as it is if it holds something unknown. */
  static byte[] remove(byte[] bytes) {
    try {
      UnusedConstants constants = new UnusedConstants(bytes);
      constants.readPool();
      constants.readClass();
      return constants.write();
    } catch (IOException e) {
      return bytes;
    }
  }

  private int u1() throws IOException {
    return in.readUnsignedByte();
  }

  private int u2() throws IOException {
    return in.readUnsignedShort();
  }

  private int u2(int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private void readPool() throws IOException {
    in.skipNBytes(8);
    int count = u2();
    starts = new int[count];
    used = new boolean[count];
    for (int i = 1; i < count; i++) {
      starts[i] = bytes.length - in.available();
      int tag = u1();
      in.skipNBytes(tag == UTF8 ? u2() : size(tag) - 1);
      if (tag == 5 || tag == 6) {
        i++;
      }
    }
    poolEnd = bytes.length - in.available();
  }

  /** Bytes of an entry, its tag included. */
  private static int size(int tag) throws IOException {
    return switch (tag) {
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      default -> throw new UnknownAttributeException();
    };
  }

  /** Marks an entry and what it refers to; 0 stands for none. */
  private void mark(int index) {
    if (index == 0 || used[index]) {
      return;
    }
    used[index] = true;
    int start = starts[index];
    switch (bytes[start]) {
      case 7, 8, 16, 19, 20 -> mark(u2(start + 1));
      case 9, 10, 11, 12 -> {
        mark(u2(start + 1));
        mark(u2(start + 3));
      }
      case 15 -> mark(u2(start + 2));
      case 17, 18 -> mark(u2(start + 3));
      default -> {}
    }
  }

  private void use() throws IOException {
    mark(u2());
  }

  private void useList() throws IOException {
    for (int left = u2(); left > 0; left--) {
      use();
    }
  }

  private void readClass() throws IOException {
    in.skipNBytes(2);
    use();
    use();
    useList();
    for (int kind = 0; kind < 2; kind++) {
      for (int left = u2(); left > 0; left--) {
        in.skipNBytes(2);
        use();
        use();
        readAttributes();
      }
    }
    readAttributes();
  }

  private String text(int index) {
    return new String(bytes, starts[index] + 3, u2(starts[index] + 1), StandardCharsets.UTF_8);
  }

  private void readAttributes() throws IOException {
    for (int left = u2(); left > 0; left--) {
      int name = u2();
      mark(name);
      int length = in.readInt();
      switch (text(name)) {
        case "Code" -> readCode();
        case "StackMapTable" -> readFrames();
        case "Signature", "SourceFile", "ConstantValue", "NestHost" -> use();
        case "Exceptions", "NestMembers", "PermittedSubclasses" -> useList();
        case "EnclosingMethod" -> {
          use();
          use();
        }
        case "InnerClasses" -> {
          for (int classes = u2(); classes > 0; classes--) {
            use();
            use();
            use();
            in.skipNBytes(2);
          }
        }
        case "MethodParameters" -> {
          for (int parameters = u1(); parameters > 0; parameters--) {
            use();
            in.skipNBytes(2);
          }
        }
        case "BootstrapMethods" -> {
          for (int methods = u2(); methods > 0; methods--) {
            use();
            useList();
          }
        }
        case "Record" -> {
          for (int components = u2(); components > 0; components--) {
            use();
            use();
            readAttributes();
          }
        }
        case "RuntimeVisibleAnnotations" -> readAnnotations();
        case "RuntimeVisibleParameterAnnotations" -> {
          for (int parameters = u1(); parameters > 0; parameters--) {
            readAnnotations();
          }
        }
        case "AnnotationDefault" -> readValue();
        case "Synthetic", "Deprecated" -> in.skipNBytes(length);
        default -> throw new UnknownAttributeException();
      }
    }
  }

  private void readCode() throws IOException {
    in.skipNBytes(4);
    int length = in.readInt();
    int start = bytes.length - in.available();
    for (int at = start; at < start + length; ) {
      at += readInstruction(at, start);
    }
    in.skipNBytes(length);
    for (int handlers = u2(); handlers > 0; handlers--) {
      in.skipNBytes(6);
      use();
    }
    readAttributes();
  }

  /** Marks what an instruction refers to, and tells its length (JVM specification, section 6.5). */
  private int readInstruction(int at, int start) throws IOException {
    int opcode = bytes[at] & 0xff;
    return switch (opcode) {
      // ldc
      case 18 -> {
        mark(bytes[at + 1] & 0xff);
        yield 2;
      }
      // ldc_w, ldc2_w, getstatic to invokestatic, new, anewarray, checkcast, instanceof
      case 19, 20, 178, 179, 180, 181, 182, 183, 184, 187, 189, 192, 193 -> {
        mark(u2(at + 1));
        yield 3;
      }
      // invokeinterface, invokedynamic
      case 185, 186 -> {
        mark(u2(at + 1));
        yield 5;
      }
      // multianewarray
      case 197 -> {
        mark(u2(at + 1));
        yield 4;
      }
      // bipush, loads, stores, ret, newarray
      case 16, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
      // sipush, iinc, ifnull, ifnonnull
      case 17, 132, 198, 199 -> 3;
      // goto_w, jsr_w
      case 200, 201 -> 5;
      // wide
      case 196 -> bytes[at + 1] == (byte) 132 ? 6 : 4;
      case 170 -> {
        int padded = aligned(at, start);
        yield padded + 12 + 4 * (s4(padded + 8) - s4(padded + 4) + 1) - at;
      }
      case 171 -> {
        int padded = aligned(at, start);
        yield padded + 8 + 8 * s4(padded + 4) - at;
      }
      default -> {
        if (opcode > 201) {
          throw new UnknownAttributeException();
        }
        // Branches, and everything without an operand.
        yield opcode >= 153 && opcode <= 168 ? 3 : 1;
      }
    };
  }

  private static int aligned(int at, int start) {
    return start + ((at - start) / 4 + 1) * 4;
  }

  private int s4(int at) {
    return u2(at) << 16 | u2(at + 2);
  }

  private void readFrames() throws IOException {
    for (int left = u2(); left > 0; left--) {
      int type = u1();
      if (type >= 64 && type < 128) {
        readTypes(1);
      } else if (type == 247) {
        in.skipNBytes(2);
        readTypes(1);
      } else if (type >= 248 && type <= 254) {
        in.skipNBytes(2);
        readTypes(Math.max(0, type - 251));
      } else if (type == 255) {
        in.skipNBytes(2);
        readTypes(u2());
        readTypes(u2());
      }
    }
  }

  private void readTypes(int count) throws IOException {
    for (int left = count; left > 0; left--) {
      switch (u1()) {
        case 7 -> use();
        case 8 -> in.skipNBytes(2);
        default -> {}
      }
    }
  }

  private void readAnnotations() throws IOException {
    for (int left = u2(); left > 0; left--) {
      readAnnotation();
    }
  }

  private void readAnnotation() throws IOException {
    use();
    for (int pairs = u2(); pairs > 0; pairs--) {
      use();
      readValue();
    }
  }

  private void readValue() throws IOException {
    switch (u1()) {
      case 'e' -> {
        use();
        use();
      }
      case '@' -> readAnnotation();
      case '[' -> {
        for (int values = u2(); values > 0; values--) {
          readValue();
        }
      }
      default -> use();
    }
  }

  /** Copies the pool, with empty entries for the unused ones, and what comes after it. */
  private byte[] write() throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length);
    try (DataOutputStream out = new DataOutputStream(result)) {
      out.write(bytes, 0, 10);
      for (int i = 1; i < starts.length; i++) {
        int tag = bytes[starts[i]];
        boolean wide = tag == 5 || tag == 6;
        int size = tag == UTF8 ? 3 + u2(starts[i] + 1) : size(tag);
        if (used[i] || wide) {
          out.write(bytes, starts[i], size);
        } else {
          out.write(size == ZERO.length ? ZERO : EMPTY_TEXT);
        }
        if (wide) {
          i++;
        }
      }
      out.write(bytes, poolEnd, bytes.length - poolEnd);
    }
    return result.toByteArray();
  }
}
