package dev.nodule.json;

import java.util.Comparator;

/**
 * The English collation of the Unicode root for the ASCII range; other characters sort behind, by
 * code unit.
 */
public final class LocaleOrder {
  public static final Comparator<String> ORDER = LocaleOrder::compare;

  private static final String PUNCTUATION = "\t\n\u000b\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
  private static final int[] WEIGHTS = weights();

  private LocaleOrder() {}

  private static int[] weights() {
    int[] w = new int[128];
    for (int i = 0; i < PUNCTUATION.length(); i++) {
      w[PUNCTUATION.charAt(i)] = i + 1;
    }
    for (int c = '0'; c <= '9'; c++) {
      w[c] = 100 + c;
    }
    for (int c = 'a'; c <= 'z'; c++) {
      w[c] = 200 + c;
      w[c - 32] = 200 + c;
    }
    return w;
  }

  public static int compare(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    int k = i;
    while (true) {
      while (i < a.length() && weight(a.charAt(i)) == 0) {
        i++;
      }
      while (k < b.length() && weight(b.charAt(k)) == 0) {
        k++;
      }
      if (i == a.length() || k == b.length()) {
        break;
      }
      int c = weight(a.charAt(i++)) - weight(b.charAt(k++));
      if (c != 0) {
        return c;
      }
    }
    if (i < a.length() || k < b.length()) {
      return i < a.length() ? 1 : -1;
    }
    // Equal but for case: small letters first, decided by the first difference.
    for (int n = 0; n < Math.min(a.length(), b.length()); n++) {
      char x = a.charAt(n);
      char y = b.charAt(n);
      if (x != y) {
        return Character.isLowerCase(x) ? -1 : 1;
      }
    }
    return a.length() - b.length();
  }

  private static int weight(char c) {
    return c < 128 ? WEIGHTS[c] : 1000 + c;
  }
}
