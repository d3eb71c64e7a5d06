package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.semver.Version;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.PackageSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code view}: what the registry says of a package, or some fields of it. */
final class ViewCommand implements Command {
  @Override
  public int run(Invocation call) {
    var words = new ArrayList<>(call.words());
    String asked = words.isEmpty() ? "." : words.removeFirst();
    if (asked.equals(".")) {
      asked = Json.string(Manifest.readContent(call.project().resolve("package.json")).get("name"));
    }
    var spec = PackageSpec.parse(asked, call.cwd());
    String name = spec.name();
    if (!spec.isRegistry() || name == null) {
      throw new NpmException("EINVALIDPACKAGENAME", "not a package of a registry: " + asked);
    }
    try (var session = call.session()) {
      var document = session.registry.document(name);
      String version =
          session
              .source
              .manifest(
                  PackageSpec.resolve(
                      name,
                      spec.raw().equals("*") ? call.config().get("tag", "latest") : spec.raw(),
                      call.cwd()))
              .version();
      var versions = Json.object(document.get("versions"));
      var sorted = versions.keySet().stream().sorted(Semver::compare).toList();
      var fitting =
          spec.type() == PackageSpec.Type.RANGE && !spec.fetch().equals("*")
              ? versions.keySet().stream().filter(v -> Semver.satisfies(v, spec.fetch())).toList()
              : List.of(version);
      var found = new LinkedHashMap<String, Map<String, @Nullable Object>>();
      for (String v : fitting) {
        var content = new LinkedHashMap<>(document);
        content.remove("readme");
        content.put("versions", new ArrayList<@Nullable Object>(sorted));
        content.putAll(Json.object(versions.get(v)));
        found.put(v, content);
      }
      if (words.isEmpty() && call.isJson()) {
        call.printJson(
            found.size() == 1 ? found.values().iterator().next() : List.copyOf(found.values()));
      } else if (words.isEmpty()) {
        found.values().forEach(content -> summary(call, content, document));
      } else {
        fields(call, name, found, words);
      }
      return 0;
    }
  }

  private static void fields(
      Invocation call,
      String name,
      Map<String, Map<String, @Nullable Object>> versions,
      List<String> fields) {
    var found = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    versions.forEach(
        (version, content) -> {
          var values = new LinkedHashMap<String, @Nullable Object>();
          for (String f : fields) {
            Object value = field(content, f);
            if (value != null) {
              values.put(f, value);
            }
          }
          if (!values.isEmpty()) {
            found.put(version, values);
          }
        });
    boolean several = found.values().stream().anyMatch(v -> v.size() > 1);
    if (call.isJson()) {
      var list = new ArrayList<@Nullable Object>();
      found.values().forEach(v -> list.add(several ? v : v.values().iterator().next()));
      if (!list.isEmpty()) {
        call.printJson(list.size() == 1 ? list.getFirst() : list);
      }
      return;
    }
    found.forEach(
        (version, values) ->
            values.forEach(
                (f, value) -> {
                  Object shown = value instanceof List<?> l && l.size() == 1 ? l.getFirst() : value;
                  boolean plain = shown instanceof String && found.size() == 1 && !several;
                  call.out()
                      .println(
                          (found.size() > 1 ? name + "@" + version + " " : "")
                              + (several ? f + " = " : "")
                              + (plain ? String.valueOf(shown) : JsNotation.of(person(shown))));
                }));
  }

