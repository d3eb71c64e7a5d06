package dev.nodule.npm.registry;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.semver.Version;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.PackageSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * npm's choice of a version: the default tag where it fits, else the highest that is not deprecated
 * and that the engines admit, else the highest the engines admit, else the highest.
 */
public final class VersionPicker {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

  private final Version node;
  private final Version npm;
  private final @Nullable Long before;
  private final String defaultTag;
  private final Map<String, Boolean> engines = new ConcurrentHashMap<>();

  public VersionPicker(
      String nodeVersion, String npmVersion, @Nullable Long before, String defaultTag) {
    this.node = version(nodeVersion);
    this.npm = version(npmVersion);
    this.before = before;
    this.defaultTag = defaultTag;
  }

  private static Version version(String text) {
    var v = Version.clean(text);
    if (v == null) {
      throw new NpmException("EINVALIDVERSION", "Not a version: " + text);
    }
    return v;
  }

  public boolean admits(String nodeRange, String npmRange) {
    return (nodeRange.isEmpty()
            || engines.computeIfAbsent(nodeRange, r -> Semver.admitsEngine(node, r)))
        && (npmRange.isEmpty()
            || engines.computeIfAbsent(
                "npm " + npmRange, r -> Semver.admitsEngine(npm, r.substring(4))));
  }

  public Manifest pick(Packument packument, PackageSpec spec) {
    var c = choose(packument, spec.type(), spec.fetch());
    if (c == null) {
      String date =
          before == null ? "" : " with a date before " + java.time.Instant.ofEpochMilli(before);
      String latest = packument.tags.getOrDefault("latest", "");
      throw new NpmException(
          "ETARGET",
          "No matching version found for "
              + packument.name
              + "@"
              + spec.raw()
              + date
              + "."
              + (latest.isEmpty() ? "" : " The latest version is " + latest + ".")
              + nearest(packument, spec));
    }
    return packument.manifest(c);
  }

  /** The tags or versions that may have been meant. */
  private String nearest(Packument p, PackageSpec spec) {
    if (spec.type() == PackageSpec.Type.TAG) {
      var tags = Nearest.of(spec.fetch(), p.tags.keySet(), 3, 3);
      return tags.isEmpty() ? "" : "\nThe nearest tags are: " + String.join(", ", tags);
    }
    var asked = NUMBERS.matcher(spec.fetch());
    if (!asked.find()) {
      return "";
    }
    var near =
        p.candidates.stream()
            .filter(c -> c.parsed() != null && inTime(p, c))
            .sorted(java.util.Comparator.comparing(c -> gap(c.parsed(), asked.toMatchResult())))
            .limit(3)
            .map(c -> c.version)
            .sorted(Semver::compare)
            .toList();
    return near.isEmpty() ? "" : "\nThe nearest versions are: " + String.join(", ", near);
  }

  /** How far a version is from the numbers asked for, the first of them weighing most. */
  private static double gap(@Nullable Version v, java.util.regex.MatchResult asked) {
    if (v == null) {
      return Double.MAX_VALUE;
    }
    double[] there = {v.major, v.minor, v.patch};
    double gap = v.isPrerelease() ? 0.5 : 0;
    for (int i = 0; i < 3; i++) {
      String text = asked.group(i + 1);
      double wanted = text == null ? there[i] : Double.parseDouble(text);
      gap += Math.min(999, Math.abs(there[i] - wanted)) * Math.pow(1000, 2 - i);
    }
    return gap;
  }

  private Packument.@Nullable Candidate choose(Packument p, PackageSpec.Type type, String wanted) {
    if (type == PackageSpec.Type.TAG && !wanted.isEmpty()) {
      var tagged = p.candidate(p.tags.get(wanted));
      if (p.tags.get(wanted) == null || inTime(p, tagged)) {
        return tagged;
      }
      return choose(p, PackageSpec.Type.RANGE, "<=" + p.tags.get(wanted));
    }
    if (type == PackageSpec.Type.VERSION) {
      var v = Version.clean(wanted);
      var c = v == null ? null : p.candidate(v.toString());
      return c != null && inTime(p, c) ? c : null;
    }
    boolean any = wanted.isEmpty() || wanted.equals("*");
    var range = Range.loose(wanted);
    var latest = p.candidate(p.tags.get(defaultTag));
    if (latest != null
        && (any || range != null && range.test(latest.parsed()))
        && inTime(p, latest)
        && admits(latest.node, latest.npm)
        && !latest.deprecated) {
      return latest;
    }
    Packument.Candidate best = null;
    boolean exists = false;
    for (var c : p.candidates) {
      if (!inTime(p, c)) {
        continue;
      }
      exists = true;
      var v = c.parsed();
      if (v != null && range != null && range.test(v) && (best == null || isBetter(c, best))) {
        best = c;
      }
    }
    if (!exists) {
      throw new NpmException("ENOVERSIONS", "No versions available for " + p.name);
    }
    return best;
  }

  private boolean isBetter(Packument.Candidate a, Packument.Candidate b) {
    boolean ea = admits(a.node, a.npm);
    boolean eb = admits(b.node, b.npm);
    boolean fineA = ea && !a.deprecated;
    boolean fineB = eb && !b.deprecated;
    if (fineA != fineB) {
      return fineA;
    }
    if (ea != eb) {
      return ea;
    }
    if (a.deprecated != b.deprecated) {
      return b.deprecated;
    }
    var va = a.parsed();
    var vb = b.parsed();
    return va != null && vb != null && va.compareTo(vb) > 0;
  }

  private boolean inTime(Packument p, Packument.@Nullable Candidate c) {
    return before == null
        || !p.hasTimes
        || c == null
        || c.time == Long.MIN_VALUE
        || c.time <= before;
  }
}
