package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code fund}: where the installed packages ask for money, grouped by address. */
final class FundCommand implements Command {
  @Override
  public int run(Invocation call) {
    var tree = call.installed();
    var byUrl = new TreeMap<String, TreeSet<String>>();
    var json = new TreeMap<String, @Nullable Object>();
    for (Node node : tree.packages()) {
      var urls = urls(node.manifest.get("funding"));
      if (urls.isEmpty() || !call.words().isEmpty() && !call.words().contains(node.name)) {
        continue;
      }
      urls.forEach(url -> byUrl.computeIfAbsent(url, u -> new TreeSet<>()).add(node.id()));
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("version", node.version());
      entry.put("funding", node.manifest.get("funding"));
      json.put(node.name, entry);
    }
    if (call.isJson()) {
      var all = new LinkedHashMap<String, @Nullable Object>();
      all.put("length", json.size());
      all.put(
          "name",
          tree.root().packageName().isEmpty() ? tree.root().name : tree.root().packageName());
      if (!tree.root().version().isEmpty()) {
        all.put("version", tree.root().version());
      }
      all.put("dependencies", json);
      call.printJson(all);
      return 0;
    }
    call.out().println(tree.root().packageName().isEmpty() ? tree.root().name : tree.root().id());
    int n = 0;
    for (var e : byUrl.entrySet()) {
      boolean last = ++n == byUrl.size();
      call.out().println((last ? "└── " : "├── ") + e.getKey());
      call.out().println((last ? "    " : "│   ") + "└── " + String.join(", ", e.getValue()));
    }
    call.out().println();
    return 0;
  }

  private static List<String> urls(@Nullable Object funding) {
    var result = new ArrayList<String>();
    switch (funding) {
      case String s -> result.add(s);
      case List<?> list -> list.forEach(f -> result.addAll(urls(f)));
      case null -> {}
      default -> {
        String url = Json.string(Json.object(funding).get("url"));
        if (!url.isEmpty()) {
          result.add(url);
        }
      }
    }
    return result;
  }
}