  /** A person is shown as one line of text. */
  private static @Nullable Object person(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ViewCommand::person).toList();
    }
    var map = Json.object(value);
    if (!(map.get("name") instanceof String name)
        || !List.of("name", "email", "url").containsAll(map.keySet())) {
      return value;
    }
    return name
        + (map.get("email") == null ? "" : " <" + map.get("email") + ">")
        + (map.get("url") == null ? "" : " (" + map.get("url") + ")");
  }

  private static @Nullable Object field(Map<String, @Nullable Object> content, String path) {
    if (content.containsKey(path)) {
      return content.get(path);
    }
    Object at = content;
    for (String part : path.replaceAll("\\[([^\\]]*)\\]", ".$1").split("\\.")) {
      at =
          at instanceof List<?> l && part.matches("\\d+") && Integer.parseInt(part) < l.size()
              ? l.get(Integer.parseInt(part))
              : Json.object(at).get(part);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static final int MAX_DEPENDENCIES = 24;
  private static final int MAX_TAGS = 5;

  /**
   * @param c the chosen version over the package's own document
   */
  private static void summary(
      Invocation call, Map<String, @Nullable Object> c, Map<String, @Nullable Object> document) {
    var out = call.out();
    var dependencies = Json.strings(c.get("dependencies"));
    Object license = c.get("license");
    long versions =
        Json.object(document.get("versions")).keySet().stream()
            .filter(v -> Version.parse(v, false) != null)
            .count();
    out.println(
        "\n"
            + c.get("name")
            + "@"
            + c.get("version")
            + " | "
            + (license instanceof String s
                ? s
                : Json.object(license).getOrDefault("type", "Proprietary"))
            + " | deps: "
            + (dependencies.isEmpty() ? "none" : dependencies.size())
            + " | versions: "
            + versions);
    if (c.get("description") instanceof String text && !text.isEmpty()) {
      out.println(text);
    }
    Object home = c.get("homepage");
    String site = home instanceof String s ? s : Json.string(Json.object(home).get("url"));
    if (!site.isEmpty()) {
      out.println(site);
    }
    if (c.get("deprecated") instanceof String text && !text.isEmpty()) {
      out.println(
          "\nDEPRECATED"
              + (call.config().flag("unicode", true) ? " \u26a0\ufe0f " : "!!")
              + " - "
              + text);
    }
    if (document.get("keywords") instanceof List<?> words && !words.isEmpty()) {
      out.println("\nkeywords: " + String.join(", ", words.stream().map(String::valueOf).toList()));
    }
    var bins = new Manifest(c).bin();
    if (!bins.isEmpty()) {
      out.println("\nbin: " + String.join(", ", bins.keySet()));
    }
    var dist = Json.object(c.get("dist"));
    out.println("\ndist");
    for (String key : List.of("tarball", "shasum", "integrity")) {
      if (dist.get(key) != null) {
        out.println("." + key + ": " + dist.get(key));
      }
    }
    if (dist.get("unpackedSize") instanceof Number size) {
      out.println(".unpackedSize: " + size(size.longValue()));
    }
    if (!dependencies.isEmpty()) {
      out.println("\ndependencies:");
      out.println(
          String.join(
              ", ",
              dependencies.entrySet().stream()
                  .limit(MAX_DEPENDENCIES)
                  .map(e -> e.getKey() + ": " + e.getValue())
                  .toList()));
      if (dependencies.size() > MAX_DEPENDENCIES) {
        out.println("(...and " + (dependencies.size() - MAX_DEPENDENCIES) + " more.)");
      }
    }
    if (document.get("maintainers") instanceof List<?> people && !people.isEmpty()) {
      out.println("\nmaintainers:");
      people.forEach(p -> out.println("- " + person(p)));
    }
    out.println("\ndist-tags:");
    var times = Json.strings(document.get("time"));
    var tags = new ArrayList<>(Json.strings(document.get("dist-tags")).entrySet());
    tags.sort(
        Comparator.comparing(
                (Map.Entry<String, String> t) ->
                    t.getKey().equals("latest") ? "\uffff" : times.getOrDefault(t.getValue(), ""))
            .thenComparing(Map.Entry::getKey)
            .reversed());
    tags.stream().limit(MAX_TAGS).forEach(t -> out.println(t.getKey() + ": " + t.getValue()));
    if (tags.size() > MAX_TAGS) {
      out.println("(...and " + (tags.size() - MAX_TAGS) + " more.)");
    }
    String time = times.get(Json.string(c.get("version")));
    Object publisher = c.get("_npmUser");
    if (publisher != null || !times.isEmpty()) {
      out.println(
          "\npublished"
              + (time == null ? "" : " " + ago(time, Instant.now()))
              + (publisher == null ? "" : " by " + person(publisher)));
    }
  }

  private static String size(long bytes) {
    return bytes < 1000
        ? bytes + " B"
        : bytes < 999_950
            ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : bytes < 999_950_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** How long ago something was, roughly. */
  static String ago(String time, Instant now) {
    long seconds;
    try {
      seconds = Math.abs(Duration.between(Instant.parse(time), now).toSeconds());
    } catch (DateTimeException e) {
      return time;
    }
    long hours = seconds / 3600;
    long days = hours / 24;
    if (seconds < 30) {
      return "just now";
    }
    if (seconds < 120) {
      return seconds < 60 ? seconds + " seconds ago" : "a minute ago";
    }
    if (hours < 2) {
      return hours < 1 ? seconds / 60 + " minutes ago" : "an hour ago";
    }
    if (days < 7) {
      return days < 1 ? hours + " hours ago" : days < 2 ? "yesterday" : days + " days ago";
    }
    if (days < 30) {
      return days < 14 ? "a week ago" : days / 7 + " weeks ago";
    }
    if (days < 365) {
      return days < 60 ? "a month ago" : days / 30 + " months ago";
    }
    return days < 730 ? "a year ago" : "over a year ago";
  }
}
