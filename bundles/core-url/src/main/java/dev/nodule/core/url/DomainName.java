package dev.nodule.core.url;

import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Domain names by UTS #46, non-transitional, without the restrictions to STD3 and to DNS lengths.
 * The mapping table is not shipped: it is what compatibility composition and lower-casing give,
 * which agrees for all names in use.
 */
final class DomainName {
  private static final String PREFIX = "xn--";

  private DomainName() {}

  /**
   * The name in ASCII.
   *
   * @return null if it is no valid name
   */
  static @Nullable String toAscii(String name) {
    String lower = lowerAscii(name);
    if (lower != null && !lower.contains(PREFIX)) {
      return lower;
    }
    StringJoiner ascii = new StringJoiner(".");
    String mapped = map(name);
    boolean bidirectional = hasRightToLeft(mapped);
    for (String label : mapped.split("\\.", -1)) {
      String unicode = label;
      if (label.startsWith(PREFIX)) {
        String decoded = Punycode.decode(label.substring(PREFIX.length()));
        // What stands for itself, or is not what mapping would give, is no valid encoding.
        if (decoded == null || isAscii(decoded) || !map(decoded).equals(decoded)) {
          return null;
        }
        unicode = decoded;
        bidirectional |= hasRightToLeft(decoded);
      }
      if (!isValid(unicode) || bidirectional && !followsBidiRule(unicode)) {
        return null;
      }
      ascii.add(isAscii(unicode) ? unicode : PREFIX + Punycode.encode(unicode));
    }
    return ascii.toString();
  }

  /** The name for people; labels that are no valid encoding stay as they are. */
  static String toUnicode(String name) {
    StringJoiner unicode = new StringJoiner(".");
    for (String label : name.split("\\.", -1)) {
      String decoded =
          label.startsWith(PREFIX) ? Punycode.decode(label.substring(PREFIX.length())) : null;
      unicode.add(decoded == null ? label : decoded);
    }
    return unicode.toString();
  }

  private static @Nullable String lowerAscii(String name) {
    return isAscii(name) ? name.toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String map(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    name.codePoints()
        .filter(c -> !isIgnored(c))
        .map(DomainName::mapAlone)
        .forEach(kept::appendCodePoint);
    String once = fold(kept.toString());
    return fold(once);
  }

  private static int mapAlone(int c) {
    if (c == 0x3002 || c == 0xFF0E || c == 0xFF61) {
      return '.';
    }
    if (c == 0x1E9E) {
      return 0xDF;
    }
    // Compatibility would make full stops of parts of these characters.
    return c >= 0x2024 && c <= 0x2026 || c >= 0x2488 && c <= 0x249B || c == 0xFE19 || c == 0xFE52
        ? 0xFFFD
        : c;
  }

  private static String fold(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder lower = new StringBuilder(composed.length());
    composed
        .codePoints()
        .forEach(
            c -> {
              if (c == 0x130) {
                lower.append("i\u0307");
              } else {
                // The final sigma is a letter of its own; Java would make one of a capital at a
                // word's end.
                lower.appendCodePoint(Character.toLowerCase(c));
              }
            });
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }

  private static boolean isIgnored(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x200B
        || c == 0xFEFF
        || c >= 0x2060 && c <= 0x2064
        || c >= 0x206A && c <= 0x206F
        || c >= 0x180B && c <= 0x180F
        || c >= 0xFE00 && c <= 0xFE0F
        || c >= 0xE0100 && c <= 0xE01EF;
  }

  private static boolean isValid(String label) {
    if (label.isEmpty()) {
      return true;
    }
    if (isMark(label.codePointAt(0)) || !Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
      return false;
    }
    return label.codePoints().allMatch(c -> isAllowed(label, c));
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isAllowed(String label, int c) {
    if (c < 0x80) {
      return true; // The host parser knows which of these are forbidden.
    }
    if (c == 0x200C || c == 0x200D) {
      return followsVirama(label, c);
    }
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> c != 0xFFFD && c != 0xFFFC && !(c >= 0x2FF0 && c <= 0x2FFF);
    };
  }

  /**
   * A joiner is right after a virama (RFC 5892, appendix A; its rule of joining types for the
   * non-joiner is left out).
   */
  private static boolean followsVirama(String label, int joiner) {
    for (int i = label.indexOf(joiner); i >= 0; i = label.indexOf(joiner, i + 1)) {
      boolean virama =
          i > 0
              && Normalizer.normalize(label.substring(0, i), Normalizer.Form.NFD)
                  .codePoints()
                  .reduce((first, second) -> second)
                  .stream()
                  .anyMatch(DomainName::isVirama);
      if (!virama && joiner == 0x200D) {
        return false;
      }
      if (!virama
          && (i == 0 || i == label.length() - 1 || !isArabicLike(label.codePointBefore(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVirama(int c) {
    return c == 0x94D
        || c == 0x9CD
        || c == 0xA4D
        || c == 0xACD
        || c == 0xB4D
        || c == 0xBCD
        || c == 0xC4D
        || c == 0xCCD
        || c == 0xD4D
        || c == 0xDCA
        || c == 0xE3A
        || c == 0xEBA
        || c == 0xF84
        || c == 0x1039
        || c == 0x17D2;
  }

  private static boolean isArabicLike(int c) {
    return Character.getDirectionality(c) == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static boolean hasRightToLeft(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                switch (Character.getDirectionality(c)) {
                  case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                      Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                      Character.DIRECTIONALITY_ARABIC_NUMBER ->
                      true;
                  default -> false;
                });
  }

  /** RFC 5893, section 2. */
  private static boolean followsBidiRule(String label) {
    if (label.isEmpty()) {
      return true;
    }
    byte first = Character.getDirectionality(label.codePointAt(0));
    boolean rightToLeft =
        first == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || first == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    if (!rightToLeft && first != Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
      return false;
    }
    boolean europeanNumber = false;
    boolean arabicNumber = false;
    byte last = first;
    for (int c : label.codePoints().toArray()) {
      byte direction = Character.getDirectionality(c);
      switch (direction) {
        case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
          if (rightToLeft) {
            return false;
          }
        }
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          if (!rightToLeft) {
            return false;
          }
        }
        case Character.DIRECTIONALITY_ARABIC_NUMBER -> arabicNumber = true;
        case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> europeanNumber = true;
        case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
            Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_OTHER_NEUTRALS,
            Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
            Character.DIRECTIONALITY_NONSPACING_MARK -> {
          // Allowed within.
        }
        default -> {
          return false;
        }
      }
      if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
        last = direction;
      }
    }
    if (arabicNumber && (europeanNumber || !rightToLeft)) {
      return false;
    }
    boolean number = last == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
    return rightToLeft
        ? number
            || last == Character.DIRECTIONALITY_ARABIC_NUMBER
            || last == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || last == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
        : number || last == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
  }
}
