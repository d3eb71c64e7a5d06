package dev.nodule.npm.command;

import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code query}: the installed packages that a selector names, as JSON. */
final class QueryCommand implements Command {
  @Override
  public int run(Invocation call) {
    if (call.words().size() != 1) {
      throw call.usage("nodule query <selector>");
    }
    var selector = Selector.parse(call.words().getFirst());
    var tree = call.installed();
    List<Map<String, @Nullable Object>> result = new ArrayList<>();
    for (Node node : tree.root().inventory()) {
      if (!node.inert && !node.isLink() && selector.test(node)) {
        result.add(describe(node));
      }
    }
    call.printJson(result);
    String expected = call.config().get("expect-result-count");
    if (expected != null && !expected.equals(String.valueOf(result.size()))) {
      call.err()
          .println(
              "nodule error code EQUERY\nnodule error Expected "
                  + expected
                  + " results, got "
                  + result.size());
      return 1;
    }
    return "false".equals(call.config().get("expect-results")) && !result.isEmpty()
            || "true".equals(call.config().get("expect-results")) && result.isEmpty()
        ? 1
        : 0;
  }

  private static Map<String, @Nullable Object> describe(Node node) {
    var file = node.realpath().resolve("package.json");
    var entry =
        new LinkedHashMap<String, @Nullable Object>(
            Files.exists(file) ? Manifest.readContent(file) : node.manifest.content);
    String name = node.packageName().isEmpty() ? node.name : node.packageName();
    entry.put("pkgid", name + "@" + node.version());
    entry.put("location", node.location());
    entry.put("path", node.path().toString());
    entry.put("realpath", node.realpath().toString());
    entry.put("resolved", node.resolved);
    entry.put("from", node.edgesIn().stream().map(e -> e.from.location()).distinct().toList());
    entry.put(
        "to",
        node.edgesOut().stream()
            .filter(e -> e.to() != null)
            .map(e -> String.valueOf(e.to() == null ? "" : e.to().location()))
            .distinct()
            .toList());
    entry.put("dev", node.dev);
    entry.put("inBundle", node.isInBundle());
    entry.put("deduped", node.edgesIn().size() > 1);
    entry.put("overridden", node.edgesIn().stream().anyMatch(e -> !e.spec().equals(e.rawSpec)));
    return entry;
  }
}
