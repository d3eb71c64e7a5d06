package dev.nodule.core.zlib;

import java.util.zip.CRC32;

/**
 * Reads the header of a gzip member, byte by byte (RFC 1952, section 2.3):
 *
 * <pre>
 * ID1 ID2 CM FLG MTIME(4) XFL OS [XLEN(2) extra] [name 0] [comment 0] [CRC16(2)]
 * </pre>
 */
final class GzipHeader {
  static final int ID1 = 0x1f;
  static final int ID2 = 0x8b;

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;
  private static final int FIXED_LENGTH = 10;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    CHECK,
    DONE
  }

  private final CRC32 crc = new CRC32();
  private Part part = Part.FIXED;
  private int flags;
  // Bytes read of a part of fixed length.
  private int count;
  // A number of two bytes that is being read; the length of the extra field.
  private int value;

  boolean isDone() {
    return part == Part.DONE;
  }

  void next(int octet) throws CodecException {
    if (part != Part.CHECK) {
      crc.update(octet);
    }
    switch (part) {
      case FIXED -> fixed(octet);
      case EXTRA_LENGTH -> {
        value |= octet << (8 * count);
        if (++count == 2) {
          enter(value == 0 ? Part.NAME : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (++count == value) {
          enter(Part.NAME);
        }
      }
      case NAME -> {
        if (octet == 0) {
          enter(Part.COMMENT);
        }
      }
      case COMMENT -> {
        if (octet == 0) {
          enter(Part.CHECK);
        }
      }
      case CHECK -> {
        value |= octet << (8 * count);
        if (++count == 2) {
          if (value != (crc.getValue() & 0xffff)) {
            throw CodecException.dataError("header crc mismatch");
          }
          part = Part.DONE;
        }
      }
      case DONE -> throw new IllegalStateException();
    }
  }

  private void fixed(int octet) throws CodecException {
    switch (count++) {
      case 0 -> require(octet == ID1, "incorrect header check");
      case 1 -> require(octet == ID2, "incorrect header check");
      case 2 -> require(octet == 8, "unknown compression method");
      case 3 -> {
        require((octet & RESERVED) == 0, "unknown header flags set");
        flags = octet;
      }
      case FIXED_LENGTH - 1 -> enter(Part.EXTRA_LENGTH);
      default -> {
        // Time, extra flags and system are of no interest.
      }
    }
  }

  private static void require(boolean condition, String message) throws CodecException {
    if (!condition) {
      throw CodecException.dataError(message);
    }
  }

  /** Goes to a part, or to the next one that is there. */
  private void enter(Part wanted) {
    count = 0;
    if (wanted != Part.EXTRA) {
      value = 0;
    }
    Part next = wanted;
    if (next == Part.EXTRA_LENGTH && (flags & FEXTRA) == 0) {
      next = Part.NAME;
    }
    if (next == Part.NAME && (flags & FNAME) == 0) {
      next = Part.COMMENT;
    }
    if (next == Part.COMMENT && (flags & FCOMMENT) == 0) {
      next = Part.CHECK;
    }
    if (next == Part.CHECK && (flags & FHCRC) == 0) {
      next = Part.DONE;
    }
    part = next;
  }
}
