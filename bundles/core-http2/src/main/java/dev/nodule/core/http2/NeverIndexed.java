package dev.nodule.core.http2;

import java.util.BitSet;

/**
 * Finds the fields of a block that are literals never to be indexed (RFC 7541, section 6.2.3): the
 * decoder does not tell.
 */
final class NeverIndexed {
  private final byte[] block;
  private int at;

  private NeverIndexed(byte[] block) {
    this.block = block;
  }

  /** The places of such fields in a block that decoded well. */
  static BitSet in(byte[] block) {
    return new NeverIndexed(block).scan();
  }

  private BitSet scan() {
    BitSet found = new BitSet();
    int field = 0;
    while (at < block.length) {
      int first = block[at];
      if ((first & 0x80) != 0) {
        number(7);
        field++;
      } else if ((first & 0xe0) == 0x20) {
        number(5); // a change of the table's size
      } else {
        boolean indexing = (first & 0x40) != 0;
        if (!indexing && (first & 0x10) != 0) {
          found.set(field);
        }
        if (number(indexing ? 6 : 4) == 0) {
          skipText();
        }
        skipText();
        field++;
      }
    }
    return found;
  }

  private void skipText() {
    int length = number(7);
    at += length;
  }

  /** An integer whose first byte has a prefix of some bits (section 5.1). */
  private int number(int bits) {
    int mask = (1 << bits) - 1;
    int value = block[at++] & mask;
    if (value < mask) {
      return value;
    }
    int shift = 0;
    int next;
    do {
      next = block[at++];
      value += (next & 0x7f) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return value;
  }
}
