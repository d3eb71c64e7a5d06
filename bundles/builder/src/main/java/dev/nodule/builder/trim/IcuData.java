package dev.nodule.builder.trim;

import java.util.regex.Pattern;

/**
 * The parts of ICU. ECMA-402 has no use for some; without Intl, dates, case and normalization still
 * stand on it.
 */
final class IcuData {
  static final String PACKAGE = "org/graalvm/shadowed/com/ibm/icu/";

  /**
   * Converters between character sets, transliteration, numbers in words, names of characters, and
   * preparation of host names: none has an API in JavaScript.
   */
  private static final Pattern WITHOUT_API =
      Pattern.compile(
          "impl/data/icudata/(.*\\.(cnv|spp|cfu)|translit/.*|rbnf/.*|unames\\.icu|cnvalias\\.icu)");

  /** What only Intl reads: languages but English, collation, breaks, names of units and places. */
  private static final Pattern FOR_INTL =
      Pattern.compile(
          "impl/(duration/.*|data/icudata/((coll|brkitr|curr|lang|region|unit)/.*|zone/(?!(root|pool|res_index|tzdbNames|en.*)\\.).*|uts46\\.nrm|nfkc_scf\\.nrm|(?!en\\.)[a-z]{2,3}(_[A-Za-z0-9_]+)?\\.res))");

  private static final Pattern INTL_CLASSES =
      Pattern.compile(
          "(impl/(coll|units|breakiter|duration|personname|number/parse|number/range)|message2)/.*");

  private IcuData() {}

  /**
   * Whether JavaScript can come to need a resource.
   *
   * @param path below ICU's package
   */
  static boolean isUsed(String path, boolean intl) {
    return !WITHOUT_API.matcher(path).matches() && (intl || !FOR_INTL.matcher(path).matches());
  }

  /** Whether a class, by its internal name, serves Intl alone. */
  static boolean isForIntl(String className) {
    return className.startsWith(PACKAGE)
        && INTL_CLASSES.matcher(className.substring(PACKAGE.length())).matches();
  }
}
