package dev.nodule.core.zlib;

/** One call of a codec: where input comes from and output goes to, and how far it got. */
final class Step {
  final byte[] in;
  int inOffset;
  int inLength;
  final byte[] out;
  int outOffset;
  int outLength;

  Step(byte[] in, int inOffset, int inLength, byte[] out, int outOffset, int outLength) {
    this.in = in;
    this.inOffset = inOffset;
    this.inLength = inLength;
    this.out = out;
    this.outOffset = outOffset;
    this.outLength = outLength;
  }

  void consumed(int count) {
    inOffset += count;
    inLength -= count;
  }

  void produced(int count) {
    outOffset += count;
    outLength -= count;
  }

  /** The next byte of input, 0 to 255; there must be one. */
  int take() {
    inLength--;
    return in[inOffset++] & 0xff;
  }

  /**
   * Copies as much of {@code bytes} from {@code position} on as there is room for; returns how
   * much.
   */
  int put(byte[] bytes, int position) {
    int count = Math.min(bytes.length - position, outLength);
    System.arraycopy(bytes, position, out, outOffset, count);
    produced(count);
    return count;
  }
}
