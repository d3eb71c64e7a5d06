package dev.nodule.builder.trim;

import java.util.regex.Pattern;

/** The data files of ICU, of which ECMA-402 has no use for some. */
final class IcuData {
  /**
   * Converters between character sets, transliteration, numbers in words, names of characters, and
   * preparation of host names: none has an API in JavaScript.
   */
  private static final Pattern WITHOUT_API =
      Pattern.compile("impl/data/icudata/(.*\\.(cnv|spp|cfu)|translit/.*|rbnf/.*|unames\\.icu|cnvalias\\.icu)");

  private IcuData() {}

  /**
   * Whether JavaScript can come to need a file.
   *
   * @param path below ICU's package
   */
  static boolean isUsed(String path) {
    return !WITHOUT_API.matcher(path).matches();
  }
}
