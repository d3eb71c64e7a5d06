package dev.nodule.core.zlib;

import java.util.zip.CRC32;

/** CRC-32 that goes on from an earlier value, which the JDK's cannot. */
final class Crc {
  private static final int POLYNOMIAL = 0xedb88320;

  private Crc() {}

  static long continued(long previous, byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return previous == 0 ? crc.getValue() : combine(previous, crc.getValue(), length);
  }

  /**
   * The CRC of two pieces together: the first one's, advanced by the second one's length in zeros,
   * plus its own.
   */
  private static long combine(long first, long second, long length) {
    int[] operator = new int[32];
    operator[0] = POLYNOMIAL;
    for (int i = 1; i < 32; i++) {
      operator[i] = 1 << (i - 1);
    }
    // One zero bit; squared three times a zero byte, and so on for each bit of the length.
    for (int i = 0; i < 3; i++) {
      operator = square(operator);
    }
    int value = (int) first;
    for (long rest = length; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        value = times(operator, value);
      }
      operator = square(operator);
    }
    return (value ^ (int) second) & 0xffffffffL;
  }

  private static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int i = 0; vector != 0; i++, vector >>>= 1) {
      if ((vector & 1) != 0) {
        sum ^= matrix[i];
      }
    }
    return sum;
  }

  private static int[] square(int[] matrix) {
    int[] result = new int[32];
    for (int i = 0; i < 32; i++) {
      result[i] = times(matrix, matrix[i]);
    }
    return result;
  }
}
