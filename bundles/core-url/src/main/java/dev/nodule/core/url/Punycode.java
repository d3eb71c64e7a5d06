package dev.nodule.core.url;

import org.jspecify.annotations.Nullable;

/** Punycode, RFC 3492, with the names of its section 6. */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private Punycode() {}

  static String encode(String label) {
    int[] input = label.codePoints().toArray();
    StringBuilder output = new StringBuilder();
    for (int c : input) {
      if (c < INITIAL_N) {
        output.append((char) c);
      }
    }
    int basic = output.length();
    int handled = basic;
    if (basic > 0) {
      output.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    while (handled < input.length) {
      int m = Integer.MAX_VALUE;
      for (int c : input) {
        if (c >= n && c < m) {
          m = c;
        }
      }
      delta += (m - n) * (handled + 1);
      n = m;
      for (int c : input) {
        if (c < n) {
          delta++;
        } else if (c == n) {
          int q = delta;
          for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
              break;
            }
            output.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
          }
          output.append(digit(q));
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return output.toString();
  }

  /**
   * Decodes a label without its prefix.
   *
   * @return null if it is malformed
   */
  static @Nullable String decode(String text) {
    int delimiter = text.lastIndexOf('-');
    StringBuilder output = new StringBuilder();
    if (delimiter > 0) {
      output.append(text, 0, delimiter);
    }
    int n = INITIAL_N;
    int i = 0;
    int bias = INITIAL_BIAS;
    int length = output.length();
    for (int in = delimiter > 0 ? delimiter + 1 : 0; in < text.length(); ) {
      int before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = in < text.length() ? value(text.charAt(in++)) : -1;
        if (digit < 0) {
          return null;
        }
        long next = i + digit * weight;
        if (next > Integer.MAX_VALUE) {
          return null;
        }
        i = (int) next;
        int t = threshold(k, bias);
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
        if (weight > Integer.MAX_VALUE) {
          return null;
        }
      }
      length++;
      bias = adapt(i - before, length, before == 0);
      n += i / length;
      i %= length;
      if (n > Character.MAX_CODE_POINT || n < INITIAL_N) {
        return null;
      }
      output.insert(output.offsetByCodePoints(0, i), Character.toString(n));
      i++;
    }
    return output.toString();
  }

  private static int threshold(int k, int bias) {
    return Math.clamp((long) k - bias, T_MIN, T_MAX);
  }

  private static int adapt(int delta, int points, boolean first) {
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / points;
    int k = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int value(char digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0' + 26;
    }
    int lower = digit | 0x20;
    return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
  }
}
