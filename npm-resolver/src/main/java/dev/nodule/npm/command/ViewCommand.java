package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.PackageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code view}: what the registry says of a package, or some fields of it. */
final class ViewCommand implements Command {
  @Override
  public int run(Invocation call) {
    var words = new ArrayList<>(call.words());
    String asked = words.isEmpty() ? "." : words.removeFirst();
    if (asked.equals(".")) {
      asked =
          Json.string(
              dev.nodule.npm.tree.Manifest.readContent(call.project().resolve("package.json"))
                  .get("name"));
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
      var content = new LinkedHashMap<String, @Nullable Object>();
      for (String key : List.of("name", "dist-tags", "time", "maintainers", "readmeFilename")) {
        if (document.containsKey(key)) {
          content.put(key, document.get(key));
        }
      }
      content.put("versions", new ArrayList<@Nullable Object>(versions.keySet()));
      content.putAll(Json.object(versions.get(version)));
      if (words.isEmpty() && call.isJson()) {
        call.printJson(content);
      } else if (words.isEmpty()) {
        summary(call, content, versions.size());
      } else {
        fields(call, content, words);
      }
      return 0;
    }
  }

  private static void fields(
      Invocation call, Map<String, @Nullable Object> content, List<String> fields) {
    var found = new LinkedHashMap<String, @Nullable Object>();
    for (String field : fields) {
      Object value = field(content, field);
      if (value != null) {
        found.put(field, value);
      }
    }
    if (call.isJson()) {
      call.printJson(
          found.size() == 1 && fields.size() == 1 ? found.values().iterator().next() : found);
      return;
    }
    found.forEach(
        (field, value) -> {
          String text = value instanceof String s ? s : Json.write(value, "  ");
          call.out()
              .println(
                  fields.size() == 1
                      ? text
                      : field + " = " + (value instanceof String ? "'" + text + "'" : text));
        });
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

  private static void summary(Invocation call, Map<String, @Nullable Object> c, int versions) {
    var out = call.out();
    var dependencies = Json.strings(c.get("dependencies"));
    Object license = c.get("license");
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
    if (c.get("homepage") instanceof String url && !url.isEmpty()) {
      out.println(url);
    }
    if (c.get("deprecated") instanceof String text && !text.isEmpty()) {
      out.println("\nDEPRECATED - " + text);
    }
    if (c.get("keywords") instanceof List<?> words && !words.isEmpty()) {
      out.println("\nkeywords: " + String.join(", ", words.stream().map(String::valueOf).toList()));
    }
    var bins = Json.object(c.get("bin"));
    if (!bins.isEmpty()) {
      out.println("\nbin: " + String.join(", ", bins.keySet()));
    }
    var dist = Json.object(c.get("dist"));
    out.println("\ndist");
    for (String key : List.of("tarball", "shasum", "integrity", "unpackedSize")) {
      if (dist.get(key) != null) {
        out.println("." + key + ": " + dist.get(key));
      }
    }
    if (!dependencies.isEmpty()) {
      out.println("\ndependencies:");
      dependencies.forEach((n, s) -> out.println(n + ": " + s));
    }
    out.println("\ndist-tags:");
    Json.strings(c.get("dist-tags")).forEach((tag, v) -> out.println(tag + ": " + v));
  }
}
