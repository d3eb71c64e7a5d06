package dev.nodule.core.crypto.ciphers;

/** A cipher under way. */
public interface RunningCipher {
  /** Why the end failed; {@link #AUTHENTICATION} is a wrong or missing tag. */
  enum Failure {
    NONE,
    BAD_DECRYPT,
    WRONG_LENGTH,
    AUTHENTICATION,
    TAG_NOT_SET
  }

  /** Before the first byte. */
  void setPadding(boolean on);

  void setTag(byte[] expected);

  byte[] tag();

  void authenticate(byte[] bytes, int offset, int length);

  byte[] update(byte[] bytes, int offset, int length);

  /** The last bytes go to {@code out[0]}. */
  Failure finish(byte[][] out);
}
