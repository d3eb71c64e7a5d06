package dev.nodule.npm.semver;

import org.jspecify.annotations.Nullable;

/** The questions that resolution asks about versions; ranges are read loosely, as npm does. */
public final class Semver {
  private Semver() {}

  public static boolean satisfies(@Nullable String version, String range) {
    var r = Range.loose(range);
    return r != null && version != null && r.test(Version.parse(version, true));
  }

  /** Engines admit prereleases of the running version. */
  public static boolean admitsEngine(Version version, String range) {
    var r = Range.parse(range, false, true);
    return r != null && r.test(version);
  }

  public static boolean intersects(String a, String b) {
    var x = Range.parse(a, false, false);
    var y = Range.parse(b, false, false);
    return x != null && y != null && x.intersects(y);
  }

  /** Compares loosely; zero when either is no version. */
  public static int compare(@Nullable String a, @Nullable String b) {
    var x = Version.parse(a, true);
    var y = Version.parse(b, true);
    return x == null || y == null ? 0 : x.compareTo(y);
  }
}
