package dev.nodule.npm.command;

import dev.nodule.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code search}: packages of the registry by words. */
final class SearchCommand implements Command {
  private static final int DEFAULT_LIMIT = 20;

  @Override
  public int run(Invocation call) {
    String text = String.join(" ", call.words());
    if (text.isBlank()) {
      throw call.usage("search must be called with arguments");
    }
    List<Map<String, @Nullable Object>> found;
    try (var session = call.session()) {
      found =
          session.registry.search(text, call.config().number("searchlimit", DEFAULT_LIMIT)).stream()
              .filter(p -> !isExcluded(p, call.config().get("searchexclude", "")))
              .toList();
    }
    if (call.isJson()) {
      call.printJson(found);
    } else if (found.isEmpty()) {
      call.out().println("No matches found for \"" + text + "\"");
    } else if (call.config().flag("parseable")) {
      found.forEach(p -> call.out().println(row(p)));
    } else {
      found.forEach(p -> print(call, p));
    }
    return 0;
  }

  private static boolean isExcluded(Map<String, @Nullable Object> p, String words) {
    String text = row(p).toLowerCase(Locale.ROOT);
    for (String word : words.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      if (!word.isEmpty() && text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> maintainers(Map<String, @Nullable Object> p) {
    var names = new ArrayList<String>();
    for (Object m : p.get("maintainers") instanceof List<?> l ? l : List.of()) {
      names.add(Json.string(Json.object(m).get("username")));
    }
    return names;
  }

  private static List<String> keywords(Map<String, @Nullable Object> p) {
    return p.get("keywords") instanceof List<?> l
        ? l.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static String date(Map<String, @Nullable Object> p) {
    String date = Json.string(p.get("date"));
    return date.length() >= 10 ? date.substring(0, 10) : "prehistoric";
  }

  /** One line, the fields apart by tabs. */
  private static String row(Map<String, @Nullable Object> p) {
    var fields = new ArrayList<String>();
    fields.add(oneLine(Json.string(p.get("name"))));
    if (p.get("description") instanceof String text && !text.isBlank()) {
      fields.add(oneLine(text));
    }
    fields.add(date(p));
    fields.add(oneLine(Json.string(p.get("version"))));
    fields.add(oneLine(String.join(",", keywords(p))));
    return String.join("\t", fields);
  }

  private static void print(Invocation call, Map<String, @Nullable Object> p) {
    var out = call.out();
    out.println(oneLine(Json.string(p.get("name"))));
    String description = oneLine(Json.string(p.get("description")));
    if (!description.isEmpty()) {
      out.println(description);
    }
    String publisher = Json.string(Json.object(p.get("publisher")).get("username"));
    out.println(
        oneLine(
            "Version "
                + Json.string(p.get("version"))
                + " published "
                + date(p)
                + " by "
                + (publisher.isEmpty() ? "???" : publisher)));
    out.println(oneLine("Maintainers: " + String.join(" ", maintainers(p))));
    if (!keywords(p).isEmpty()) {
      out.println(oneLine("Keywords: " + String.join(" ", keywords(p))));
    }
    out.println("https://npm.im/" + oneLine(Json.string(p.get("name"))));
    out.println();
  }

  /** Anybody can publish; nobody's text may steer the terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
