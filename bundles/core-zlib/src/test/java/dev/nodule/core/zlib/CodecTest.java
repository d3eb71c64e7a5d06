package dev.nodule.core.zlib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecTest {
  private static final int[] NONE = {};
  private static final byte[] TEXT =
      "the quick brown fox jumps over the lazy dog. ".repeat(40).getBytes(StandardCharsets.UTF_8);

  /**
   * Runs everything through a codec, {@code inSize} bytes in and at most {@code outSize} out at a
   * time.
   */
  private static byte[] run(
      Codec codec, byte[] data, int inSize, int outSize, int noFlush, int finish)
      throws CodecException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    byte[] out = new byte[outSize];
    int offset = 0;
    do {
      int count = Math.min(inSize, data.length - offset);
      boolean isLast = offset + count == data.length;
      int left = count;
      while (true) {
        Step step = new Step(data, offset + count - left, left, out, 0, outSize);
        codec.process(step, isLast ? finish : noFlush);
        left = step.inLength;
        result.write(out, 0, step.outOffset);
        if (step.outLength > 0) {
          break;
        }
      }
      assertEquals(0, left);
      offset += count;
    } while (offset < data.length);
    codec.close();
    return result.toByteArray();
  }

  private static byte[] zlib(Codec codec, byte[] data, int inSize, int outSize)
      throws CodecException {
    return run(codec, data, inSize, outSize, Flush.NO_FLUSH, Flush.FINISH);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"ZLIB,15", "ZLIB,9", "GZIP,15", "GZIP,10", "RAW,15", "RAW,9"})
  void whatIsDeflatedInflates(Wrapper wrapper, int windowBits) throws CodecException {
    byte[] data = new byte[200_000];
    System.arraycopy(random(100_000), 0, data, 0, 100_000);
    for (int inSize : new int[] {1000, 70_000, data.length}) {
      for (int outSize : new int[] {64, 16_384, 300_000}) {
        byte[] packed =
            zlib(new DeflateCodec(wrapper, 6, windowBits, 0, null), data, inSize, outSize);
        byte[] unpacked =
            zlib(new InflateCodec(wrapper, windowBits, null), packed, inSize, outSize);
        assertArrayEquals(data, unpacked);
        if (wrapper != Wrapper.RAW) {
          assertArrayEquals(
              data, zlib(new InflateCodec(Wrapper.DETECT, 0, null), packed, 1, outSize));
        }
      }
    }
  }

  @Test
  void gzipIsWhatOthersRead() throws CodecException, IOException {
    byte[] packed = zlib(new DeflateCodec(Wrapper.GZIP, 9, 15, 0, null), TEXT, 100, 64);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertArrayEquals(TEXT, in.readAllBytes());
    }
    assertEquals(2, packed[8]);
  }

  @Test
  void membersFollowEachOther() throws CodecException {
    byte[] one =
        zlib(
            new DeflateCodec(Wrapper.GZIP, 6, 15, 0, null),
            "abc".getBytes(StandardCharsets.UTF_8),
            9,
            99);
    byte[] all = new byte[one.length * 2 + 5];
    System.arraycopy(one, 0, all, 0, one.length);
    System.arraycopy(one, 0, all, one.length, one.length);
    Step step = new Step(all, 0, all.length, new byte[100], 0, 100);
    new InflateCodec(Wrapper.GZIP, 0, null).process(step, Flush.FINISH);
    assertEquals("abcabc", new String(step.out, 0, step.outOffset, StandardCharsets.UTF_8));
    assertEquals(5, step.inLength);
  }

  @Test
  void badDataIsNamed() throws CodecException {
    byte[] packed = zlib(new DeflateCodec(Wrapper.GZIP, 6, 15, 0, null), TEXT, 9999, 9999);
    byte[] broken = packed.clone();
    broken[packed.length - 6] ^= 1;
    CodecException e = assertThrows(CodecException.class, () -> zlib(gunzip(), broken, 9999, 9999));
    assertEquals("incorrect data check", e.text());
    byte[] tooShort = Arrays.copyOf(packed, packed.length - 1);
    assertEquals(
        "unexpected end of file",
        assertThrows(CodecException.class, () -> zlib(gunzip(), tooShort, 9999, 9999)).text());
    assertEquals(
        "incorrect header check",
        assertThrows(CodecException.class, () -> zlib(gunzip(), TEXT, 9999, 9999)).text());
  }

  private static Codec gunzip() throws CodecException {
    return new InflateCodec(Wrapper.GZIP, 0, null);
  }

  @Test
  void dictionaries() throws CodecException {
    byte[] dictionary = "the quick brown fox".getBytes(StandardCharsets.UTF_8);
    for (int windowBits : new int[] {10, 15}) {
      byte[] packed =
          zlib(new DeflateCodec(Wrapper.ZLIB, 6, windowBits, 0, dictionary), TEXT, 99, 99);
      assertArrayEquals(TEXT, zlib(new InflateCodec(Wrapper.ZLIB, 0, dictionary), packed, 99, 99));
      CodecException missing =
          assertThrows(
              CodecException.class,
              () -> zlib(new InflateCodec(Wrapper.ZLIB, 0, null), packed, 99, 9999));
      assertEquals("Missing dictionary", missing.text());
    }
  }

  @Test
  void brotli() throws CodecException {
    byte[] data = random(300_000);
    for (int outSize : new int[] {64, 100_000}) {
      byte[] packed = run(new BrotliEncoder(new int[] {1, 4}, null), data, 100_000, outSize, 0, 2);
      assertArrayEquals(data, run(new BrotliDecoder(NONE, null), packed, 70_000, outSize, 0, 2));
    }
    byte[] packed = run(new BrotliEncoder(NONE, null), TEXT, 99, 99, 0, 2);
    assertTrue(packed.length < 100);
    byte[] junk = "zzz".getBytes(StandardCharsets.UTF_8);
    CodecException e =
        assertThrows(
            CodecException.class, () -> run(new BrotliDecoder(NONE, null), junk, 9, 9, 0, 2));
    assertEquals("ERR__ERROR_FORMAT_RESERVED", e.code());
  }

  @Test
  void zstd() throws CodecException {
    byte[] data = random(300_000);
    for (int outSize : new int[] {64, 500_000}) {
      byte[] packed =
          run(new ZstdEncoder(new int[] {100, 3, 201, 1}, -1, null), data, 200_000, outSize, 0, 2);
      assertArrayEquals(data, run(new ZstdDecoder(null), packed, 70_000, outSize, 0, 2));
    }
    byte[] junk = "zzzzzzzz".getBytes(StandardCharsets.UTF_8);
    CodecException e =
        assertThrows(CodecException.class, () -> run(new ZstdDecoder(null), junk, 9, 9, 0, 2));
    assertEquals("ZSTD_error_prefix_unknown", e.code());
    assertEquals("Unknown frame descriptor", e.text());
  }

  @Test
  void crcGoesOn() {
    CRC32 whole = new CRC32();
    whole.update(TEXT);
    long first = Crc.continued(0, TEXT, 0, 100);
    assertEquals(whole.getValue(), Crc.continued(first, TEXT, 100, TEXT.length - 100));
  }
}
