package dev.nodule.builder.trim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Empties the texts of a constant pool that nothing in the class refers to any more: names of local
 * variables, above all. The entries stay, so no index in the code changes (JVM specification,
 * chapter 4).
 */
final class UnusedNames {
  private final DataInputStream in;
  private byte[][] texts = new byte[0][];
  private boolean[] used = new boolean[0];

  private UnusedNames(byte[] bytes) {
    in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** A class has an attribute whose references are not known here. */
  private static final class UnknownAttributeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The class without them; as it is if it holds something unknown. */
  static byte[] remove(byte[] bytes) {
    try {
      UnusedNames names = new UnusedNames(bytes);
      int poolEnd = names.readPool(bytes.length);
      names.readClass();
      return names.write(bytes, poolEnd);
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

  private void use() throws IOException {
    used[u2()] = true;
  }

  private int readPool(int length) throws IOException {
    in.skipNBytes(8);
    int count = u2();
    texts = new byte[count][];
    used = new boolean[count];
    for (int i = 1; i < count; i++) {
      switch (u1()) {
        case 1 -> {
          texts[i] = new byte[u2()];
          in.readFully(texts[i]);
        }
        case 7, 8, 16, 19, 20 -> use();
        case 12 -> {
          use();
          use();
        }
        case 3, 4, 9, 10, 11, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++;
        }
        case 15 -> in.skipNBytes(3);
        default -> throw new UnknownAttributeException();
      }
    }
    return length - in.available();
  }

  private void readClass() throws IOException {
    in.skipNBytes(6);
    in.skipNBytes(2L * u2());
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

  private void readAttributes() throws IOException {
    for (int left = u2(); left > 0; left--) {
      int name = u2();
      used[name] = true;
      int length = in.readInt();
      switch (new String(texts[name], java.nio.charset.StandardCharsets.US_ASCII)) {
        case "Code" -> {
          in.skipNBytes(4);
          in.skipNBytes(in.readInt());
          in.skipNBytes(8L * u2());
          readAttributes();
        }
        case "Signature", "SourceFile" -> use();
        case "InnerClasses" -> {
          for (int classes = u2(); classes > 0; classes--) {
            in.skipNBytes(4);
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
        case "ConstantValue",
            "StackMapTable",
            "Exceptions",
            "EnclosingMethod",
            "Synthetic",
            "Deprecated",
            "BootstrapMethods",
            "NestHost",
            "NestMembers",
            "PermittedSubclasses" ->
            in.skipNBytes(length);
        default -> throw new UnknownAttributeException();
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
      case 's', 'c' -> use();
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
      default -> in.skipNBytes(2);
    }
  }

  /** Copies the pool, with empty texts for the unused ones, and what comes after it. */
  private byte[] write(byte[] bytes, int poolEnd) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length);
    DataOutputStream out = new DataOutputStream(result);
    int at = 10;
    out.write(bytes, 0, at);
    for (int i = 1; i < texts.length; i++) {
      int tag = bytes[at];
      int length =
          switch (tag) {
            case 1 -> 3 + texts[i].length;
            case 5, 6 -> 9;
            case 15 -> 4;
            case 7, 8, 16, 19, 20 -> 3;
            default -> 5;
          };
      if (tag == 1 && !used[i]) {
        out.writeByte(1);
        out.writeShort(0);
      } else {
        out.write(bytes, at, length);
      }
      at += length;
      if (tag == 5 || tag == 6) {
        i++;
      }
    }
    if (at != poolEnd) {
      throw new IOException("constant pool");
    }
    out.write(bytes, poolEnd, bytes.length - poolEnd);
    return result.toByteArray();
  }
}
